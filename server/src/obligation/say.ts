import type { Role } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import type { ObligationRow } from './obligation.sql.ts'

const OVERSEERS: readonly Role[] = ['supervisor', 'leader', 'admin', 'auditor']
const CHECKERS: readonly Role[] = ['supervisor', 'leader', 'admin']
const has = (by: Actor, roles: readonly Role[]) => by.kind === 'system' || roles.some((role) => by.roles.has(role))

type Debt = Pick<ObligationRow, 'form' | 'state' | 'dueAt' | 'personIds' | 'unitIds' | 'leadUnitId' | 'checkUnitId'>
const isOwn = ({ personIds }: Debt, by: Actor) => by.personId !== null && personIds.includes(by.personId)
/** What is owed by quantity is met and never explained away. */
const isMissed = ({ form, state, dueAt }: Debt, by: Actor) =>
  form === 'recurring' && state === 'running' && dueAt < by.at

/** Who sees what everybody owes (总览). */
export const overseesAll = (by: Actor) => has(by, OVERSEERS)
/** Who sees what their units owe. */
export const seesUnits = (by: Actor) => has(by, ['head', 'handler'])

/** Who sees an obligation: whoever owes it, heads and handlers of a unit that owes it, whoever checks it, overseers. */
export const seesObligation = (row: Debt, by: Actor): boolean =>
  overseesAll(by) ||
  isOwn(row, by) ||
  (seesUnits(by) &&
    [...row.unitIds, row.leadUnitId, row.checkUnitId].some((unit) => unit !== null && by.scope.includes(unit)))
/** Whoever missed it, and the head of their unit, may say why. */
export const mayExplain = (row: Debt, by: Actor): boolean =>
  isMissed(row, by) &&
  (isOwn(row, by) || (by.roles.has('head') && row.unitIds.some((unit) => by.ownUnits.includes(unit))))
/** Whoever checks may accept it, and nobody for themselves (谁欠谁不销). */
export const mayClear = (row: Debt, by: Actor): boolean => isMissed(row, by) && has(by, CHECKERS) && !isOwn(row, by)
