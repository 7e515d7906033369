import type { UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { hasRole } from '#kernel/right'

/** Who keeps the library; a unit keeps its own policies. */
export const mayWrite = (unit: UnitId, by: Actor) =>
  hasRole(by, ['supervisor', 'admin']) || (hasRole(by, ['head', 'handler']) && by.ownUnits.includes(unit))
/** Who publishes; never what they wrote themselves. */
export const mayPublish = (by: Actor) => hasRole(by, ['supervisor', 'leader', 'admin', 'head'])
/**
 * Who tries a rule over figures on the register. With narrower and narrower bounds its counts tell what each enterprise has, so it is only for whoever
 * may read every figure; what is published was looked at by a second person.
 */
export const mayTryFigures = (by: Actor) => by.roles.has('supervisor')
