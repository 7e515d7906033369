import type { CaseId, GROUPING, IndicatorId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { type sightOf, visible } from '#case'
import type { Tx } from '#kernel/store'
import type { Lasting } from './age.ts'
import type { Span } from './period.ts'

export type Grouping = (typeof GROUPING)[number]
/** What is asked: which rounds of whom, in which period, as known when. */
export interface Question extends Span {
  readonly asOf: Date
  readonly by: Grouping
  /** Case type, or `all`. */
  readonly type: string
  readonly sight: ReturnType<typeof sightOf>
}

type Sql = RawBuilder<unknown>
/** Rows (case_id, round, at, met): the rounds an indicator counts, the date that counted, and whether they are in the numerator. */
type Source = (tx: Tx, question: Question) => Sql

const within = (column: Sql, { from, until }: Span) => sql`${column} >= ${from} and ${column} < ${until}`

/** Rounds begun in the period. Uses case_round_started. */
const begun =
  (met: Sql): Source =>
  (tx, question) =>
    sql`
    select r.case_id, r.round, r.started_at as at, ${met} as met from case_round r
    where r.tenant_id = ${tx.tenant} and ${within(sql`r.started_at`, question)}`

/** Rounds closed in the period. Uses case_round_closed. */
const closed =
  (met: Sql): Source =>
  (tx, question) =>
    sql`
    select r.case_id, r.round, r.closed_at as at, ${met} as met from case_round r
    where r.tenant_id = ${tx.tenant} and ${within(sql`r.closed_at`, question)} and r.closed_at <= ${question.asOf}`

/** Rounds that ended in the period: closed, or never closed because the next one began. */
const ended =
  (met: (tx: Tx, asOf: Date) => Sql): Source =>
  (tx, question) =>
    sql`
    ${closed(met(tx, question.asOf))(tx, question)}
    union all
    select r.case_id, r.round, n.started_at, ${met(tx, question.asOf)} from case_round n
    join case_round r on r.tenant_id = n.tenant_id and r.case_id = n.case_id and r.round = n.round - 1
    where n.tenant_id = ${tx.tenant} and ${within(sql`n.started_at`, question)} and n.recorded_at <= ${question.asOf} and r.closed_at is null`

/** Rounds open at an instant, as far as was known `asOf`. */
const openAt = (tx: Tx, at: Date, asOf: Date): Sql => sql`
    select r.tenant_id, r.case_id, r.round, r.started_at as at, true as met from case_round r
    where r.tenant_id = ${tx.tenant} and r.started_at < ${at} and (r.closed_at is null or r.closed_at >= ${at} or r.closed_at > ${asOf})
      and not exists (select from case_round n where n.tenant_id = ${tx.tenant} and n.case_id = r.case_id and n.round = r.round + 1
        and n.started_at < ${at} and n.recorded_at <= ${asOf})`

/** Open rounds whose handling limit has passed without an answer. A paused clock is not overdue. */
const overdue: Source = (tx, { until, asOf }) => sql`
    select o.case_id, o.round, k.due_at as at, true as met from (${openAt(tx, until, asOf)}) o
    join case_clock k on k.tenant_id = o.tenant_id and k.case_id = o.case_id and k.round = o.round and k.kind = 'handle'
    where k.due_at < least(${until}::timestamptz, ${asOf}) and (k.ended_at is null or k.ended_at >= ${until} or k.ended_at > ${asOf})
      and (k.state <> 'paused' or k.ended_at is not null)`

/** Rounds whose handling limit falls into the period, without those that are still in time: kept, missed, open and overdue. */
const due =
  (limit: Sql): Source =>
  (tx, question) =>
    sql`
    select k.case_id, k.round, ${limit} as at, coalesce(k.ended_at <= ${question.asOf} and ${keptBy(limit)}, false) as met
    from case_clock k
    where k.tenant_id = ${tx.tenant} and k.kind = 'handle' and ${within(limit, question)}
      and (k.ended_at <= ${question.asOf} or (${limit} < ${question.asOf} and (k.state <> 'paused' or k.ended_at is not null)))`

const LIMIT = sql`k.due_at`
/** The limit before extensions (原时限). */
const ORIGINAL_LIMIT = sql`k.original_due_at`
const keptBy = (limit: Sql) => sql`k.ended_at <= ${limit}`

/**
 * What people said in the period, once for every round: the last word counts. Read from the events, for a round keeps only its last word, and a
 * rating given in July must not take back what was said in June. Uses case_event_satisfied or case_event_solved.
 */
const said =
  (word: 'satisfied' | 'solved'): Source =>
  (tx, question) =>
    sql`
    select distinct on (e.case_id, e.round) e.case_id, e.round, e.at, (e.patch ->> ${sql.lit(word)})::boolean as met
    from case_event e
    where e.tenant_id = ${tx.tenant} and ${within(sql`e.at`, question)} and e.at <= ${question.asOf}
      and jsonb_typeof(e.patch -> ${sql.lit(word)}) = 'boolean'
    order by e.case_id, e.round, e.seq desc`

/** What grade an event gives: to the matter (一事一评) or to the contact (一次一评). */
const GIVEN = {
  matter: sql`case when e.action in ('rate', 'callBack') and jsonb_typeof(e.patch -> 'grade') = 'number' then (e.patch ->> 'grade')::int end`,
  service: sql`case when e.action = 'rate' and e.input ->> 'kind' = 'service' then (e.input ->> 'grade')::int
      when e.action = 'callBack' and e.input ? 'serviceGrade' then (e.input ->> 'serviceGrade')::int end`,
} as const
/** The same as conditions in the words of the partial indexes case_event_graded and case_event_service. */
const GRADED = {
  matter: sql`e.action in ('rate', 'callBack') and jsonb_typeof(e.patch -> 'grade') = 'number'`,
  service: sql`((e.action = 'rate' and e.input ->> 'kind' = 'service') or (e.action = 'callBack' and e.input ? 'serviceGrade'))`,
} as const
type Rated = keyof typeof GRADED

/** Ratings that stand: the last one of a round, without those that were annulled later. There is no rating by default. */
const standing = (tx: Tx, kind: Rated, asOf: Date) => sql`
    e.tenant_id = ${tx.tenant} and e.at <= ${asOf} and ${GRADED[kind]} and not exists (select from case_event a
      where a.tenant_id = e.tenant_id and a.case_id = e.case_id and a.round = e.round and a.seq > e.seq and a.at <= ${asOf}
        and a.action = 'annulRating' and a.input ->> 'kind' = ${sql.lit(kind)})`

/** Ratings of the period; met: at least so good. */
const graded =
  (kind: Rated, least: number): Source =>
  (tx, question) =>
    sql`
    select distinct on (e.case_id, e.round) e.case_id, e.round, e.at, ${GIVEN[kind]} >= ${least}::int as met
    from case_event e where ${within(sql`e.at`, question)} and ${standing(tx, kind, question.asOf)}
    order by e.case_id, e.round, e.seq desc`

const isRated = (tx: Tx, kind: Rated, asOf: Date, round: Sql) =>
  sql`exists (select from case_event e where e.case_id = r.case_id and ${round} and ${standing(tx, kind, asOf)})`

/** Rounds answered in the period; met: the person has rated what came of it. Uses case_round_answered. */
const ratedMatters: Source = (tx, question) => sql`
    select r.case_id, r.round, r.answered_at as at, ${isRated(tx, 'matter', question.asOf, sql`e.round = r.round`)} as met
    from case_round r where r.tenant_id = ${tx.tenant} and ${within(sql`r.answered_at`, question)} and r.answered_at <= ${question.asOf}`

/** First rounds begun in the period; met: the person has rated how they were received. */
const ratedContacts: Source = (tx, question) => sql`
    select r.case_id, r.round, r.started_at as at, ${isRated(tx, 'service', question.asOf, sql`true`)} as met
    from case_round r where r.tenant_id = ${tx.tenant} and r.round = 1 and ${within(sql`r.started_at`, question)}`

/**
 * Rounds begun in the period that have no answer and should: past the day that was told, never accepted in time, or ended without a word. A matter
 * that stands still is not late.
 */
const unanswered: Source = (tx, question) => sql`
    select r.case_id, r.round, r.started_at as at, true as met from case_round r
    where r.tenant_id = ${tx.tenant} and ${within(sql`r.started_at`, question)} and (r.answered_at is null or r.answered_at > ${question.asOf})
      and case when r.closed_at <= ${question.asOf} then r.answer is null or r.answered_at is null and r.outcome is distinct from 'withdrawn'
        else exists (select from case_clock k where k.tenant_id = r.tenant_id and k.case_id = r.case_id and k.round = r.round and k.kind in ('handle', 'accept')
          and k.due_at < ${question.asOf} and k.state <> 'paused' and (k.ended_at is null or k.ended_at > ${question.asOf}))
          and not exists (select from case_round n where n.tenant_id = r.tenant_id and n.case_id = r.case_id and n.round = r.round + 1 and n.recorded_at <= ${question.asOf})
        end`

/** A round keeps its last call-back only; whether there was an earlier one is asked of the events. */
const calledBackBy = (tx: Tx, asOf: Date) => sql`(r.called_back_at is not null and (r.called_back_at <= ${asOf}
      or exists (select from case_event e where e.tenant_id = ${tx.tenant} and e.case_id = r.case_id and e.round = r.round
        and e.action in ('callBack', 'rate') and e.at <= ${asOf})))`

/** Rounds answered in the period, with their handling clock; met: it stood still for some days. */
const answered: Source = (tx, question) => sql`
    select k.case_id, k.round, k.ended_at as at, jsonb_array_length(k.stops) > 0 as met from case_clock k
    where k.tenant_id = ${tx.tenant} and k.kind = 'handle' and ${within(sql`k.ended_at`, question)} and k.ended_at <= ${question.asOf}`

/** Open rounds that a leader has put off to a review date that has not come. */
const putOff: Source = (tx, { until, asOf }) => sql`
    select o.case_id, o.round, o.at, true as met from (${openAt(tx, until, asOf)}) o
    join "case" h on h.tenant_id = o.tenant_id and h.id = o.case_id
    where exists (select from jsonb_array_elements(h.stops) s where (s ->> 'longTerm')::boolean and (s ->> 'round')::int = o.round
      and coalesce(s ->> 'to', s ->> 'until') >= to_char((least(${until}::timestamptz, ${asOf}) at time zone interval '8 hours') - interval '1 second', 'YYYY-MM-DD'))`

/**
 * Rounds closed in the period; met: the same matter was reported at the same place again. What was declined or withdrawn since says nothing against
 * the unit. Uses recurrence_earlier.
 */
const recurred: Source = (tx, question) =>
  closed(sql`exists (select from recurrence again join "case" later on later.tenant_id = again.tenant_id and later.id = again.case_id
    where again.tenant_id = ${tx.tenant} and again.earlier_id = r.case_id and again.earlier_round = r.round and again.at <= ${question.asOf}
      and not (later.stage in ('declined', 'withdrawn') and later.closed_at <= ${question.asOf}))`)(tx, question)

/** The case was refused by a unit at some time. */
const wasRefused = sql`coalesce((select jsonb_array_length(h.disputes) > 0 from "case" h where h.tenant_id = r.tenant_id and h.id = r.case_id), false)`

/** Stops and span of the handling clocks behind `stoppedShare`, by group. */
export const listStopped = (tx: Tx, question: Question) =>
  tx.run<{ key: string; fromDay: string; toDay: string; stops: { from: string; to: string }[] }>(sql`
    select ${KEY[question.by]} as key, (k.started_at at time zone ${LOCAL})::date::text as from_day,
      (k.ended_at at time zone ${LOCAL})::date::text as to_day, k.stops
    from ${counted(tx, 'stoppedShare', question)}
    join case_clock k on k.tenant_id = ${tx.tenant} and k.case_id = piece.case_id and k.round = piece.round and k.kind = 'handle'
      and k.ended_at = piece.at`)

/** Closed rounds of what was raised on visits; met: somebody went back to see the finish after the answer. */
const seenFinished: Source = (tx, question) => sql`
    select r.case_id, r.round, r.closed_at as at, exists (select from visit_case x join visit v on v.tenant_id = x.tenant_id and v.id = x.visit_id
      where x.tenant_id = r.tenant_id and x.case_id = r.case_id and v.kind = 'onSite' and v.purpose = 'verify' and v.recorded_at > r.answered_at
        and v.recorded_at <= ${question.asOf} and v.on_day >= (r.answered_at at time zone interval '8 hours')::date) as met
    from case_round r where r.tenant_id = ${tx.tenant} and ${within(sql`r.closed_at`, question)} and r.closed_at <= ${question.asOf}
      and r.answered_at is not null
      and exists (select from visit_case x where x.tenant_id = r.tenant_id and x.case_id = r.case_id and x.raised)`

const always = sql`true`
const SOURCE: Readonly<Record<IndicatorId, Source>> = {
  received: begun(always),
  carriedIn: (tx, { from, asOf }) => openAt(tx, from, asOf),
  closed: ended(() => always),
  stock: (tx, { until, asOf }) => openAt(tx, until, asOf),
  overdueOpen: overdue,
  onTimeRate: due(LIMIT),
  onOriginalTimeRate: due(ORIGINAL_LIMIT),
  callBackRate: ended(calledBackBy),
  satisfiedRate: said('satisfied'),
  solvedRate: said('solved'),
  reopenRate: begun(sql`r.round > 1`),
  averageDays: closed(always),
  medianDays: closed(always),
  p90Days: closed(always),
  medianWorkingDays: closed(always),
  extensionRate: (tx, question) => sql`
    select k.case_id, k.round, k.due_at as at, k.extra > 0 as met from case_clock k
    where k.tenant_id = ${tx.tenant} and k.kind = 'handle' and ${within(LIMIT, question)}`,
  refusalRate: begun(wasRefused),
  stoppedShare: answered,
  unanswered,
  matterGoodRate: graded('matter', 3),
  matterStrictRate: graded('matter', 4),
  matterRatedShare: ratedMatters,
  serviceGoodRate: graded('service', 3),
  serviceStrictRate: graded('service', 4),
  serviceRatedShare: ratedContacts,
  recurrence: recurred,
  verifiedOnSite: seenFinished,
  longTerm: putOff,
}

const KEY: Readonly<Record<Grouping, Sql>> = {
  unit: sql`coalesce(r.lead_unit_id::text, 'none')`,
  category: sql`coalesce(c.category, 'none')`,
  channel: sql`c.channel`,
  none: sql`'all'`,
}

/** The counted rounds (alias `piece`) with their round `r` and case `c`, as far as they were recorded and the caller may see them. */
const counted = (tx: Tx, id: IndicatorId, question: Question): Sql => sql`
  (${SOURCE[id](tx, question)}) piece
  join case_round r on r.tenant_id = ${tx.tenant} and r.case_id = piece.case_id and r.round = piece.round and r.recorded_at <= ${question.asOf}
  join "case" c on c.tenant_id = ${tx.tenant} and c.id = piece.case_id
    and (${question.type} = 'all' or c.type = ${question.type}) and ${visible(question.sight, tx.tenant)}`

export interface Tally {
  readonly key: string
  readonly numerator: number
  readonly denominator: number
}
/** Counted rounds and those in the numerator, by group. */
export const tally = (tx: Tx, id: IndicatorId, question: Question) =>
  tx.run<Tally>(sql`
    select ${KEY[question.by]} as key, count(*) filter (where piece.met) as numerator, count(*) as denominator
    from ${counted(tx, id, question)} group by 1 order by 1`)

const LOCAL = sql`interval '8 hours'`
const FIRST_DAY = sql`(c.received_at at time zone ${LOCAL})::date`
const LAST_DAY = sql`(piece.at at time zone ${LOCAL})::date`

/** Counted rounds by group, day of the first report and day of the end: enough for every kind of average. */
export const listLasting = (tx: Tx, id: IndicatorId, question: Question) =>
  tx.run<Lasting & { key: string }>(sql`
    select ${KEY[question.by]} as key, least(${FIRST_DAY}, ${LAST_DAY}) as from_day, ${LAST_DAY} as to_day, count(*) as count
    from ${counted(tx, id, question)} group by 1, 2, 3 order by 1, 2, 3`)

/** Names of groups; the intake office where nobody has the work yet. */
export const listLabels = async (tx: Tx, by: Grouping): Promise<ReadonlyMap<string, string>> => {
  if (by !== 'unit' && by !== 'category') return new Map()
  const rows = await tx.run<{ key: string; label: string }>(
    by === 'unit'
      ? sql`select id::text as key, name as label from unit where tenant_id = ${tx.tenant} order by code`
      : sql`select id as key, label from topic where tenant_id = ${tx.tenant} order by position`,
  )
  return new Map(rows.map(({ key, label }) => [key, label]))
}

export interface CountedRow {
  readonly id: CaseId
  readonly number: string
  readonly title: string
  readonly unit: string | null
  readonly round: number
  readonly at: Date
  readonly met: boolean
  readonly fromDay: string
  readonly toDay: string
  readonly total: number
}
export interface DrillPage {
  readonly key: string | undefined
  readonly onlyMet: boolean
  readonly after: { readonly at: Date; readonly id: string; readonly round: number } | undefined
  readonly limit: number
}
/** The rows behind a figure, by the date that counted; `total` is the figure itself. */
export const listCounted = (tx: Tx, id: IndicatorId, question: Question, page: DrillPage) =>
  tx.run<CountedRow>(sql`
    with rows as materialized (
      select c.id, c.number, c.title, c.received_at, r.lead_unit_id, r.round, piece.at, piece.met,
        least(${FIRST_DAY}, ${LAST_DAY}) as from_day, ${LAST_DAY} as to_day
      from ${counted(tx, id, question)}
      where (not ${page.onlyMet}::boolean or piece.met) and (${page.key ?? null}::text is null or ${KEY[question.by]} = ${page.key ?? null})
    )
    select rows.*, unit.name as unit, (select count(*) from rows) as total
    from rows left join unit on unit.tenant_id = ${tx.tenant} and unit.id = rows.lead_unit_id
    where ${page.after === undefined ? sql`true` : sql`(rows.at, rows.id, rows.round) > (${page.after.at}::timestamptz, ${page.after.id}::uuid, ${page.after.round}::int)`}
    order by rows.at, rows.id, rows.round limit ${page.limit}`)
