import { LISTING } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'
import { type ActionType, action } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { OPEN } from './open-stages.ts'

/** Set a deadline (调整期限): the list's own date for its item, moved openly and with a reason. */
export const setDeadline = action({
  label: '调整期限',
  from: [...OPEN],
  to: null,
  by: ['supervisor', 'dispatcher', 'leader'],
  input: LISTING.setDeadline,
  guard: ({ input, by }) => refusePastDay(input.deadline, by.at),
  effect: ({ kase, input }) => ({ facts: { ...kase.facts, deadline: input.deadline } }),
})

/** The day by which an item has to be rectified (整改期限), if its list has set one. */
export const deadlineOf = ({ facts }: Pick<CaseState, 'facts'>): string | null =>
  typeof facts['deadline'] === 'string' ? facts['deadline'] : null

/** @throws Fault 'list.deadline_past' */
export function refusePastDay(day: string, at: Date): void {
  if (day < dayOf(at)) throw new Fault('list.deadline_past', { day })
}

/** A new round (新一轮) does not begin overdue: a deadline that has passed was the one of the round before. */
export const freshDeadline = (step: ActionType): ActionType => ({
  ...step,
  async effect(context) {
    const patch = (await step.effect?.(context)) ?? {}
    const deadline = deadlineOf(context.kase)
    if (patch.round === undefined || deadline === null || deadline >= dayOf(context.by.at)) return patch
    const { deadline: _, ...facts } = context.kase.facts
    return { ...patch, facts: { ...facts, deadlineBefore: deadline } }
  },
})
