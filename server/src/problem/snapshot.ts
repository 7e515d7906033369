import type { ProblemListView } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseEvent, type CaseState, type Engine, fold, sees, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listEventsOf, listUnitNames } from './item.sql.ts'
import { commitmentView, type ItemView, itemView, type MeToo, readItems } from './item.ts'
import { type ListWithFigures, listChanges } from './list.sql.ts'
import { getList, listView, mayKeep } from './list.ts'
import { statsOf } from './stats.ts'

type View = z.input<typeof ProblemListView>

/** A list with its items (清单): now, or as it stood at the end of a day, told from the events. */
export async function readList(
  tx: Tx,
  engine: Engine,
  { id, asOf }: { id: string; asOf?: string | undefined },
  by: Actor,
  meToo?: MeToo,
): Promise<View> {
  const list = await getList(tx, id, by)
  if (asOf !== undefined) return snapshot(tx, engine, { list, asOf }, by)
  const reader = { sight: sightOf(by), published: list.state !== 'draft' }
  const { items } = await readItems(tx, engine, { listId: id, reader, now: by.at }, meToo)
  return viewOf(list, { items, asOf: null }, by)
}

function viewOf(
  list: ListWithFigures,
  { items, asOf }: { items: readonly ItemView[]; asOf: string | null },
  by: Actor,
): View {
  // The figures above a table are counted from the table.
  const figures = {
    items: items.length,
    accepted: items.filter(({ accepted }) => accepted).length,
    overdue: items.filter(({ accepted, light }) => !accepted && light === 'red').length,
  }
  return {
    list: { ...listView(list), ...figures },
    items: inOrder(list.aspects, items),
    stats: statsOf(list.aspects, items),
    asOf,
    editable: asOf === null && mayKeep(by) && list.state !== 'closed',
  }
}
const inOrder = (aspects: readonly string[], items: readonly ItemView[]) =>
  items.toSorted((a, b) => aspects.indexOf(a.aspect) - aspects.indexOf(b.aspect))

/**
 * The list at the end of a day (某日清单): its row from its log, its items and their commitments from their events.
 * @throws Fault 'list.as_of_future' | 'list.not_found' before it was made
 */
async function snapshot(
  tx: Tx,
  engine: Engine,
  { list, asOf }: { list: ListWithFigures; asOf: string },
  by: Actor,
): Promise<View> {
  if (asOf > dayOf(by.at)) throw new Fault('list.as_of_future', { day: asOf })
  const until = asOf === dayOf(by.at) ? by.at : new Date(`${asOf}T23:59:59.999+08:00`)
  const then = (await listChanges(tx, list.id)).filter(({ at }) => at <= until)
  if (then.length === 0) throw new Fault('list.not_found')
  const row = { ...list, ...revived(Object.assign({}, ...then.map(({ data }) => data))) } as ListWithFigures
  const events = await listEventsOf(tx, list.id, until)
  const sight = sightOf(by)
  const isOpen = row.state !== 'draft'
  const items = (await itemsIn(tx, engine, events, { listId: list.id, until })).filter(
    ({ kase }) => (isOpen && !kase.confidential) || sees(sight, kase),
  )
  return viewOf(row, { items: items.map(({ view }) => view), asOf }, by)
}

/** The items that a list had after these events, in the order in which they were listed. */
async function itemsIn(
  tx: Tx,
  engine: Engine,
  events: Awaited<ReturnType<typeof listEventsOf>>,
  { listId, until }: { listId: string; until: Date },
): Promise<{ kase: CaseState; view: ItemView }[]> {
  const byCase = [...Map.groupBy(events, ({ caseId }) => caseId).values()]
  const folded = byCase.map((own) => ({ kase: revived(fold(own)), progress: progressIn(own) }))
  const names = await listUnitNames(
    tx,
    folded.map(({ kase }) => kase.leadUnitId),
  )
  const nameOf = ({ leadUnitId }: CaseState) => names.get(leadUnitId ?? '') ?? null
  const words = Map.groupBy(
    folded.filter(({ kase }) => kase.type === 'commitment'),
    ({ kase }) => kase.parentId,
  )
  return folded
    .filter(({ kase }) => isItemOf(kase, listId))
    .toSorted((a, b) => (listedAt(a.kase) < listedAt(b.kase) ? -1 : 1))
    .map(({ kase, progress }) => {
      const commitments = (words.get(kase.id) ?? []).map(({ kase: word }) =>
        commitmentView(engine, word, { unitName: nameOf(word), itemTitle: kase.title }, until),
      )
      const around = { unitName: nameOf(kase), voices: null, meToo: null, progress, commitments }
      return { kase, view: itemView(engine, kase, around, until) }
    })
}

const listedAt = ({ facts, number }: CaseState) => `${String(facts['listedAt'])} ${number}`
/** The same as `isItem` in SQL. */
const isItemOf = ({ type, stage, facts }: CaseState, listId: string) =>
  type === 'problem' && facts['listId'] === listId && stage !== 'withdrawn' && stage !== 'merged'

const progressIn = (events: readonly CaseEvent[]) => {
  const last = events.findLast(({ action, input }) => action === 'note' && input['public'] === true)
  return last === undefined ? null : String(last.input['text'])
}

/** Instants come out of events as text. */
const revived = <T extends object>(state: T): T =>
  Object.fromEntries(
    Object.entries(state).map(([key, value]) => [
      key,
      key.endsWith('At') && typeof value === 'string' ? new Date(value) : value,
    ]),
  ) as T
