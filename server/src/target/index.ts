export { checkIn, checkInFile, keepCheckIn, voidCheckIn } from './check-in.ts'
export { addObjects, draftTarget, fixTargets, getTarget, refuseUnanswerable } from './keep.ts'
export { plus, refuseAbove, refuseAboveObjects, wordsOf } from './measure.ts'
export { progressOf } from './progress.ts'
export { actsFor, mayApprove, mayKeep } from './say.ts'
export {
  type CheckDay,
  listCheckDays,
  listNamedMilestones,
  listTaskTallies,
  listWaitingVersions,
  lockTarget,
  type TaskTally,
  type VersionRow,
} from './target.sql.ts'
export { decideTarget, proposeVersion } from './version.ts'
export { answering, type CountedTarget, countedTargets, lacksOf, targetDetail, targetRow } from './view.ts'
