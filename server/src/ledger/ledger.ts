import type { CaseRow, LedgerFilter, LedgerPage } from '@banjie/contract'
import type { z } from 'zod'
import type { Calendar } from '#calendar'
import { caseLight, type Engine, remainingOf, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { invalid } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { type Cursor, countLedger, type LedgerRow, listLedger, weigh } from './ledger.sql.ts'
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
  const most = query.q ? SEARCH_COUNTED_TO : COUNTED_TO
  async function countAll() {
    const { hits } = filter
    // A first page that is not full has counted itself; a search that nothing else narrows was counted when it was weighed.
    if (cursor === undefined && rows.length <= limit) return { value: rows.length, exact: true }
    if (hits !== undefined && !sort.endsWith('due') && seesAllOf(rest, more, sight))
      return { value: Math.max(hits.count, rows.length), exact: hits.few }
    const counted = await countLedger(tx, filter, sight, by.at, most)
    return { value: Math.min(counted, most), exact: counted <= most }
  }
  const total = await countAll()
  const calendar = await engine.calendarOf(tx.tenant)
  return {
    items: shown.map((row) => rowView(engine, calendar, row, by.at)),
    nextCursor: rows.length > limit ? writeCursor(sort, shown.at(-1)) : null,
    total,
  }
}

/** True if nothing but the search narrows the list: then its hits are its rows. */
const seesAllOf = ({ q: _, ...others }: Partial<LedgerFilter>, more: unknown, sight: ReturnType<typeof sightOf>) =>
  sight.kind === 'all' &&
  sight.confidential &&
  more === undefined &&
  Object.values(others).every((one) => one === undefined)

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

function rowView(engine: Engine, calendar: Calendar, row: LedgerRow, now: Date): z.input<typeof CaseRow> {
  const {
    id,
    number,
    type,
    title,
    stage,
    round,
    version,
    category,
    channel,
    urgency,
    confidential,
    urged,
    outcome,
    satisfied,
  } = row
  const iso = (instant: Date | null) => instant?.toISOString() ?? null
  return {
    ...{
      id,
      number,
      type,
      title,
      stage,
      round,
      version,
      category,
      channel,
      urgency,
      confidential,
      urged,
      outcome,
      satisfied,
    },
    stageLabel: stageWord(engine.typeOf(row), stage),
    light: caseLight(row, now),
    dueAt: iso(row.dueAt),
    remaining: row.closedAt === null ? remainingOf(calendar, now, row) : null,
    categoryLabel: row.categoryLabel,
    leadUnit: row.leadUnitId === null ? null : { id: row.leadUnitId, name: row.leadUnitName ?? '' },
    handler: row.handlerId === null ? null : { id: row.handlerId, name: row.handlerName ?? '' },
    ...{
      receivedAt: row.receivedAt.toISOString(),
      answeredAt: iso(row.answeredAt),
      closedAt: iso(row.closedAt),
      updatedAt: row.updatedAt.toISOString(),
    },
  }
}
