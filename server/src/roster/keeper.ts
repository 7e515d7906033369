import type { Role, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { hasRole } from '#kernel/right'

const KEEPERS: readonly Role[] = ['dispatcher', 'supervisor', 'admin']
const OVERSEERS: readonly Role[] = ['supervisor', 'leader', 'auditor', 'admin']

/** Who keeps the roster of a unit: the offices every unit's, a head the own unit's and those below it. */
export const mayKeep = (by: Actor, unit: UnitId) =>
  hasRole(by, KEEPERS) || (by.roles.has('head') && by.scope.includes(unit))
/** Who keeps any roster at all. */
export const keepsSome = (by: Actor) => by.roles.has('head') || hasRole(by, KEEPERS)
/** Who looks at the overtime of everybody. */
export const oversees = (by: Actor) => hasRole(by, OVERSEERS)
