import { type CityReturn, GRADE, OUTCOME, type routes } from '@banjie/contract'
import type { z } from 'zod'
import { type Engine, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import {
  acknowledgeEach,
  acknowledgeUpTo,
  countWaiting,
  listReturns,
  type ReturnFilter,
  type ReturnRow,
} from './return.sql.ts'

type ReturnView = z.input<typeof CityReturn>
type Returns = z.input<(typeof routes.cityReturns)['response']>

const READERS = ['clerk', 'dispatcher', 'supervisor', 'leader', 'admin'] as const
const SENDERS = ['clerk', 'dispatcher', 'admin'] as const

const refuse = (by: Actor, roles: typeof READERS | typeof SENDERS) => {
  if (!roles.some((role) => by.roles.has(role))) throw new Fault('forbidden')
}

/** The steps of which the city is told; requests and remarks inside the house are not its business. */
const STEPS = [
  ...['open', 'accept', 'dispatch', 'sign', 'deemSigned', 'contact', 'survey', 'suspend', 'resume', 'extend'],
  ...['reassign', 'supplement', 'reRaise', 'merge', 'approveAnswer', 'answerAtOnce', 'answerMerged', 'correctAnswer'],
  ...['publishCorrection', 'decline', 'withdraw', 'endWithExplanation', 'callBack', 'rate', 'reopen', 'close'],
]

/** Results for the city (回传), as they became ready. @throws Fault 'forbidden' */
export async function returns(
  engine: Engine,
  tx: Tx,
  query: ReturnFilter & { limit: number; cursor?: string | undefined },
  by: Actor,
): Promise<Returns> {
  const { limit, cursor, ...filter } = query
  const after = cursor === undefined || !/^\d{1,15}$/.test(cursor) ? undefined : Number(cursor)
  const rows = await readyReturns(tx, { ...filter, after }, limit + 1, by)
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)?.position ?? after
  return {
    items: shown.map((row) => returnView(engine, row)),
    nextCursor: rows.length > limit && last !== undefined ? String(last) : null,
    waiting: await countWaiting(tx, {}, sightOf(by)),
    upTo: last === undefined ? null : String(last),
  }
}

/** @throws Fault 'forbidden' */
export function readyReturns(tx: Tx, filter: ReturnFilter, limit: number, by: Actor): Promise<ReturnRow[]> {
  refuse(by, READERS)
  return listReturns(tx, filter, sightOf(by), { limit, steps: STEPS })
}

const FACE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
/** An instant as the district's clock shows it. */
export const face = (instant: string | null) => (instant === null ? '' : FACE.format(new Date(instant)))

export function returnView(engine: Engine, row: ReturnRow): ReturnView {
  const type = engine.typeOf(row)
  const { number, revision, again, stage, outcome, unit, satisfied, grade, superior } = row
  const stageLabel = stageWord(type, stage)
  const iso = (instant: Date | null) => instant?.toISOString() ?? null
  const steps = (row.steps ?? []).map(({ at, action, unit: byUnit }) => {
    const word = action === 'open' ? '登记' : (type.actions[action]?.label ?? action)
    return `${face(at)} ${word}${byUnit === null ? '' : `（${byUnit}）`}`
  })
  return {
    ...{ cityNumber: superior.number, body: superior.body, revision, again, number, stage, stageLabel },
    ...{ outcome, outcomeLabel: outcome === null ? stageLabel : OUTCOME[outcome], unit, satisfied, grade },
    result: row.answer ?? stageLabel,
    receivedAt: row.receivedAt.toISOString(),
    ...{ acceptedAt: iso(row.acceptedAt), dispatchedAt: iso(row.dispatchedAt) },
    ...{ answeredAt: iso(row.answeredAt), closedAt: iso(row.closedAt) },
    satisfaction: satisfactionOf(row),
    process: steps.join('；'),
    attachments: (row.files ?? []).map(({ id, name }) => ({ id, name, url: `/api/v1/attachments/${id}` })),
    ...{ readyAt: row.readyAt.toISOString(), acknowledgedAt: iso(row.acknowledgedAt) },
  }
}

function satisfactionOf({ grade, satisfied }: ReturnRow): string {
  if (grade !== null) return GRADE[grade as keyof typeof GRADE]
  return satisfied === null ? '' : satisfied ? '满意' : '不满意'
}

/**
 * Notes what has arrived above (登记已回传): results one by one, or all up to a place. What is corrected later waits again.
 * @throws Fault 'forbidden' | 'exchange.nothing_named'
 */
export async function acknowledge(
  tx: Tx,
  input: z.output<(typeof routes.acknowledgeReturns)['body']>,
  by: Actor,
): Promise<z.input<(typeof routes.acknowledgeReturns)['response']>> {
  refuse(by, SENDERS)
  const { items, upTo, ...filter } = input
  if (items.length === 0 && upTo === undefined) throw new Fault('exchange.nothing_named')
  const sight = sightOf(by)
  const known = items.length === 0 ? [] : await acknowledgeEach(tx, items, by)
  const passed = upTo === undefined ? 0 : await acknowledgeUpTo(tx, { ...filter, upTo: Number(upTo) }, sight, by)
  const found = new Set(known.map(({ cityNumber, revision }) => `${cityNumber} ${revision}`))
  return {
    acknowledged: known.filter(({ fresh }) => fresh).length + passed,
    unknown: items
      .filter(({ cityNumber, revision }) => !found.has(`${cityNumber} ${revision}`))
      .map(({ cityNumber }) => cityNumber),
    waiting: await countWaiting(tx, {}, sight),
  }
}
