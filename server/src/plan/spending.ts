import type { NewSpending, Spending, SpendingId, TaskId } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { keepsTask } from './problem.ts'
import { findSpending, insertSpending, listSpendings, type SpendingRow, voidSpendingRow } from './task.sql.ts'
import { getTask } from './task-version.ts'

const yuan = (fen: number) => `${(fen / 100).toLocaleString('zh-CN')} 元`

/**
 * Registers money spent on a task (登记支出) by its document; what is spent is the sum of these rows.
 * @throws Fault 'plan.task_not_found' | 'forbidden' | 'plan.not_running' | 'spending.future' | 'spending.known'
 */
export async function spend(tx: Tx, id: TaskId, input: NewSpending, by: Actor): Promise<void> {
  const { plan, task } = await getTask(tx, id)
  if (!(await keepsTask(tx, task, by))) throw new Fault('forbidden')
  if (plan.state !== 'published') throw new Fault('plan.not_running', { title: plan.title })
  if (input.day > dayOf(by.at)) throw new Fault('spending.future', { day: input.day })
  const masked = input.note === undefined ? input : { ...input, note: maskPersonal(input.note) }
  if (!(await insertSpending(tx, newId<SpendingId>(), id, masked, by)))
    throw new Fault('spending.known', { document: input.document })
  const note = `${task.title} ${yuan(input.fen)} ${input.document}`
  await audit(tx, by, { action: 'newSpending', objectKind: 'planTask', objectId: id, note })
}

/**
 * Voids a spending (作废支出): it counts no more and stays to be read.
 * @returns the task it belongs to
 * @throws Fault 'spending.not_found' | 'spending.voided' | 'forbidden'
 */
export async function voidSpending(tx: Tx, id: SpendingId, reason: string, by: Actor): Promise<TaskId> {
  const found = await findSpending(tx, id)
  if (found === undefined) throw new Fault('spending.not_found')
  const { task } = await getTask(tx, found.taskId)
  if (!(await keepsTask(tx, task, by))) throw new Fault('forbidden')
  if (found.voidedAt !== null) throw new Fault('spending.voided')
  const why = maskPersonal(reason)
  await voidSpendingRow(tx, id, why, by)
  const note = `${task.title} ${yuan(found.fen)} ${found.document}：${why}`
  await audit(tx, by, {
    action: 'voidSpending',
    objectKind: 'planTask',
    objectId: found.taskId,
    note: note.slice(0, 500),
  })
  return found.taskId
}

const spendingView = (row: SpendingRow): Spending => {
  const { id, day, fen, document, note, byName, at, voidedAt, voidedBy, voidReason } = row
  const voided = voidedAt && { at: voidedAt.toISOString(), by: voidedBy ?? '', reason: voidReason ?? '' }
  return { id, day, fen, document, note, by: byName, at: at.toISOString(), voided }
}
export const spendingsOf = async (tx: Tx, id: TaskId) => (await listSpendings(tx, id)).map(spendingView)
