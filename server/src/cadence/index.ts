export { type Deed, dayAfter, type Holder, type Period, periodAround, periodsOf, type Series } from './period.ts'
export { type ExemptionRow, listExemptions, listRules, type RuleRow } from './rule.sql.ts'
export { endRule, putExemption, putRule } from './rule.ts'
