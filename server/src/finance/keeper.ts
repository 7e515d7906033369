import type { Role, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'

const OVERSEERS: readonly Role[] = ['supervisor', 'admin']
const OWN: readonly Role[] = ['head', 'handler']
const READERS: readonly Role[] = [...OVERSEERS, ...OWN, 'dispatcher', 'leader', 'auditor']
const has = (by: Actor, roles: readonly Role[]) => roles.some((role) => by.roles.has(role))

/** Who writes what a unit paid or owes: the unit itself, and whoever oversees all. */
export const mayKeep = (by: Actor, unitId: UnitId) => has(by, OVERSEERS) || (has(by, OWN) && by.scope.includes(unitId))
/** Who writes what belongs to no unit: financings, whitelists, dictionaries. */
export const keeps = (by: Actor) => has(by, OVERSEERS) || has(by, OWN)

/** @throws Fault 'forbidden' */
export function refuseUnless(allowed: boolean): void {
  if (!allowed) throw new Fault('forbidden')
}
/** Money of enterprises is read by whoever works with them. @throws Fault 'forbidden' */
export const refuseUnlessReader = (by: Actor) => refuseUnless(has(by, READERS))
