import type { CaseId, Channel, OpinionFilter, PartyId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { countOfVoices, mergedUnder, queryGrams, type Sight, SPOKEN_WORDS, visible } from '#case'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'

/** Which opinions, as seen by whom and when. */
export interface Scope {
  readonly filter: OpinionFilter
  readonly sight: Sight
  readonly now: Date
  /** Only these: the members of a suggested group. */
  readonly only?: readonly CaseId[] | undefined
}
export interface Cursor {
  readonly at: Date
  readonly id: string
}
interface Numbered {
  readonly id: CaseId
  readonly number: string
  readonly title: string
}
/** A raw opinion with the problem it was merged into, if the viewer sees that too. */
export interface OpinionRow extends Numbered {
  readonly type: string
  readonly content: string
  readonly category: string | null
  readonly categoryLabel: string | null
  readonly channel: Channel
  readonly address: string | null
  readonly stage: string
  readonly confidential: boolean
  readonly receivedAt: Date
  readonly facts: Readonly<Record<string, unknown>>
  readonly problemId: CaseId | null
  readonly problem: Numbered | null
}

/** Stages in which an opinion can still be merged. */
export const MERGEABLE = ['received', 'accepted', 'dispatched', 'inHand', 'drafted'] as const
const mergeable = sql`(c.problem_id is null and c.stage = any(${[...MERGEABLE]}::text[]))`
const NUMBER = /^[A-Za-z]{2}\d{6,}$/

const among = (column: string, values: readonly string[] | undefined) =>
  values && sql`c.${sql.ref(column)} = any(${[...values]}::text[])`

function fitsWords(tx: Tx, q: string): RawBuilder<unknown> {
  const tidy = q.replaceAll(/\s/g, '')
  if (NUMBER.test(tidy)) return sql`c.number like ${`${tidy.toUpperCase()}%`}`
  const grams = queryGrams(q)
  if (grams.length === 0) return sql`c.title like ${`%${q.replaceAll(/[\\%_]/g, '\\$&')}%`}`
  return sql`c.id in (select s.case_id from case_search s where s.tenant_id = ${tx.tenant} and s.grams @> ${grams}::text[])`
}

const MERGED = {
  yes: sql`c.problem_id is not null`,
  no: sql`c.problem_id is null`,
  open: mergeable,
} as const

const problemsWhere = (tx: Tx, which: RawBuilder<unknown>) =>
  sql`select p.id from "case" p where p.tenant_id = ${tx.tenant} and p.type = 'problem' and ${which}`

/** What was merged under a problem, named by number or id: as many as its row counts. */
const under = (tx: Tx, problem: string) => sql`
  select merged.id from "case" p cross join lateral (${mergedUnder(tx, sql.ref('p.id'))}) merged
  where p.tenant_id = ${tx.tenant} and p.type = 'problem' and (p.number = ${problem} or p.id::text = ${problem})`

/** All conditions on the alias `c`: the same for the pool, its count and a grouping. */
function conditions(tx: Tx, { filter, sight, now, only }: Scope): RawBuilder<unknown> {
  const { drive, list, problem, category, channel, tag, days, from, to, q, merged } = filter
  const since = days && dayOf(new Date(now.getTime() - (days - 1) * 86_400_000))
  const parts = [
    sql`c.tenant_id = ${tx.tenant} and c.type = 'appeal'`,
    visible(sight, tx.tenant),
    only && sql`c.id = any(${[...only]}::uuid[])`,
    drive &&
      sql`exists (select from case_source s where s.tenant_id = ${tx.tenant} and s.case_id = c.id and s.drive_id = ${drive}::uuid)`,
    list && sql`(c.problem_id is null or c.problem_id in (${problemsWhere(tx, sql`p.facts ->> 'listId' = ${list}`)}))`,
    problem && sql`c.id in (${under(tx, problem)})`,
    among('category', category),
    among('channel', channel),
    tag &&
      sql`exists (select from case_tag t where t.tenant_id = ${tx.tenant} and t.case_id = c.id and t.tag = any(${[...tag]}::text[]))`,
    since && sql`c.received_at >= ${`${since}T00:00:00+08:00`}::timestamptz`,
    from && sql`c.received_at >= ${`${from}T00:00:00+08:00`}::timestamptz`,
    to && sql`c.received_at < ${`${to}T00:00:00+08:00`}::timestamptz + interval '1 day'`,
    q && fitsWords(tx, q),
    merged && MERGED[merged],
  ]
  return sql.join(
    parts.filter((part) => part !== undefined && part !== ''),
    sql` and `,
  )
}

/** A page of raw opinions, newest first. Uses index case_opinion. Cost: one range, ≤ limit rows. */
export const listOpinions = (tx: Tx, scope: Scope, page: { after?: Cursor | undefined; limit: number }) =>
  tx.run<OpinionRow>(sql`
    with page as materialized (
      select c.* from "case" c where ${conditions(tx, scope)}
        ${page.after === undefined ? sql`` : sql`and (c.received_at, c.id) < (${page.after.at}, ${page.after.id}::uuid)`}
      order by c.received_at desc, c.id desc limit ${page.limit}
    )
    select page.id, page.type, page.number, page.title, left(page.content, 300) as content, page.category, page.channel, page.address, page.stage,
      page.confidential, page.received_at, page.facts, page.problem_id, topic.label as category_label,
      (select jsonb_build_object('id', c.id, 'number', c.number, 'title', c.title) from "case" c
       where c.tenant_id = page.tenant_id and c.id = page.problem_id and ${visible(scope.sight, tx.tenant)}) as problem
    from page left join topic on topic.tenant_id = page.tenant_id and topic.id = page.category
    order by page.received_at desc, page.id desc`)

/** How many opinions there are, counted to `most`. */
export const countOpinions = async (tx: Tx, scope: Scope, most: number) =>
  (
    await tx.run<{ count: number }>(sql`
    select count(*) from (select 1 from "case" c where ${conditions(tx, scope)} limit ${most + 1}) as counted`)
  )[0]?.count ?? 0

export interface CountRow {
  readonly raw: number
  readonly merged: number
  readonly open: number
  readonly problems: number
  readonly aspects: readonly { readonly aspect: string | null; readonly problems: number; readonly merged: number }[]
}

/** The counter: opinions in scope, merged into which problems of which aspects. A problem merged into another counts to that one. */
export const countMerging = async (tx: Tx, scope: Scope): Promise<CountRow | undefined> =>
  (
    await tx.run<CountRow>(sql`
    with recursive scope as (
      select c.id, c.problem_id, ${mergeable} as open from "case" c where ${conditions(tx, scope)}
    ), up as (
      select distinct problem_id as id, problem_id as root, 0 as depth from scope where problem_id is not null
      union
      select up.id, p.problem_id, up.depth + 1 from up join "case" p on p.tenant_id = ${tx.tenant} and p.id = up.root
      where p.problem_id is not null and up.depth < 50
    ), root as (
      select distinct on (id) id, root from up order by id, depth desc
    ), voice as (
      select r.root, nullif(p.facts ->> 'aspect', '') as aspect
      from scope join root r on r.id = scope.problem_id join "case" p on p.tenant_id = ${tx.tenant} and p.id = r.root
    ), aspect as (
      select aspect, count(distinct root)::int as problems, count(*)::int as merged from voice group by aspect
    )
    select (select count(*) from scope) as raw, (select count(*) from voice) as merged,
      (select count(*) from scope where open) as open, (select count(distinct root) from voice) as problems,
      (select coalesce(jsonb_agg(jsonb_build_object('aspect', aspect, 'problems', problems, 'merged', merged)
        order by merged desc, aspect), '[]') from aspect) as aspects`)
  )[0]

/** An opinion or a problem as the grouping reads it. `reporter` is who said it, or null where nobody can know. */
export interface Voice extends Numbered {
  readonly content: string
  readonly address: string | null
  readonly divisionCode: string | null
  readonly category: string | null
  readonly urgency: string
  readonly confidential: boolean
  readonly stage: string
  readonly receivedAt: Date
  readonly dueAt: Date | null
  readonly closedAt: Date | null
  readonly round: number
  readonly problemId: CaseId | null
  readonly partyId: PartyId | null
  readonly reporter: string | null
}

const VOICE = sql`c.id, c.number, c.title, c.content, c.address, c.division_code, c.category, c.urgency, c.confidential, c.stage, c.received_at, c.due_at,
  c.closed_at, c.round, c.problem_id, c.party_id`

/** Opinions in words, with who said them, newest first: the phone, else the name; hashed, for nobody reads it. Cost: ≤ limit rows. */
export const listVoices = (tx: Tx, scope: Scope, limit: number) =>
  tx.run<Voice>(sql`
    select ${VOICE}, case when c.anonymous then null else md5(coalesce(p.phone, p.uscc, p.name)) end as reporter
    from "case" c left join party p on p.tenant_id = ${tx.tenant} and p.id = c.party_id
    where ${conditions(tx, scope)} and c.content <> ${SPOKEN_WORDS} order by c.received_at desc, c.id desc limit ${limit}`)

/** Problems that voices can still be attached to, newest first. */
export const listOpenProblems = (tx: Tx, sight: Sight, limit: number) =>
  tx.run<Voice>(sql`
    select ${VOICE}, null as reporter from "case" c
    where c.tenant_id = ${tx.tenant} and c.type = 'problem' and c.closed_at is null and c.problem_id is null and ${visible(sight, tx.tenant)}
    order by c.received_at desc, c.id desc limit ${limit}`)

/** Pairs of parties that a person has confirmed to be one, among these. */
export const listSamePeople = (tx: Tx, parties: readonly PartyId[]) =>
  tx.run<{ partyId: PartyId; otherId: PartyId }>(sql`
    select party_id, other_id from party_link
    where tenant_id = ${tx.tenant} and state = 'confirmed' and party_id = any(${[...parties]}::uuid[]) and other_id = any(${[...parties]}::uuid[])`)

/** A problem on the right side of the merge desk. */
export interface ProblemRow extends Numbered {
  readonly type: string
  readonly aspect: string | null
  readonly category: string | null
  readonly categoryLabel: string | null
  readonly stage: string
  readonly confidential: boolean
  readonly listId: string | null
  readonly leadUnit: string | null
  readonly voices: number
  readonly receivedAt: Date
}
export interface ProblemScope {
  readonly q?: string | undefined
  readonly list?: string | undefined
  readonly aspect?: string | undefined
}

const problemConditions = (tx: Tx, { q, list, aspect }: ProblemScope, sight: Sight) => sql`
  c.tenant_id = ${tx.tenant} and c.type = 'problem' and c.problem_id is null and (c.closed_at is null or c.answered_at is not null)
    and ${visible(sight, tx.tenant)}
    ${q ? sql`and ${fitsWords(tx, q)}` : sql``} ${list ? sql`and c.facts ->> 'listId' = ${list}` : sql``}
    ${aspect ? sql`and c.facts ->> 'aspect' = ${aspect}` : sql``}`

/** Problems that voices may be merged into, newest first, with their voices. Uses indexes case_problem_list and case_problem. */
export const listProblems = (
  tx: Tx,
  scope: ProblemScope,
  sight: Sight,
  page: { after?: Cursor | undefined; limit: number },
) =>
  tx.run<ProblemRow>(sql`
    select c.id, c.type, c.number, c.title, nullif(c.facts ->> 'aspect', '') as aspect, c.category, topic.label as category_label, c.stage, c.confidential,
      c.facts ->> 'listId' as list_id, unit.name as lead_unit, c.received_at,
      (${countOfVoices(tx, sql.ref('c.id'))}) as voices
    from "case" c
    left join topic on topic.tenant_id = c.tenant_id and topic.id = c.category
    left join unit on unit.tenant_id = c.tenant_id and unit.id = c.lead_unit_id
    where ${problemConditions(tx, scope, sight)}
      ${page.after === undefined ? sql`` : sql`and (c.received_at, c.id) < (${page.after.at}, ${page.after.id}::uuid)`}
    order by c.received_at desc, c.id desc limit ${page.limit}`)

export const countProblems = async (tx: Tx, scope: ProblemScope, sight: Sight) =>
  (await tx.run<{ count: number }>(sql`select count(*) from "case" c where ${problemConditions(tx, scope, sight)}`))[0]
    ?.count ?? 0

/** How some cases stand, for those who see them. */
export const listStanding = (tx: Tx, ids: readonly CaseId[], sight: Sight) =>
  tx.run<Numbered & { type: string; stage: string; confidential: boolean; problemId: CaseId | null }>(sql`
    select c.id, c.number, c.title, c.type, c.stage, c.confidential, c.problem_id from "case" c
    where c.tenant_id = ${tx.tenant} and c.id = any(${[...ids]}::uuid[]) and ${visible(sight, tx.tenant)}`)

/** Whether anything is merged into a problem. */
export const hasVoices = async (tx: Tx, problem: CaseId) =>
  (await tx.run(sql`select 1 from "case" where tenant_id = ${tx.tenant} and problem_id = ${problem} limit 1`)).length >
  0
