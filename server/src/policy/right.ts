import type { Role, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'

const has = (by: Actor, roles: readonly Role[]) => by.kind === 'system' || roles.some((role) => by.roles.has(role))
/** Who keeps the library; a unit keeps its own policies. */
export const mayWrite = (unit: UnitId, by: Actor) =>
  has(by, ['supervisor', 'admin']) || (has(by, ['head', 'handler']) && by.ownUnits.includes(unit))
/** Who publishes; never what they wrote themselves. */
export const mayPublish = (by: Actor) => has(by, ['supervisor', 'leader', 'admin', 'head'])
/** @throws Fault 'forbidden' */
export function refuseUnless(allowed: boolean): void {
  if (!allowed) throw new Fault('forbidden')
}
