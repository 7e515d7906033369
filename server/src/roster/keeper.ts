import type { Role, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'

const KEEPERS: readonly Role[] = ['dispatcher', 'supervisor', 'admin']
const OVERSEERS: readonly Role[] = ['supervisor', 'leader', 'auditor', 'admin']

/** Who keeps the roster of a unit: the offices every unit's, a head the own unit's and those below it. */
export const mayKeep = (by: Actor, unit: UnitId) =>
  KEEPERS.some((role) => by.roles.has(role)) || (by.roles.has('head') && by.scope.includes(unit))
/** Who keeps any roster at all. */
export const keepsSome = (by: Actor) => by.roles.has('head') || KEEPERS.some((role) => by.roles.has(role))
/** Who looks at the overtime of everybody. */
export const oversees = (by: Actor) => OVERSEERS.some((role) => by.roles.has(role))

/** @throws Fault 'forbidden' */
export function refuseUnless(allowed: boolean): void {
  if (!allowed) throw new Fault('forbidden')
}
/** Those who evaluate come from outside. @throws Fault 'forbidden' */
export const refuseOutsiders = (by: Actor): void => refuseUnless([...by.roles].some((role) => role !== 'evaluator'))
