import {
  CHANNEL,
  type Figure,
  INDICATOR,
  type IndicatorAnswer,
  type IndicatorId,
  type IndicatorQuery,
  type IndicatorRows,
  type IndicatorRowsQuery,
} from '@banjie/contract'
import type { z } from 'zod'
import type { Calendar } from '#calendar'
import { sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { agesOf, countOf, daysTogether, type Lasting, median, naturalDays, ninetieth, workingDays } from './age.ts'
import { compare } from './compare.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { type Grouping, listCounted, listLabels, listLasting, type Question, tally } from './indicator.sql.ts'
import { spanOf, yearBefore } from './period.ts'
import { measureStopped } from './stopped.ts'

/** A figure of one group. */
export interface GroupFigure extends Figure {
  readonly key: string
}
/** The figure of all and of each group. */
export interface Measured {
  readonly all: Figure
  readonly groups: readonly GroupFigure[]
}

export const NOT_YET_DISPATCHED = '受理机构（未交办）'
const HUNDREDTHS = 100

/** @throws Fault 'report.indicator_unknown' */
export function indicatorOf(id: string): IndicatorId {
  if (Object.hasOwn(INDICATOR, id)) return id as IndicatorId
  throw new Fault('report.indicator_unknown', { id })
}

/** What a caller may ask: figures follow the same sight as lists. @throws Fault 'forbidden' to those whose few cases would not make a figure */
export function questionOf(
  by: Actor,
  query: { from: string; to: string; asOf?: string | undefined; type: string; by: Grouping },
): Question {
  const sight = sightOf(by)
  if (sight.kind === 'closed' || sight.kind === 'none') throw new Fault('forbidden')
  const asOf = query.asOf === undefined ? by.at : new Date(Math.min(Date.parse(query.asOf), by.at.getTime()))
  return { ...spanOf(query.from, query.to), asOf, type: query.type, by: query.by, sight }
}

/** Percentage with two decimals; null of nothing. */
const percent = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((part * 100 * HUNDREDTHS) / whole) / HUNDREDTHS

/** Measures an indicator (指标): the figure of all and of each group. */
export async function measure(tx: Tx, calendar: Calendar, id: IndicatorId, question: Question): Promise<Measured> {
  if (id in STATISTIC) return measureDays(tx, calendar, id as DayIndicator, question)
  const isRate = INDICATOR[id].unit === '%'
  const figure = ({ numerator, denominator }: { numerator: number; denominator: number }): Figure =>
    isRate
      ? { value: percent(numerator, denominator), numerator, denominator }
      : { value: numerator, numerator, denominator: null }
  const groups = id === 'stoppedShare' ? await measureStopped(tx, question) : await tally(tx, id, question)
  const sum = (part: 'numerator' | 'denominator') => groups.reduce((total, group) => total + group[part], 0)
  return {
    all: figure({ numerator: sum('numerator'), denominator: sum('denominator') }),
    groups: groups.map((group) => ({ key: group.key, ...figure(group) })),
  }
}

type DayIndicator = 'averageDays' | 'medianDays' | 'p90Days' | 'medianWorkingDays'
type Statistic = (lasting: readonly Lasting[], calendar: Calendar) => Figure

const naturalAges = (lasting: readonly Lasting[]) => agesOf(lasting, naturalDays)
const ofAll = (value: number | null, lasting: readonly Lasting[]): Figure => ({
  value,
  numerator: null,
  denominator: countOf(naturalAges(lasting)),
})
const STATISTIC: Readonly<Record<DayIndicator, Statistic>> = {
  averageDays(lasting) {
    const ages = naturalAges(lasting)
    const [numerator, denominator] = [daysTogether(ages), countOf(ages)]
    const value = denominator === 0 ? null : Math.round((numerator * HUNDREDTHS) / denominator) / HUNDREDTHS
    return { value, numerator, denominator }
  },
  medianDays: (lasting) => ofAll(median(naturalAges(lasting)), lasting),
  p90Days: (lasting) => ofAll(ninetieth(naturalAges(lasting)), lasting),
  medianWorkingDays: (lasting, calendar) =>
    ofAll(median(agesOf(lasting, (one) => workingDays(calendar, one))), lasting),
}

async function measureDays(tx: Tx, calendar: Calendar, id: DayIndicator, question: Question): Promise<Measured> {
  const lasting = await listLasting(tx, id, question)
  const keys = [...new Set(lasting.map(({ key }) => key))]
  return {
    all: STATISTIC[id](lasting, calendar),
    groups: keys.map((key) => ({
      key,
      ...STATISTIC[id](
        lasting.filter((one) => one.key === key),
        calendar,
      ),
    })),
  }
}

/** The word of a group. */
export const labelOf = (by: Grouping, key: string, labels: ReadonlyMap<string, string>): string => {
  if (by === 'channel') return CHANNEL[key as keyof typeof CHANNEL] ?? key
  if (key === 'none') return by === 'unit' ? NOT_YET_DISPATCHED : '未分类'
  return labels.get(key) ?? key
}

/** Answers a question for an indicator, in the order of the dictionary of units or categories. */
export async function answerIndicator(
  tx: Tx,
  calendar: Calendar,
  by: Actor,
  id: IndicatorId,
  query: IndicatorQuery,
): Promise<z.input<typeof IndicatorAnswer>> {
  const question = questionOf(by, query)
  const { all, groups } = await measure(tx, calendar, id, question)
  const labels = await listLabels(tx, query.by)
  const order = [...labels.keys()]
  const rows = groups.map((group) => ({ ...group, label: labelOf(query.by, group.key, labels) }))
  return {
    ...all,
    ...{ id, label: INDICATOR[id].label, unit: INDICATOR[id].unit, from: query.from, to: query.to },
    asOf: question.asOf.toISOString(),
    rows: query.by === 'none' ? [] : rows.sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key)),
    base: query.base === 'none' ? null : await baseOf(tx, calendar, id, { query, question, value: all.value }),
  }
}

