import type { Goal } from '@banjie/contract'
import type { z } from 'zod'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { type GoalRow, insertGoal, listGoals } from './goal.sql.ts'
import { getList, listView, refuseUnlessKeeper } from './list.ts'

type View = z.input<typeof Goal>

/** Goals (目标) with their progress, computed from the items of both lists. */
export async function readGoals(tx: Tx, by: Actor): Promise<View[]> {
  const views: View[] = []
  for (const row of await listGoals(tx)) {
    const view = await goalView(tx, row, by).catch(hidden)
    if (view !== undefined) views.push(view)
  }
  return views
}
/** A goal on a list that the caller may not read yet is not the caller's to see. */
const hidden = (error: unknown) => {
  if (error instanceof Fault && error.code === 'list.not_found') return undefined
  throw error
}

/** Reached (达成) when there is something on both lists and every item of both is accepted. */
async function goalView(tx: Tx, row: GoalRow, by: Actor): Promise<View> {
  const lists = [await getList(tx, row.superiorListId, by), await getList(tx, row.ownListId, by)]
  const reached = lists.every(({ items, accepted }) => items > 0 && accepted === items)
  const sum = (figure: 'items' | 'accepted') => lists.reduce((total, list) => total + list[figure], 0)
  return {
    ...{ id: row.id, title: row.title, lists: lists.map(listView), items: sum('items'), accepted: sum('accepted') },
    ...{ reached, reachedAt: reached ? (row.lastAcceptedAt?.toISOString() ?? null) : null },
  }
}

/** Binds a goal to a superior's list and one of our own (两个解决). @throws Fault 'goal.lists' */
export async function createGoal(
  tx: Tx,
  said: { title: string; superiorListId: string; ownListId: string },
  by: Actor,
): Promise<View> {
  refuseUnlessKeeper(by)
  const [above, ours] = [await getList(tx, said.superiorListId, by), await getList(tx, said.ownListId, by)]
  if (above.origin !== 'superior' || ours.origin === 'superior') throw new Fault('goal.lists')
  const id = newId()
  await insertGoal(tx, { id, ...said }, by)
  const [row] = await listGoals(tx, id)
  if (row === undefined) throw new Error('the goal was not written')
  return goalView(tx, row, by)
}
