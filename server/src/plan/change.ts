import type { PlanChange, Queue } from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listWaitingVersions, mayApprove, wordsOf } from '#target'
import { listPlansOfTargets } from './plan.sql.ts'
import { countUnopened, listWaitingTasks } from './task.sql.ts'
import { changesOf } from './task-version.ts'
import { workdaysSince } from './tree.ts'

/** Changes of targets and tasks that wait for somebody to approve them (待批变更), the oldest first. */
export async function planChanges(tx: Tx, calendar: Calendar, by: Actor): Promise<PlanChange[]> {
  const [targets, tasks, today] = [await listWaitingVersions(tx), await listWaitingTasks(tx), dayOf(by.at)]
  const plans = new Map(
    (
      await listPlansOfTargets(
        tx,
        targets.map(({ id }) => id),
      )
    ).map(({ targetId, ...plan }) => [targetId, plan]),
  )
  const told = (row: (typeof targets)[number] | (typeof tasks)[number]) => ({
    ...{ id: row.id, title: row.title, version: row.version, reason: row.reason, proposer: row.proposerName },
    ...{ proposedAt: row.proposedAt.toISOString(), waitingDays: workdaysSince(calendar, row.proposedAt, today) },
    decidable: mayApprove(by) && row.proposerId !== by.personId,
  })
  return [
    ...targets.flatMap((row) => {
      const plan = plans.get(row.id)
      if (plan === undefined) return []
      const [was, now] = [row.was, row.definition].map((one) => `${wordsOf(one)}，${one.dueOn ?? '未定时'} 前`)
      return { ...told(row), kind: 'target' as const, plan, words: `${was} → ${now}` }
    }),
    ...tasks.map((row) => {
      return { ...told(row), kind: 'task' as const, plan: row.plan, words: changesOf(row.was, row.definition) }
    }),
  ].toSorted((a, b) => a.proposedAt.localeCompare(b.proposedAt))
}

/** Days after which a waiting change is red in the queue. */
const RED_AFTER = 5
/** The queues of plans: changes that wait for the one who asks to approve them (待批目标变更), orders that the asker has not opened. */
export async function planQueues(tx: Tx, calendar: Calendar, by: Actor): Promise<Queue[]> {
  const waiting = mayApprove(by) ? (await planChanges(tx, calendar, by)).filter(({ decidable }) => decidable) : []
  const red = waiting.filter(({ waitingDays }) => waitingDays > RED_AFTER).length
  const orders = by.personId === null ? 0 : await countUnopened(tx, { person: by.personId })
  return [
    ...(waiting.length > 0
      ? [{ id: 'planChanges', label: '待批目标变更', count: waiting.length, red, to: '/w/plan/changes' }]
      : []),
    ...(orders > 0
      ? [{ id: 'taskOrders', label: '待知悉任务', count: orders, red: 0, to: '/w/plan/orders?mine=true' }]
      : []),
  ]
}
