import type { NewCheckIn, TargetId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { actsFor, checkIn, getTarget, keepCheckIn, listTaskTallies, lockTarget, refuseAbove } from '#target'
import { listTasks, type TaskFacts } from './plan.sql.ts'

/**
 * Checks in on a target or on one of its tasks (点检); what a task has done is counted for the task.
 * @throws Fault 'checkIn.one_thing' | 'checkIn.task' | 'checkIn.milestone_already' | what `checkIn` of a target refuses
 */
export async function checkInOn(tx: Tx, id: TargetId, input: NewCheckIn, by: Actor): Promise<void> {
  if (input.taskId == null) {
    if (input.milestoneId != null) throw new Fault('checkIn.task')
    return checkIn(tx, id, input, by)
  }
  if (input.objectId != null || input.measured != null || input.words.length > 0 || input.done)
    throw new Fault('checkIn.one_thing')
  await lockTarget(tx, id)
  const target = await getTarget(tx, id)
  const task = (await listTasks(tx, [id])).find((one) => one.id === input.taskId)
  if (task === undefined) throw new Fault('checkIn.task')
  if (target.fixedAt === null) throw new Fault('target.not_published', { title: target.title })
  if (!by.roles.has('admin') && !(await actsFor(tx, by, [task.unit?.id, target.unit?.id]))) throw new Fault('forbidden')
  const tally = (await listTaskTallies(tx, [id])).find(({ taskId }) => taskId === task.id)
  admitTask(task, tally, input)
  await keepCheckIn(tx, id, input, by)
}

interface Tally {
  readonly quantity: number
  readonly reached: readonly { readonly id: string }[]
}
function admitTask(task: TaskFacts, tally: Tally | undefined, { milestoneId, quantity }: NewCheckIn): void {
  if (milestoneId != null) {
    const milestone = task.milestones.find((one) => one.id === milestoneId)
    if (milestone === undefined) throw new Fault('checkIn.task')
    if (tally?.reached.some((one) => one.id === milestoneId))
      throw new Fault('checkIn.milestone_already', { name: milestone.title })
  }
  if (quantity == null) return
  if (task.quantity === null) throw new Fault('checkIn.wrong_measure', { kind: task.title, wanted: '完成的节点' })
  const bound = { value: task.quantity, unit: task.quantityUnit ?? '', qualifier: 'exact' }
  refuseAbove(`任务“${task.title}”要完成 ${bound.value}${bound.unit}`, bound, {
    ...{ reached: tally?.quantity ?? 0, more: quantity },
  })
}
