export { obligationAlarm } from './alarm.ts'
export { keepObligations, termOf } from './keep.ts'
export { obligationRoutes } from './obligation.routes.ts'
export {
  countPeriods,
  holdObligations,
  lastKept,
  listPeriods,
  type ObligationRow,
  type Owed,
  type PeriodRow,
} from './obligation.sql.ts'
export { obligationQueues } from './queue.ts'
export { visibleObligation } from './sight.sql.ts'
export { itemView, standingOf } from './view.ts'
