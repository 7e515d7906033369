import type { UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { hasRole } from '#kernel/right'

/** Who keeps the library; a unit keeps its own policies. */
export const mayWrite = (unit: UnitId, by: Actor) =>
  hasRole(by, ['supervisor', 'admin']) || (hasRole(by, ['head', 'handler']) && by.ownUnits.includes(unit))
/** Who publishes; never what they wrote themselves. */
export const mayPublish = (by: Actor) => hasRole(by, ['supervisor', 'leader', 'admin', 'head'])
