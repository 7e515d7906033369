import type { OrderList, PlanId, TaskId, UnitId } from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { countUnopened, listUnopened, openOrder } from './task.sql.ts'
import { getTask } from './task-version.ts'
import { workdaysSince } from './tree.ts'

/**
 * Opens an order (知悉任务): the addressee has seen it. The first time stays; again changes nothing.
 * @throws Fault 'plan.task_not_found' | 'task.nobody' | 'task.not_addressee'
 */
export async function openTask(tx: Tx, id: TaskId, by: Actor): Promise<void> {
  const { task } = await getTask(tx, id)
  if (task.order === null || task.person === null) throw new Fault('task.nobody')
  if (task.person.id !== by.personId) throw new Fault('task.not_addressee', { name: task.person.name })
  if (await openOrder(tx, id, task.person.id, by.at))
    await audit(tx, by, { action: 'openTask', objectKind: 'planTask', objectId: id, note: task.title })
}

interface Asked {
  readonly plan?: PlanId | undefined
  readonly unit?: UnitId | undefined
  readonly mine: boolean
}
/** Orders that are not opened yet (未知悉任务), with the working days they wait. */
export async function unopenedOrders(
  tx: Tx,
  { plan, unit, mine }: Asked,
  calendar: Calendar,
  by: Actor,
): Promise<OrderList> {
  const filter = { plan, unit, ...(mine && { person: by.personId ?? undefined }) }
  const [rows, total, today] = [await listUnopened(tx, filter), await countUnopened(tx, filter), dayOf(by.at)]
  return {
    total,
    items: rows.map(({ issuedAt, ...row }) => ({
      ...{ ...row, mine: row.person.id === by.personId },
      order: {
        ...{ issuedAt: issuedAt.toISOString(), openedAt: null },
        waitingDays: workdaysSince(calendar, issuedAt, today),
      },
    })),
  }
}
