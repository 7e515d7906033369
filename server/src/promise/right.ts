import type { PersonId, Role } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { hasRole } from '#kernel/right'
import type { PromiseFacts } from './promise.sql.ts'

const KEEPERS: readonly Role[] = ['supervisor', 'admin']

/** Who reads every broken promise, callers because they ask the enterprise; others read those of their units. */
export const overseesPromises = (by: Actor) => hasRole(by, ['supervisor', 'leader', 'admin', 'auditor', 'caller'])
/** Who keeps the list. */
export const keepsPromises = (by: Actor) => hasRole(by, KEEPERS)
/** Who approves plans. */
export const approvesPlans = (by: Actor) => hasRole(by, ['supervisor', 'leader', 'admin'])
/** Whoever acts for the unit that answers for it today. */
const answers = ({ unit, now }: Pick<PromiseFacts, 'unit' | 'now'>, by: Actor) =>
  hasRole(by, ['head', 'handler']) && by.ownUnits.includes((now ?? unit).id)
export const maySee = (facts: PromiseFacts, by: Actor) =>
  overseesPromises(by) ||
  [facts.unit.id, facts.now?.id, facts.checkUnit?.id].some((unit) => unit !== undefined && by.scope.includes(unit))
/** Who plans and pays. */
export const mayAnswer = (facts: Pick<PromiseFacts, 'unit' | 'now'>, by: Actor) =>
  keepsPromises(by) || answers(facts, by)
/** Whoever did it himself, which another person has to look at. */
export const isOwn = ({ byPerson }: { readonly byPerson: PersonId | null }, by: Actor) =>
  byPerson !== null && byPerson === by.personId
/** Who notes the enterprise’s word: whoever does not owe (谁欠谁不销). */
export const mayConfirm = (facts: PromiseFacts, by: Actor) =>
  (keepsPromises(by) || hasRole(by, ['caller'])) && !answers(facts, by) && facts.keptByPerson !== by.personId
