import type { LedgerFilter, LedgerItem, LedgerItemPage, LedgerPage } from '@banjie/contract'
import type { z } from 'zod'
import type { Calendar } from '#calendar'
import { type Engine, rowView, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault, invalid } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { itemView, type ObligationRow } from '#obligation'
import { type Cursor, countLedger, type Filter, type LedgerRow, listLedger, type Sight, weigh } from './ledger.sql.ts'
import { countObligations, holdsObligations, listObligations } from './obligation.sql.ts'
import { narrowing } from './queue.ts'

const COUNTED_TO = 10_000
/** A search counts less far: every further hit is a row that nobody pages to. */
const SEARCH_COUNTED_TO = 1000

type Query = LedgerFilter & { readonly limit: number; readonly cursor?: string | undefined }
type Total = z.input<typeof LedgerPage>['total']

/** A page of cases (事项列表) for a caller: filter, sort, keyset cursor, count. */
export async function casePage(engine: Engine, tx: Tx, by: Actor, query: Query): Promise<z.input<typeof LedgerPage>> {
  const { rows, total } = await casesOf(tx, by, query)
  const calendar = await engine.calendarOf(tx.tenant)
  return {
    items: rows.slice(0, query.limit).map((row) => rowView(engine, calendar, row, row, by.at)),
    nextCursor: rows.length > query.limit ? writeCursor(query.sort, rows[query.limit - 1]) : null,
    total,
  }
}

/**
 * A page of the ledger (台账): everything owed in its three forms, in one order. Cases and the other two are read from their own indexes and
 * joined here; a filter that only cases can meet reads cases only.
 */
export async function ledgerPage(
  engine: Engine,
  tx: Tx,
  by: Actor,
  query: Query,
): Promise<z.input<typeof LedgerItemPage>> {
  const { limit, sort, form } = query
  const calendar = await engine.calendarOf(tx.tenant)
  const cases = form === undefined || form.includes('once') ? await casesOf(tx, by, query) : NOTHING
  const others = holdsObligations(query) ? await obligationsOf(tx, by, query) : NOTHING
  const rows = [...cases.rows, ...others.rows].sort(inOrder(sort))
  return {
    items: rows.slice(0, limit).map((row) => ledgerItem(engine, calendar, row, by.at)),
    nextCursor: rows.length > limit ? writeCursor(sort, rows[limit - 1]) : null,
    total: { value: cases.total.value + others.total.value, exact: cases.total.exact && others.total.exact },
  }
}
const NOTHING: { readonly rows: readonly never[]; readonly total: Total } = {
  rows: [],
  total: { value: 0, exact: true },
}

/** A row of either kind as the ledger tells it. */
const ledgerItem = (
  engine: Engine,
  calendar: Calendar,
  row: LedgerRow | ObligationRow,
  now: Date,
): z.input<typeof LedgerItem> => ('kind' in row ? itemView(row, calendar, now) : caseItem(engine, calendar, row, now))

function caseItem(engine: Engine, calendar: Calendar, row: LedgerRow, now: Date): z.input<typeof LedgerItem> {
  const view = rowView(engine, calendar, row, row, now)
  const owners = view.handler === null ? [] : [view.handler]
  return { ...view, form: 'once', owners, checker: null, progress: null, subjectId: null, explanation: null }
}

/**
 * Every row that a filter shows, for the Excel file.
 * @throws Fault 'export.too_many' above `most`
 */
export async function wholeLedger(tx: Tx, by: Actor, query: LedgerFilter, most: number): Promise<readonly Sorted[]> {
  const { sort, form, queue, owner, ...rest } = query
  const filter = { ...rest, more: narrowing({ queue, owner }, by), hits: await weigh(tx, rest.q) }
  const page = { sort, limit: most + 1, now: by.at }
  const cases = form === undefined || form.includes('once') ? await listLedger(tx, filter, sightOf(by), page) : []
  const others = holdsObligations(query) ? await listObligations(tx, query, by, { limit: most + 1 }) : []
  if (cases.length + others.length > most) throw new Fault('export.too_many', { max: most })
  return [...cases, ...others].sort(inOrder(sort))
}

/** One row more than the page, and how many there are. */
async function casesOf(tx: Tx, by: Actor, query: Query): Promise<{ rows: readonly LedgerRow[]; total: Total }> {
  const { limit, cursor, sort, queue, owner, form: _, ...rest } = query
  const filter = { ...rest, more: narrowing({ queue, owner }, by), hits: await weigh(tx, rest.q) }
  const sight = sightOf(by)
  const rows = await listLedger(tx, filter, sight, { sort, after: readCursor(cursor), limit: limit + 1, now: by.at })
  const isWhole = cursor === undefined && rows.length <= limit
  const total = isWhole ? { value: rows.length, exact: true } : await totalOf(tx, filter, sight, query, by.at)
  return { rows, total }
}

async function obligationsOf(
  tx: Tx,
  by: Actor,
  query: Query,
): Promise<{ rows: readonly ObligationRow[]; total: Total }> {
  const { limit, cursor } = query
  const rows = await listObligations(tx, query, by, { after: readCursor(cursor), limit: limit + 1 })
  if (cursor === undefined && rows.length <= limit) return { rows, total: { value: rows.length, exact: true } }
  const counted = await countObligations(tx, query, by, COUNTED_TO)
  return { rows, total: { value: Math.min(counted, COUNTED_TO), exact: counted <= COUNTED_TO } }
}

/** How many rows there are beyond the page. A search that nothing else narrows was counted when it was weighed. */
async function totalOf(
  tx: Tx,
  filter: Filter,
  sight: Sight,
  { sort, limit }: Pick<Query, 'sort' | 'limit'>,
  now: Date,
): Promise<Total> {
  const { q, hits, ...others } = filter
  const narrowed = Object.values(others).some((other) => other !== undefined) || sort.endsWith('due')
  if (hits !== undefined && !narrowed && sight.kind === 'all' && sight.confidential)
    return { value: Math.max(hits.count, limit), exact: hits.few }
  const most = q ? SEARCH_COUNTED_TO : COUNTED_TO
  const counted = await countLedger(tx, filter, sight, now, most)
  return { value: Math.min(counted, most), exact: counted <= most }
}

type Sort = LedgerFilter['sort']
type Sorted = LedgerRow | ObligationRow
/** The instant by which a row stands in its place. */
function keyOf(sort: Sort, row: Sorted): Date | null {
  const key = sort.replace('-', '')
  if (key === 'due') return row.dueAt
  if (key === 'updated') return row.updatedAt
  return 'kind' in row ? row.beginsAt : row.receivedAt
}
/** The order of both tables: by the key, then by id, both the same way. */
function inOrder(sort: Sort) {
  const sign = sort.startsWith('-') ? -1 : 1
  return (a: Sorted, b: Sorted) => {
    const apart = (keyOf(sort, a)?.getTime() ?? 0) - (keyOf(sort, b)?.getTime() ?? 0)
    return sign * (apart || (a.id < b.id ? -1 : 1))
  }
}

function writeCursor(sort: Sort, row: Sorted | undefined): string | null {
  const at = row && keyOf(sort, row)
  return row && at ? Buffer.from(`${at.toISOString()} ${row.id}`).toString('base64url') : null
}

function readCursor(cursor: string | undefined): Cursor | undefined {
  if (cursor === undefined) return undefined
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw invalid('cursor', 'request.not_found')
  return { at: new Date(at), id }
}
