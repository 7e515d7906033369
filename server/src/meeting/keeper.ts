import type { Role } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { hasRole } from '#kernel/right'

const KEEPERS: readonly Role[] = ['dispatcher', 'head', 'supervisor', 'admin']
const APPROVERS: readonly Role[] = ['supervisor', 'leader']
const RECORDERS: readonly Role[] = ['clerk', 'dispatcher', 'supervisor', 'leader', 'admin']

/** Who keeps meetings and drafts minutes. */
export const mayKeep = (by: Actor) => hasRole(by, KEEPERS)
/** Who records what leaders have instructed. */
export const mayRecord = (by: Actor) => hasRole(by, RECORDERS)
/** Whoever chaired the meeting, and whoever oversees; never the drafter of the minutes, which the act itself looks at. */
export const mayApprove = (by: Actor, chair: string) => by.personId === chair || hasRole(by, APPROVERS)