/** The same days a year before (同期). While the period still runs, both end on the same day. */
async function baseOf(
  tx: Tx,
  calendar: Calendar,
  id: IndicatorId,
  { query, question, value }: { query: IndicatorQuery; question: Question; value: number | null },
): Promise<z.input<typeof IndicatorAnswer>['base']> {
  const today = dayOf(question.asOf)
  const partial = query.to > today
  const from = yearBefore(query.from)
  const to = yearBefore(partial && today >= query.from ? today : query.to)
  const { all } = await measure(tx, calendar, id, { ...question, ...spanOf(from, to), by: 'none' })
  return { ...all, from, to, partial, ...compare(value, all.value, INDICATOR[id].unit) }
}

/** The cases behind a figure (下钻): number, title, unit and the date that counted. */
export async function answerRows(
  tx: Tx,
  calendar: Calendar,
  by: Actor,
  id: IndicatorId,
  query: IndicatorRowsQuery,
): Promise<z.input<typeof IndicatorRows>> {
  const { limit, key, part } = query
  const rows = await listCounted(tx, id, questionOf(by, query), {
    ...{ key, onlyMet: part === 'numerator', after: readCursor(query.cursor), limit: limit + 1 },
  })
  const shown = rows.slice(0, limit)
  return {
    items: shown.map(({ id: caseId, number, title, unit, round, at, met, ...days }) => ({
      ...{ id: caseId, number, title, round, counted: met, at: at.toISOString() },
      unit: unit ?? NOT_YET_DISPATCHED,
      days: id in STATISTIC ? (id === 'medianWorkingDays' ? workingDays(calendar, days) : naturalDays(days)) : null,
    })),
    nextCursor: rows.length > limit ? writeCursor(shown.at(-1)) : null,
    total: rows[0]?.total ?? 0,
  }
}
