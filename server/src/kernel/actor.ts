import type { PersonId, Role, UnitId } from '@banjie/contract'

/**
 * Actor (行为人): who does it, in which post, and when. An argument of every verb; there is no ambient "current user".
 */
export interface Actor {
  readonly kind: 'person' | 'machine' | 'citizen' | 'system'
  readonly account: string | null
  readonly personId: PersonId | null
  readonly name: string
  readonly unitId: UnitId | null
  readonly roles: ReadonlySet<Role>
  /** The units the person answers for: the own one and those below it. */
  readonly scope: readonly UnitId[]
  /** The units the person acts for directly, not those below: posts held or stood in for, and the task forces these units lead. */
  readonly ownUnits: readonly UnitId[]
  /** The district's time of the request. */
  readonly at: Date
  readonly requestId: string
}

const NOBODY = { account: null, personId: null, unitId: null, roles: new Set<Role>(), scope: [], ownUnits: [] } as const

/** A citizen (诉求人): knows the number and the code, or has just filed. */
export const citizen = (at: Date, requestId: string): Actor => ({
  ...NOBODY,
  kind: 'citizen',
  name: '诉求人',
  at,
  requestId,
})
/** The system, at somebody's word (受托): a granted request, a sequel. The event keeps the person's name. */
export const onBehalf = (by: Actor): Actor => ({ ...by, kind: 'system' })
/** The system itself (系统): clocks that run out. */
export const system = (at: Date): Actor => ({ ...NOBODY, kind: 'system', name: '系统', at, requestId: 'system' })
