import type { Role } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'

const KEEPERS: readonly Role[] = ['dispatcher', 'head', 'supervisor', 'admin']
const APPROVERS: readonly Role[] = ['supervisor', 'leader']
const RECORDERS: readonly Role[] = ['clerk', 'dispatcher', 'supervisor', 'leader', 'admin']

const has = (by: Actor, roles: readonly Role[]) => roles.some((role) => by.roles.has(role))

/** Who keeps meetings and drafts minutes. */
export const mayKeep = (by: Actor) => has(by, KEEPERS)
/** Who records what leaders have instructed. */
export const mayRecord = (by: Actor) => has(by, RECORDERS)
/** Whoever chaired the meeting, and whoever oversees; never the drafter of the minutes, which the act itself looks at. */
export const mayApprove = (by: Actor, chair: string) => by.personId === chair || has(by, APPROVERS)

/** @throws Fault 'forbidden' */
export function refuseUnless(allowed: boolean): void {
  if (!allowed) throw new Fault('forbidden')
}
/** Those who evaluate come from outside: what is said in meetings is not for them. @throws Fault 'forbidden' */
export const refuseOutsiders = (by: Actor): void => refuseUnless([...by.roles].some((role) => role !== 'evaluator'))
