import {
  type NewPlan,
  type NewTarget,
  type NewTask,
  PLAN_LACK,
  type PlanFieldId,
  type PlanId,
  type TargetId,
  type TaskId,
} from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { countedTargets, draftTarget, fixTargets, mayApprove, mayKeep, refuseUnanswerable } from '#target'
import {
  findPlanOfField,
  findPlanOfTarget,
  findTargetOfTask,
  insertField,
  insertPlan,
  insertPlanTarget,
  listPlanTargets,
  listTasks,
  lockPlan,
  markPublished,
  type PlanFacts,
  putTask,
} from './plan.sql.ts'
import { findCycle } from './schedule.ts'
import { settlePlan } from './settle.ts'
import { getPlan, placesOf, planOf } from './tree.ts'

const note = (tx: Tx, by: Actor, action: string, id: PlanId, text: string) =>
  audit(tx, by, { action, objectKind: 'plan', objectId: id, note: text.slice(0, 500) })

/** Begins a year's plan (编制作战图). @throws Fault 'forbidden' | 'plan.known' */
export async function beginPlan(tx: Tx, input: NewPlan, by: Actor): Promise<PlanId> {
  if (!mayKeep(by)) throw new Fault('forbidden')
  const id = newId<PlanId>()
  if (!(await insertPlan(tx, id, input, by.at))) throw new Fault('plan.known', input)
  await note(tx, by, 'newPlan', id, `${input.year} ${input.title}`)
  return id
}

/** A plan that is still drafted, held until the transaction ends. @throws Fault 'forbidden' | 'plan.not_found' | 'plan.published' */
async function lockDraft(tx: Tx, id: PlanId, by: Actor): Promise<PlanFacts> {
  if (!mayKeep(by)) throw new Fault('forbidden')
  await lockPlan(tx, id)
  const plan = await getPlan(tx, id)
  if (plan.state === 'published') throw new Fault('plan.published', { title: plan.title })
  return plan
}

/** @throws Fault 'plan.field_known' | what `lockDraft` refuses */
export async function addField(tx: Tx, id: PlanId, name: string, by: Actor): Promise<void> {
  await lockDraft(tx, id, by)
  if (!(await insertField(tx, id, newId<PlanFieldId>(), name))) throw new Fault('plan.field_known', { name })
  await note(tx, by, 'newPlanField', id, name)
}

/** Puts a new target into a field. @throws Fault 'plan.not_found' | what `lockDraft` and `draftTarget` refuse */
export async function addTarget(tx: Tx, field: PlanFieldId, input: NewTarget, by: Actor): Promise<TargetId> {
  const plan = await findPlanOfField(tx, field)
  if (plan === undefined) throw new Fault('plan.not_found')
  await lockDraft(tx, plan, by)
  const id = await draftTarget(tx, null, input, by)
  await insertPlanTarget(tx, field, id)
  return id
}

/**
 * Writes a task into a drafted plan (分解任务), new or changed.
 * @throws Fault 'plan.task_not_found' | 'target.not_found' | 'plan.other_plan' | 'plan.cycle' naming the circle | 'plan.too_long' |
 *   what `lockDraft` and `refuseUnanswerable` refuse
 */
export async function writeTask(
  tx: Tx,
  at: { readonly target: TargetId } | { readonly task: TaskId },
  input: NewTask,
  calendar: Calendar,
  by: Actor,
): Promise<PlanId> {
  const target = 'task' in at ? await findTargetOfTask(tx, at.task) : at.target
  if (target === undefined) throw new Fault('plan.task_not_found')
  const found = await findPlanOfTarget(tx, target)
  if (found === undefined) throw new Fault('target.not_found')
  const plan = await lockDraft(tx, found.id, by)
  await refuseUnanswerable(tx, input, by)
  const id = 'task' in at ? at.task : newId<TaskId>()
  const targets = (await listPlanTargets(tx, plan.id)).map(({ targetId }) => targetId)
  refuseCircle(id, input, await listTasks(tx, targets))
  const keys = input.milestones.map(() => newId())
  await putTask(tx, { id, target, task: input, keys }, by.at)
  placesOf(calendar, plan.year, await countedTargets(tx, targets), await listTasks(tx, targets))
  await note(tx, by, 'task' in at ? 'editTask' : 'newTask', plan.id, input.title)
  return plan.id
}

function refuseCircle(
  id: TaskId,
  { title, after }: NewTask,
  tasks: readonly { readonly id: TaskId; readonly title: string; readonly after: readonly TaskId[] }[],
) {
  const titles = new Map(tasks.map((task) => [task.id as string, task.title]))
  if (after.some((before) => !titles.has(before))) throw new Fault('plan.other_plan')
  const circle = findCycle([...tasks.filter((task) => task.id !== id), { id, after }])
  titles.set(id, title)
  if (circle !== undefined)
    throw new Fault('plan.cycle', { path: circle.map((one) => `“${titles.get(one)}”`).join(' → ') })
}

const NAMED = 5
/**
 * Publishes a plan (公布作战图): from now on it runs, and its targets change by approved versions only.
 * @throws Fault 'forbidden' | 'plan.not_found' | 'plan.published' | 'plan.empty' | 'plan.unready' saying what of the four is missing where
 */
export async function publishPlan(tx: Tx, id: PlanId, calendar: Calendar, by: Actor): Promise<void> {
  if (!mayApprove(by)) throw new Fault('forbidden')
  await lockPlan(tx, id)
  const plan = await planOf(tx, id, calendar, by)
  if (plan.state === 'published') throw new Fault('plan.published', { title: plan.title })
  const targets = plan.fields.flatMap((field) => field.targets.map((target) => target.id))
  if (targets.length === 0) throw new Fault('plan.empty', { title: plan.title })
  if (plan.lacking.length > 0) {
    const list = plan.lacking
      .slice(0, NAMED)
      .map(({ title, lacks }) => `“${title}”缺${lacks.map((lack) => PLAN_LACK[lack]).join('、')}`)
    const rest = plan.lacking.length > NAMED ? '等' : ''
    throw new Fault(
      'plan.unready',
      { count: plan.lacking.length, list: list.join('；') + rest },
      { lacking: plan.lacking },
    )
  }
  await fixTargets(tx, targets, by)
  await markPublished(tx, id, by)
  await settlePlan(tx, id, calendar, by.at)
  await note(tx, by, 'publishPlan', id, `${plan.year} ${plan.title} ${targets.length} 个目标`)
}
