export { bind, holdOffice, unbind } from './bond.ts'
export { dutyRoutes } from './duty.routes.ts'
export { shareOf } from './four-ones.ts'
export { liaisonGapQueue } from './gap.ts'
export { mayKeep as mayKeepTargets, oversees as overseesTargets } from './keeper.ts'
export { liaisonRoutes } from './liaison.routes.ts'
export { settleMorning } from './morning.ts'
export { normalTrackQueue } from './normal-track.ts'
export { getOpenTarget, getTarget, type NamedTarget } from './open-target.ts'
export { settleDuties } from './settle.ts'
export { succeedIn } from './succession.ts'
export {
  deletePlatformContact,
  findTargets,
  insertPlatformContact,
  listTargetNames,
  lockTarget,
  putContacts,
  putPipeline as followStage,
} from './target.sql.ts'
export { correctTarget, isBoundTo, register, revealContacts } from './target.ts'
export { refuseUnverified } from './verification.ts'
export { visitContacts } from './visit.sql.ts'
export { type RecordedVisit, type VisitListener, visitsOf, visitUnits } from './visit.ts'
