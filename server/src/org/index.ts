export { ensureAdmin } from './admin.ts'
export { findLeaderInCharge, findRoleHolder, type Holding, intakeOffices } from './approver.sql.ts'
export { putUnits, type UnitFacts } from './district.sql.ts'
export { type DistrictIds, loadOrganisation, nameDistrict } from './district.ts'
export { orgRoutes } from './org.routes.ts'
export {
  findUnit,
  findUnitByName,
  type Holder,
  listAccounts,
  listDivisions,
  listGrassRoots,
  listPeopleNamed,
  listUnits,
  type UnitRow,
} from './org.sql.ts'
export { deleteExpiredSessions } from './session.sql.ts'
export { createSignIn, dayOf, type SignIn } from './sign-in.ts'
export { getPerson } from './stand-in.ts'
export {
  actsFor,
  asNow,
  getUnitAsNow,
  holdsPostIn,
  listStandings,
  lockUnits,
  type Standing,
  unitsAsNow,
} from './standing.sql.ts'
export { getUnitInForce } from './standing.ts'
export { dissolveUnits, endPosts, listPosts, movePosts, type PostRow, type SuccessorRow } from './succession.sql.ts'
export type { Tenant } from './tenant.sql.ts'
export { ensureTenant, type TenantDirectory, tenantDirectory } from './tenant.ts'
