import type { Role, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'

const PLANNERS: readonly Role[] = [
  ...(['clerk', 'dispatcher', 'window', 'caller', 'handler', 'head', 'supervisor', 'leader', 'admin'] as const),
]
const OVERSEERS: readonly Role[] = ['supervisor', 'leader', 'admin']
const AGREERS: readonly Role[] = ['supervisor', 'leader']

/** Who plans contacts and takes down what an enterprise says. */
export const mayPlan = (by: Actor) => PLANNERS.some((role) => by.roles.has(role))
/** Who sets the limits and may cancel what another unit has planned. */
export const mayOversee = (by: Actor) => OVERSEERS.some((role) => by.roles.has(role))
/** Who agrees to an ask above the cap (区领导或督查室). */
export const mayAgree = (by: Actor) => AGREERS.some((role) => by.roles.has(role))

/** @throws Fault 'forbidden' */
export function refuseUnlessPlanner(by: Actor): void {
  if (!mayPlan(by)) throw new Fault('forbidden')
}
/** @throws Fault 'forbidden' */
export function refuseUnlessOverseer(by: Actor): void {
  if (!mayOversee(by)) throw new Fault('forbidden')
}

/** The units in whose name somebody goes: the own one, those stood in for, those below. */
export const unitsOf = (by: Actor): readonly UnitId[] => [
  ...new Set([...(by.unitId === null ? [] : [by.unitId]), ...by.ownUnits, ...by.scope]),
]

/** The unit that is meant, the own one unless said otherwise. @throws Fault 'contact.not_your_unit' */
export function unitMeant(by: Actor, wanted: UnitId | undefined): UnitId {
  const unit = wanted ?? by.unitId
  if (unit === null || (!unitsOf(by).includes(unit) && !mayOversee(by))) throw new Fault('contact.not_your_unit')
  return unit
}
