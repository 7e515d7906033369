export { ensureAdmin } from './admin.ts'
export { findLeaderInCharge, findRoleHolder, type Holding, intakeOffices } from './approver.sql.ts'
export { type DistrictIds, loadOrganisation, nameDistrict } from './district.ts'
export { orgRoutes } from './org.routes.ts'
export {
  findUnit,
  findUnitByName,
  type Holder,
  holdsPostIn,
  listAccounts,
  listDivisions,
  listUnits,
  type UnitRow,
} from './org.sql.ts'
export { deleteExpiredSessions } from './session.sql.ts'
export { createSignIn, dayOf, type SignIn } from './sign-in.ts'
export type { Tenant } from './tenant.sql.ts'
export { ensureTenant, type TenantDirectory, tenantDirectory } from './tenant.ts'
