import type { NewProblemList, ProblemList, ProblemListId } from '@banjie/contract'
import { LIST_STATE } from '@banjie/contract'
import type { z } from 'zod'
import { sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, getUnitInForce } from '#org'
import { listItems } from './item.sql.ts'
import {
  countAspects,
  insertChange,
  insertList,
  type ListRow,
  type ListWithFigures,
  listLists,
  lockList,
  updateList,
} from './list.sql.ts'

const KEEPERS = ['supervisor', 'dispatcher', 'leader'] as const
/** Whoever keeps lists (清单管理人): the supervision office, the dispatchers, the leaders. */
export const mayKeep = (by: Actor) => KEEPERS.some((role) => by.roles.has(role))
/** @throws Fault 'forbidden' */
export function refuseUnlessKeeper(by: Actor): void {
  if (!mayKeep(by)) throw new Fault('forbidden')
}

/** A list as its row shows it. */
export const listView = (row: ListWithFigures): z.input<typeof ProblemList> =>
  ({
    ...{ id: row.id, kind: row.kind, title: row.title, from: row.periodFrom, to: row.periodTo, origin: row.origin },
    ...{ sourceDocument: row.sourceDocument, sourceOn: row.sourceOn, aspects: [...row.aspects], note: row.note },
    ownerUnit: row.ownerUnitId === null ? null : { id: row.ownerUnitId, name: row.ownerName ?? '' },
    ...{ state: row.state, version: row.version, createdAt: row.createdAt.toISOString() },
    ...{ publishedAt: row.publishedAt?.toISOString() ?? null, closedAt: row.closedAt?.toISOString() ?? null },
    ...{ items: row.items, accepted: row.accepted, overdue: row.overdue },
  }) as z.input<typeof ProblemList>

/** Lists the caller may read: whoever works for a unit reads the published ones. */
export async function readLists(tx: Tx, by: Actor, wanted: { kind?: string | undefined; state?: string | undefined }) {
  const rows = await listLists(tx, by.at, wanted)
  return rows.filter((row) => mayRead(row, by)).map(listView)
}
const mayRead = ({ state }: ListRow, by: Actor) => state !== 'draft' || sightOf(by).kind === 'all'

/** @throws Fault 'list.not_found' */
export async function getList(tx: Tx, id: string, by: Actor): Promise<ListWithFigures> {
  const [row] = await listLists(tx, by.at, { id })
  if (row === undefined || !mayRead(row, by)) throw new Fault('list.not_found')
  return row
}

/** The list, locked, for whoever keeps it. @throws Fault 'forbidden' | 'list.not_found' | 'list.state' once it is closed */
export async function holdList(tx: Tx, id: string, by: Actor): Promise<ListRow> {
  refuseUnlessKeeper(by)
  return holdOpenList(tx, id)
}
/** @throws Fault 'list.not_found' | 'list.state' */
export async function holdOpenList(tx: Tx, id: string): Promise<ListRow> {
  const row = await lockList(tx, id)
  if (row === undefined) throw new Fault('list.not_found')
  if (row.state === 'closed') throw new Fault('list.state', { title: row.title, state: LIST_STATE.closed })
  return row
}

type Said = z.output<typeof NewProblemList>

/** Makes a list (建立清单). */
export async function createList(tx: Tx, said: Said, by: Actor) {
  refuseUnlessKeeper(by)
  const row = await rowOf(tx, said, by)
  await insertList(tx, row)
  await insertChange(tx, { listId: row.id, kind: 'create', data: logged(row) }, by)
  return listView(await getList(tx, row.id, by))
}

async function rowOf(tx: Tx, said: Said, by: Actor): Promise<ListRow> {
  refuseUnfit(said)
  const owner = said.ownerUnitId ?? by.unitId
  if (said.ownerUnitId !== undefined) await getUnitInForce(tx, said.ownerUnitId, dayOf(by.at))
  return {
    ...{ id: newId<ProblemListId>(), kind: said.kind, title: said.title, origin: said.origin, aspects: said.aspects },
    ...{ periodFrom: said.from ?? null, periodTo: said.to ?? null, sourceDocument: said.sourceDocument ?? null },
    ...{ sourceOn: said.sourceOn ?? null, ownerUnitId: owner, note: said.note ?? null },
    ...{ state: 'draft', version: 1, createdAt: by.at, publishedAt: null, closedAt: null },
  }
}

/** @throws Fault 'list.in_register' | 'list.period' | 'list.aspect_twice' */
function refuseUnfit({ kind, from, to, aspects }: Said): void {
  // What the government promised and did not keep stands in the register of broken promises, once.
  if (kind === 'brokenPromise') throw new Fault('list.in_register')
  if (from !== undefined && to !== undefined && from > to) throw new Fault('list.period')
  const twice = aspects.find((aspect, i) => aspects.indexOf(aspect) !== i)
  if (twice !== undefined) throw new Fault('list.aspect_twice', { aspect: twice })
}

/** Edits a list (修订清单): a new version, with a reason in its log. An aspect that has items stays. */
export async function editList(
  tx: Tx,
  id: string,
  { version, reason, ...said }: Said & { version: number; reason: string },
  by: Actor,
) {
  const before = await holdList(tx, id, by)
  refuseStale(before, version)
  const used = await countAspects(tx, id)
  const lost = used.find(({ aspect }) => !said.aspects.includes(aspect))
  if (lost !== undefined) throw new Fault('list.aspect_used', { aspect: lost.aspect })
  const { id: _, state: __, createdAt: ___, publishedAt: ____, closedAt: _____, ...fresh } = await rowOf(tx, said, by)
  const after = { ...before, ...fresh, ownerUnitId: said.ownerUnitId ?? before.ownerUnitId, version: version + 1 }
  await updateList(tx, after)
  await insertChange(tx, { listId: id, kind: 'edit', why: reason, data: logged(after) }, by)
  return listView(await getList(tx, id, by))
}

/** Publishes or closes a list (公布、结束): published, every item is somebody's. */
export async function turnList(
  tx: Tx,
  { id, action }: { id: string; action: 'publish' | 'close' },
  { version, reason }: { version: number; reason?: string | undefined },
  by: Actor,
) {
  const before = await holdList(tx, id, by)
  refuseStale(before, version)
  if (action === 'publish') await refuseUnready(tx, before, by)
  const turned =
    action === 'publish' ? { state: 'published', publishedAt: by.at } : { state: 'closed', closedAt: by.at }
  const after = { ...before, ...turned, version: version + 1 }
  await updateList(tx, after)
  await insertChange(tx, { listId: id, kind: action, why: reason, data: logged(after) }, by)
  return listView(await getList(tx, id, by))
}

/** @throws Fault when it is public already, empty, or has an item that nobody owes */
async function refuseUnready(tx: Tx, list: ListRow, by: Actor): Promise<void> {
  if (list.state !== 'draft') throw new Fault('list.state', { title: list.title, state: LIST_STATE.published })
  const items = await listItems(tx, list.id, { sight: sightOf(by), published: false })
  if (items.length === 0) throw new Fault('list.empty')
  const unowned = items.filter(({ leadUnitId }) => leadUnitId === null).map(({ number }) => number)
  if (unowned.length > 0)
    throw new Fault('list.unowned', { count: unowned.length, numbers: unowned.slice(0, 3).join('、') })
}

function refuseStale(list: ListRow, version: number): void {
  if (list.version !== version) throw new Fault('list.stale', { version: list.version })
}

/** What the log keeps of a list's row, so that the row can be told as of any day. */
const logged = ({ id: _, createdAt: __, ...row }: ListRow) => row
