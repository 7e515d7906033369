import { isDeepStrictEqual } from 'node:util'
import { type NewTask, type NewTaskVersion, PLAN_LACK, type TargetId, type TaskId } from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { actsFor, listTaskTallies, lockTarget, mayApprove, mayKeep, refuseUnanswerable } from '#target'
import {
  findPlanOfTarget,
  findTargetOfTask,
  listPlanTargets,
  listTasks,
  lockPlan,
  type PlanFacts,
  type TaskFacts,
} from './plan.sql.ts'
import { putInPlan, refuseCircle } from './plan.ts'
import { settlePlan } from './settle.ts'
import {
  decideTaskVersion,
  insertTaskVersion,
  issueOrder,
  keepFirstVersion,
  listTaskVersions,
  lockTask,
} from './task.sql.ts'
import { definitionOf, getPlan, lacksOfTask } from './tree.ts'

/** A task with the plan and the target it stands in. */
export interface PlacedTask {
  readonly plan: PlanFacts
  readonly field: string
  readonly target: TargetId
  readonly task: TaskFacts
}
/** @throws Fault 'plan.task_not_found' */
export async function getTask(tx: Tx, id: TaskId): Promise<PlacedTask> {
  const target = await findTargetOfTask(tx, id)
  const found = target === undefined ? undefined : await findPlanOfTarget(tx, target)
  if (target === undefined || found === undefined) throw new Fault('plan.task_not_found')
  const task = (await listTasks(tx, [target])).find((one) => one.id === id)
  if (task === undefined) throw new Fault('plan.task_not_found')
  return { plan: await getPlan(tx, found.id), field: found.field, target, task }
}

/** Whether somebody may propose a change of a task: who keeps plans, and the head of the unit that answers for it. */
export const mayPropose = async (tx: Tx, task: TaskFacts, by: Actor): Promise<boolean> =>
  mayKeep(by) || (by.roles.has('head') && (await actsFor(tx, by, [task.unit?.id])))

/** Nulls and what is absent are the same thing to a person. */
const told = (task: NewTask) => Object.fromEntries(Object.entries(task).filter(([, value]) => value != null))

/**
 * Proposes a change of a task that runs (报批任务变更): what holds stays in force until somebody else approves.
 * @throws Fault 'plan.task_not_found' | 'plan.not_running' | 'forbidden' | 'task.waiting' | 'task.unchanged' | what `refuseUnfit` refuses
 */
export async function proposeTask(
  tx: Tx,
  id: TaskId,
  { task: wanted, reason }: NewTaskVersion,
  by: Actor,
): Promise<void> {
  await lockTask(tx, id)
  const { plan, task } = await getTask(tx, id)
  if (plan.state !== 'published' || plan.publishedAt === null)
    throw new Fault('plan.not_running', { title: plan.title })
  if (!(await mayPropose(tx, task, by))) throw new Fault('forbidden')
  if (task.changeWaits) throw new Fault('task.waiting')
  const now = definitionOf(task)
  if (isDeepStrictEqual(told({ ...wanted, after: wanted.after.toSorted() }), told(now)))
    throw new Fault('task.unchanged')
  await refuseUnfit(tx, { plan, task }, wanted, by)
  await keepFirstVersion(tx, id, now, { by: plan.publishedBy ?? '', at: plan.publishedAt })
  const version = ((await listTaskVersions(tx, id))[0]?.version ?? 1) + 1
  await insertTaskVersion(tx, id, { version, definition: wanted, reason }, by)
  const note = `${task.title} ${changesOf(now, wanted)}：${reason}`
  await audit(tx, by, { action: 'proposeTask', objectKind: 'planTask', objectId: id, note: note.slice(0, 500) })
}

/**
 * What a running task must not become: without one of the four, below what is done, or in a circle.
 * @throws Fault 'task.unready' | 'task.below_reached' | 'plan.other_plan' | 'plan.cycle' | what `refuseUnanswerable` refuses
 */
