export {
  type Cadence,
  type Deed,
  dayAfter,
  HALF_WORKDAYS,
  type Holder,
  type Period,
  periodAround,
  periodsOf,
  type Series,
} from './period.ts'
export { type ExemptionRow, listExemptions, listRules, type RuleRow } from './rule.sql.ts'
export { endRule, putExemption, putRule } from './rule.ts'
