export { AppealFacts, Contact, FileAppeal, INPUT, Location, Party, ProblemFacts, ReminderFacts } from './appeal.ts'
export { BlobId, CaseId, Day, ImportId, Instant, PartyId, PersonId, TenantId, UnitId } from './brand.ts'
export {
  ActionView,
  Attachment,
  Case,
  CaseAnswer,
  CaseEvent,
  CaseRow,
  ClockDay,
  ClockView,
  LedgerFilter,
  LedgerPage,
  Named,
  NamedPerson,
  Remaining,
  Round,
} from './case.ts'
export { District } from './district.ts'
export { FAULT, type FaultCode, FaultPlace, Problem, sentenceOf } from './fault.ts'
export {
  HandOverPerson,
  HandoverList,
  HandoverSheet,
  OwnershipGap,
  Reorganise,
  Reorganised,
} from './handover.ts'
export { IMPORT_FIELD, IMPORT_STATE, Import, type ImportField, ImportMapping } from './import.ts'
export {
  Category,
  Knowledge,
  NewStandIn,
  NewTaskForce,
  Person,
  Queue,
  Session,
  SignIn,
  TaskForce,
  Unit,
} from './org.ts'
export { type Route, type RouteName, type Routes, routes } from './routes.ts'
export { JsonSchema, optionalText, Paging, text } from './shape.ts'
export {
  ACTION,
  type Action,
  CHANNEL,
  Channel,
  CLASS,
  CLOCK,
  Class,
  ClockKind,
  CONTACT_CHANNEL,
  DECLINE_REASON,
  type DeclineReason,
  GRADE,
  idsOf,
  LIGHT,
  LIGHT_SHAPE,
  LIMIT_UNIT,
  Light,
  LimitUnit,
  OUTCOME,
  Outcome,
  ROLE,
  Role,
  STAGE,
  type Stage,
  UNIT_KIND,
  UnitKind,
  URGENCY,
  Urgency,
} from './term.ts'
