import { EFFECT } from '@banjie/contract'
import { workingDaysBefore } from '#calendar'
import { type Actor, onBehalf } from '#kernel/actor'
import { listRelated } from '../engine/case.sql.ts'
import { action, type Sequel } from '../engine/case-type.ts'
import { runningHandle } from './ask-suspension.ts'

/** Retime (调整协办时限): the lead unit's date moved, the co-units' dates move with it. */
export const retime = action({
  label: '调整时限',
  from: ['dispatched', 'inHand'],
  to: null,
  by: ['system'],
  input: EFFECT.retime,
  effect: ({ kase, input }) => ({ facts: { ...kase.facts, dueAt: input.dueAt } }),
})

/** Keeps the open co-units' dates in front of the lead unit's. */
export async function retimeTasks(sequel: Sequel<unknown>): Promise<void> {
  const { tx, kase, by, engine } = sequel
  const dueAt = assistDue(sequel)
  if (dueAt === null) return
  const tasks = (await listRelated(tx, kase.id)).filter(
    ({ type, facts, closedAt }) => type === 'task' && facts['kind'] === 'assist' && closedAt === null,
  )
  await engine.actAll(
    tx,
    tasks.map(({ id }) => ({ caseId: id, action: 'retime', input: { dueAt: dueAt.toISOString() }, by: onBehalf(by) })),
  )
}

/** When a co-unit is due: the rule set's margin of working days before the lead unit, never in the past. */
export function assistDue({
  clocks,
  calendar,
  rules,
  by,
}: Pick<Sequel<unknown>, 'clocks' | 'calendar' | 'rules'> & { by: Actor }): Date | null {
  const handle = runningHandle(clocks)
  if (handle === undefined) return null
  const early = workingDaysBefore(calendar, handle.dueAt, rules.margins.assist)
  return early > by.at ? early : handle.dueAt
}
