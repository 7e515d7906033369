import type { Role } from '@banjie/contract'
import type { Actor } from './actor.ts'
import { Fault } from './fault.ts'

/** Whether somebody holds any of some roles. The system holds none. */
export const hasRole = (by: Actor, roles: readonly Role[]) => roles.some((role) => by.roles.has(role))

/** @throws Fault 'forbidden' */
export function refuseUnless(allowed: boolean): void {
  if (!allowed) throw new Fault('forbidden')
}

/** Those who evaluate come from outside: what the house keeps to itself is not for them. @throws Fault 'forbidden' */
export const refuseOutsiders = (by: Actor): void => refuseUnless([...by.roles].some((role) => role !== 'evaluator'))
