import type { LedgerFilter, LedgerPage } from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, rowView, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { invalid } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { type Cursor, countLedger, type Filter, type LedgerRow, listLedger, type Sight, weigh } from './ledger.sql.ts'
import { queueCondition } from './queue.ts'

const COUNTED_TO = 10_000
/** A search counts less far: every further hit is a row that nobody pages to. */
const SEARCH_COUNTED_TO = 1000

/** A page of the ledger (台账) for a caller: filter, sort, keyset cursor, count. */
export async function ledgerPage(
  engine: Engine,
  tx: Tx,
  by: Actor,
  query: LedgerFilter & { limit: number; cursor?: string | undefined },
): Promise<z.input<typeof LedgerPage>> {
  const { limit, cursor, sort, queue, ...rest } = query
  const more = queue === undefined ? undefined : queueCondition(queue, by)
  const filter = { ...rest, more, hits: await weigh(tx, rest.q) }
  const sight = sightOf(by)
  const rows = await listLedger(tx, filter, sight, { sort, after: readCursor(cursor), limit: limit + 1, now: by.at })
  const shown = rows.slice(0, limit)
  const isWhole = cursor === undefined && rows.length <= limit
  const calendar = await engine.calendarOf(tx.tenant)
  return {
    items: shown.map((row) => rowView(engine, calendar, row, row, by.at)),
    nextCursor: rows.length > limit ? writeCursor(sort, shown.at(-1)) : null,
    total: isWhole ? { value: rows.length, exact: true } : await totalOf(tx, filter, sight, query, by.at),
  }
}

/** How many rows there are beyond the page. A search that nothing else narrows was counted when it was weighed. */
async function totalOf(
  tx: Tx,
  filter: Filter,
  sight: Sight,
  { sort, limit }: Pick<LedgerFilter, 'sort'> & { limit: number },
  now: Date,
): Promise<z.input<typeof LedgerPage>['total']> {
  const { q, hits, ...others } = filter
  const narrowed = Object.values(others).some((other) => other !== undefined) || sort.endsWith('due')
  if (hits !== undefined && !narrowed && sight.kind === 'all' && sight.confidential)
    return { value: Math.max(hits.count, limit), exact: hits.few }
  const most = q ? SEARCH_COUNTED_TO : COUNTED_TO
  const counted = await countLedger(tx, filter, sight, now, most)
  return { value: Math.min(counted, most), exact: counted <= most }
}

const KEY = { due: 'dueAt', received: 'receivedAt', updated: 'updatedAt' } as const

function writeCursor(sort: LedgerFilter['sort'], row: LedgerRow | undefined): string | null {
  const at = row?.[KEY[sort.replace('-', '') as keyof typeof KEY]]
  return row && at ? Buffer.from(`${at.toISOString()} ${row.id}`).toString('base64url') : null
}

function readCursor(cursor: string | undefined): Cursor | undefined {
  if (cursor === undefined) return undefined
  const [at = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (Number.isNaN(Date.parse(at)) || !/^[0-9a-f-]{36}$/.test(id)) throw invalid('cursor', 'request.not_found')
  return { at: new Date(at), id }
}