async function refuseUnfit(tx: Tx, { plan, task }: Pick<PlacedTask, 'plan' | 'task'>, wanted: NewTask, by: Actor) {
  await refuseUnanswerable(tx, wanted, by)
  const lacks = lacksOfTask(wanted)
  if (lacks.length > 0) throw new Fault('task.unready', { lacks: lacks.map((lack) => PLAN_LACK[lack]).join('、') })
  const targets = (await listPlanTargets(tx, plan.id)).map(({ targetId }) => targetId)
  refuseCircle(task.id, wanted, await listTasks(tx, targets))
  const tally = (await listTaskTallies(tx, [task.targetId])).find(({ taskId }) => taskId === task.id)
  const reached = tally?.quantity ?? 0
  if (reached > (wanted.quantity ?? 0) && task.quantity !== null)
    throw new Fault('task.below_reached', { reached, unit: task.quantityUnit })
}

interface Decision {
  readonly version: number
  readonly state: 'approved' | 'returned'
  readonly note: string | null
}
/**
 * Approves or returns a change of a task (批准或退回), never by who proposed it; approved, the task is rewritten and the plan scheduled anew.
 * @throws Fault 'forbidden' | 'plan.task_not_found' | 'target.no_waiting' | 'target.own' | what `proposeTask` refuses now | 'plan.too_long' |
 *   'task.milestone_reached'
 */
export async function decideTask(tx: Tx, id: TaskId, decision: Decision, calendar: Calendar, by: Actor): Promise<void> {
  if (!mayApprove(by)) throw new Fault('forbidden')
  const { plan: found, target } = await getTask(tx, id)
  // Plan before target before task, as everyone who writes more than one of them takes them.
  await lockPlan(tx, found.id)
  await lockTarget(tx, target)
  await lockTask(tx, id)
  const { plan, task } = await getTask(tx, id)
  const { version, state } = decision
  const waiting = (await listTaskVersions(tx, id)).find((one) => one.version === version)
  if (waiting?.state !== 'proposed') throw new Fault('target.no_waiting', { version })
  if (waiting.proposerId === by.personId) throw new Fault('target.own')
  const { definition } = waiting
  if (state === 'approved') {
    await refuseUnfit(tx, { plan, task }, definition, by)
    await putInPlan(tx, plan, { id, target, task: definition }, calendar, by.at)
    if (definition.personId != null) await issueOrder(tx, id, definition.personId, by.at)
  }
  await decideTaskVersion(tx, id, decision, by)
  if (state === 'approved') await settlePlan(tx, plan.id, calendar, by.at)
  const note = `第 ${version} 版 ${changesOf(definitionOf(task), definition)}`
  await audit(tx, by, { action: `${state}Task`, objectKind: 'planTask', objectId: id, note: note.slice(0, 500) })
}

const WORD: Readonly<Partial<Record<keyof NewTask, string>>> = {
  ...{ title: '名称', dueOn: '完成', days: '工期', redLine: '时间红线', quantity: '数量', unit: '单位' },
  ...{ duty: '职责', unitId: '责任单位', personId: '责任人', checkUnitId: '检查单位', cadence: '检查周期' },
  ...{ budget: '预算', milestones: '节点', after: '前置任务' },
}
/** Told with their values; of the others it is told that they changed. */
const PLAIN = new Set<string>(['title', 'dueOn', 'days', 'quantity', 'unit'])
const unitOf = (key: string) => (key === 'days' ? ' 个工作日' : '')

/** What differs between two states of a task, in words: 完成 2026-06-30 → 2026-07-15；节点有变. */
export function changesOf(was: NewTask, now: NewTask): string {
  const [before, after] = [told(was), told(now)]
  return Object.entries(WORD)
    .filter(([key]) => !isDeepStrictEqual(before[key], after[key]))
    .map(([key, word]) =>
      PLAIN.has(key) ? `${word} ${before[key] ?? '无'} → ${after[key] ?? '无'}${unitOf(key)}` : `${word}有变`,
    )
    .join('；')
}
