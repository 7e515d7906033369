import type { Role, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { hasRole, refuseUnless } from '#kernel/right'

const OVERSEERS: readonly Role[] = ['supervisor', 'admin']
const OWN: readonly Role[] = ['head', 'handler']
const READERS: readonly Role[] = [...OVERSEERS, ...OWN, 'dispatcher', 'leader', 'auditor']

/** Who writes what a unit paid or owes: the unit itself, and whoever oversees all. */
export const mayKeep = (by: Actor, unitId: UnitId) =>
  hasRole(by, OVERSEERS) || (hasRole(by, OWN) && by.scope.includes(unitId))
/** Who writes what belongs to no unit: financings, whitelists, dictionaries. */
export const keeps = (by: Actor) => hasRole(by, OVERSEERS) || hasRole(by, OWN)

/** Money of enterprises is read by whoever works with them. @throws Fault 'forbidden' */
export const refuseUnlessReader = (by: Actor) => refuseUnless(hasRole(by, READERS))
