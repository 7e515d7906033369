import type { LedgerFilter } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { type CaseState, queryGrams, type sightOf, visible } from '#case'
import type { Tx } from '#kernel/store'

/** A row of the ledger with the names it shows. */
export interface LedgerRow extends CaseState {
  readonly leadUnitName: string | null
  readonly handlerName: string | null
  readonly categoryLabel: string | null
  readonly assistingUnitNames: string | null
}
export interface Cursor {
  readonly at: Date
  readonly id: string
}
export type Filter = Omit<LedgerFilter, 'queue' | 'sort' | 'form' | 'owner'> & {
  readonly more?: RawBuilder<unknown> | undefined
  /** What `weigh` found out about `q`; absent without a search. */
  readonly hits?: Hits | undefined
}
export type Sight = ReturnType<typeof sightOf>

const NUMBER = /^[A-Za-z]{2}\d{6,}$/

/** Traditional, full width and two-character words all find; a whole or half number finds too. */
function fitsQuery(q: string): RawBuilder<unknown> {
  const tidy = q.replaceAll(/\s/g, '')
  if (NUMBER.test(tidy)) return sql`c.number like ${`${tidy.toUpperCase()}%`}`
  const grams = queryGrams(q)
  // A single character has no pair; it is looked for in the title only.
  if (grams.length === 0) return sql`c.title like ${`%${q.replaceAll(/[\\%_]/g, '\\$&')}%`}`
  return sql`s.grams @> ${grams}::text[]`
}

const usesSearch = (q: string | undefined): q is string =>
  q !== undefined && q !== '' && !NUMBER.test(q.replaceAll(/\s/g, '')) && queryGrams(q).length > 0

/** The superior's own number (上级编号) as a whole: it leads, whatever its form. */
const hasSuperiorNumber = (q: string) => sql`c.superior is not null and c.superior ->> 'number' = ${q}`

/** True where the texts are searched; a number of ours or of the superior is looked up. */
const searches = ({ q, hits }: Pick<Filter, 'q' | 'hits'>): boolean => usesSearch(q) && hits?.superior !== true

/** The clock that shows stands still (暂停计时). */
const standsStill = sql`(c.paused and c.due_kind = 'handle')`

function lightIs(light: string, now: Date): RawBuilder<unknown> {
  switch (light) {
    case 'red':
      return sql`(c.due_at < ${now})`
    case 'yellow':
      return sql`(c.due_at >= ${now} and c.yellow_at <= ${now} and not ${standsStill})`
    case 'green':
      return sql`(c.due_at >= ${now} and c.yellow_at > ${now} and not ${standsStill})`
    case 'paused':
      return sql`(c.due_at >= ${now} and ${standsStill})`
    case 'done':
      return sql`(c.due_at is null)`
    default:
      return sql`false`
  }
}

const among = (column: string, values: readonly string[] | undefined) =>
  values === undefined ? undefined : sql`c.${sql.ref(column)} = any(${[...values]}::text[])`

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const uuidsIn = (keys: readonly string[]) => keys.filter((key) => UUID.test(key))

/** Where a case came from: the one look-up in case_source that all these conditions share. */
function comesFrom(tx: Tx, { drive, channelRecord, sheet, forum, media }: Filter): RawBuilder<unknown> | undefined {
  if ([drive, channelRecord, sheet, forum, media].every((given) => given === undefined)) return undefined
  const row = sql`select from case_source o where o.tenant_id = ${tx.tenant} and o.case_id = c.id`
  const parts = [
    drive && sql`o.drive_id = ${drive}::uuid`,
    forum && sql`o.forum_id = ${forum}::uuid`,
    media && sql`o.media_item_id = ${media}::uuid`,
    sheet && (sheet === 'any' ? sql`o.sheet_id is not null` : sql`o.sheet_id = ${sheet}::uuid`),
  ].filter((part) => part !== undefined && part !== '')
  const having = parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
  if (channelRecord === undefined) return sql`exists (${row} and ${having})`
  const records = sql`o.channel_id = any(${uuidsIn(channelRecord)}::uuid[])`
  if (!channelRecord.includes('none')) return sql`exists (${row} and ${having} and ${records})`
  // A case without any source has no channel record either.
  if (parts.length === 0) return sql`not exists (${row} and o.channel_id is not null and not ${records})`
  return sql`exists (${row} and ${having} and (o.channel_id is null or ${records}))`
}

/** Collected by a campaign, or by one that is part of it. */
const isCollected = (tx: Tx, campaign: string | undefined) =>
  campaign &&
  sql`c.id in (
    with recursive part as (
      select id from campaign where tenant_id = ${tx.tenant} and id = ${campaign}::uuid
      union select k.id from part join campaign k on k.tenant_id = ${tx.tenant} and k.parent_id = part.id
    ) select k.case_id from campaign_case k join part on part.id = k.campaign_id where k.tenant_id = ${tx.tenant})`

/** Merged into these problems, or into one that was merged into them in turn. */
const mergedUnder = (tx: Tx, roots: RawBuilder<unknown>) => sql`c.problem_id in (
  with recursive under as (
    select p.id from "case" p where p.tenant_id = ${tx.tenant} and p.type = 'problem' and ${roots}
    union select q.id from under join "case" q on q.tenant_id = ${tx.tenant} and q.problem_id = under.id and q.type = 'problem'
  ) select id from under)`

function isMerged(tx: Tx, problem: readonly string[] | undefined): RawBuilder<unknown> | undefined {
  if (problem === undefined) return undefined
  if (problem.includes('any')) return sql`c.problem_id is not null`
  const named = mergedUnder(
    tx,
    sql`(p.id = any(${uuidsIn(problem)}::uuid[]) or p.number = any(${[...problem]}::text[]))`,
  )
  return problem.includes('none') ? sql`(c.problem_id is null or ${named})` : named
}

/** A problem that was merged into another counts to the aspect of that one. */
const isOfAspect = (tx: Tx, aspect: readonly string[] | undefined) =>
  aspect &&
  mergedUnder(tx, sql`p.problem_id is null and coalesce(p.facts ->> 'aspect', 'none') = any(${[...aspect]}::text[])`)

const ANSWERED = {
  yes: sql`(c.answered_at is not null or (c.closed_at is not null and c.stage <> 'withdrawn'))`,
  no: sql`(c.answered_at is null and c.closed_at is null)`,
} as const

/** All conditions of a list, the same for rows, counts and exports. */
function conditions(tx: Tx, filter: Filter, sight: Sight, now: Date): RawBuilder<unknown> {
  const { unit, light, tag, q, from, to, batch, more, hits } = filter
  const parts = [
    sql`c.tenant_id = ${tx.tenant}`,
    visible(sight, tx.tenant),
    among('type', filter.type),
    among('stage', filter.stage),
    among('category', filter.category),
    among('channel', filter.channel),
    among('number', filter.number),
    unit &&
      sql`exists (select from case_unit u where u.tenant_id = ${tx.tenant} and u.case_id = c.id and u.unit_id = any(${unit}::uuid[]))`,
    tag &&
      sql`exists (select from case_tag t where t.tenant_id = ${tx.tenant} and t.case_id = c.id and t.tag = any(${[...tag]}::text[]))`,
    light &&
      sql`(${sql.join(
        light.map((one) => lightIs(one, now)),
        sql` or `,
      )})`,
    from && sql`c.received_at >= ${`${from}T00:00:00+08:00`}::timestamptz`,
    to && sql`c.received_at < ${`${to}T00:00:00+08:00`}::timestamptz + interval '1 day'`,
    batch && sql`c.batch_id = ${batch}`,
    q ? (hits?.superior ? hasSuperiorNumber(q) : fitsQuery(q)) : undefined,
    comesFrom(tx, filter),
    isCollected(tx, filter.campaign),
    isMerged(tx, filter.problem),
    isOfAspect(tx, filter.aspect),
    filter.answered && ANSWERED[filter.answered],
    more,
  ]
  return sql.join(
    parts.filter((part) => part !== undefined && part !== ''),
    sql` and `,
  )
}

/** Up to here a word's hits are fetched and sorted; beyond, the newest texts are read until enough of them fit. */
const FEW = 2000
/** A word that fits so many of the newest texts is common; its whole posting list need not be read to know that. */
const NEWEST = 1500
const COMMON_IN_NEWEST = 60

/** How many texts fit a search: at least `count`, or exactly. */
export interface Hits {
  readonly count: number
  readonly few: boolean
  /** The words are the number of a superior's order. */
  readonly superior?: true
}

/**
 * Weighs a search: it decides how to look. The planner cannot know how common a word is (it guesses the same share for every rare one).
 * Cost: one look-up of the superior's numbers, the newest `NEWEST` texts, and for a rarer word one look-up in the index.
 */
export async function weigh(tx: Tx, q: string | undefined): Promise<Hits | undefined> {
  if (q === undefined || q === '') return undefined
  const [orders] = await tx.run<{ count: number }>(sql`
    select count(*) from "case" c where c.tenant_id = ${tx.tenant} and ${hasSuperiorNumber(q)}`)
  if (orders !== undefined && orders.count > 0) return { count: orders.count, few: true, superior: true }
  if (!usesSearch(q)) return undefined
  const [newest] = await tx.run<{ count: number }>(sql`
    select count(*) from (select grams from case_search where tenant_id = ${tx.tenant} order by received_at desc, case_id desc limit ${NEWEST}) as s where ${fitsQuery(q)}`)
  const common = newest?.count ?? 0
  if (common >= COMMON_IN_NEWEST) return { count: common, few: false }
  const [found] = await tx.run<{ count: number }>(sql`
    select count(*) from (select 1 from case_search s where s.tenant_id = ${tx.tenant} and ${fitsQuery(q)} limit ${FEW + 1}) as counted`)
  const count = found?.count ?? 0
  return { count, few: count <= FEW }
}

/** Search rows have no row-level security, so their index can be used; the case's own rows, joined to them, keep theirs. */
function source(tx: Tx, filter: Filter): { hits: RawBuilder<unknown>; from: RawBuilder<unknown> } {
  const join = sql`join "case" c on c.tenant_id = s.tenant_id and c.id = s.case_id`
  const { q } = filter
  if (q === undefined || !searches(filter)) return { hits: sql``, from: sql`"case" c` }
  if (!filter.hits?.few) return { hits: sql``, from: sql`case_search s ${join}` }
  const found = sql`select s.* from case_search s where s.tenant_id = ${tx.tenant} and ${fitsQuery(q)} order by s.received_at desc, s.case_id desc`
  return { hits: sql`hits as materialized (${found}),`, from: sql`hits s ${join}` }
}

const SORT = { due: 'due_at', received: 'received_at', updated: 'updated_at' } as const

/** A page of the ledger by keyset. Cost: one index range, ≤ limit + 1 rows, then the names of those rows. */
export function listLedger(
  tx: Tx,
  filter: Filter,
  sight: Sight,
  page: { sort: LedgerFilter['sort']; after?: Cursor | undefined; limit: number; now: Date },
) {
  const descending = page.sort.startsWith('-')
  const key = SORT[page.sort.replace('-', '') as keyof typeof SORT]
  // Searching by arrival walks the search table's own index, which needs no look into the case until a row fits.
  const column = key === 'received_at' && searches(filter) ? sql`s.received_at` : sql`c.${sql.ref(key)}`
  const idColumn = key === 'received_at' && searches(filter) ? sql`s.case_id` : sql`c.id`
  const direction = descending ? sql`desc` : sql`asc`
  const beyond =
    page.after &&
    (descending
      ? sql`and (${column}, ${idColumn}) < (${page.after.at}, ${page.after.id}::uuid)`
      : sql`and (${column}, ${idColumn}) > (${page.after.at}, ${page.after.id}::uuid)`)
  const { hits, from } = source(tx, filter)
  return tx.run<LedgerRow>(sql`
    with ${hits} page as materialized (
      select c.* from ${from}
      where ${conditions(tx, filter, sight, page.now)} ${searches(filter) ? sql`and s.tenant_id = ${tx.tenant}` : sql``}
        ${key === 'due_at' ? sql`and c.due_at is not null` : sql``} ${beyond ?? sql``}
      order by ${column} ${direction}, ${idColumn} ${direction} limit ${page.limit}
    )
    select page.*, lead.name as lead_unit_name, person.name as handler_name, topic.label as category_label,
      (select string_agg(a.name, '、') from unit a where a.tenant_id = page.tenant_id and a.id = any(page.assisting_unit_ids)) as assisting_unit_names
    from page
    left join unit lead on lead.tenant_id = page.tenant_id and lead.id = page.lead_unit_id
    left join person on person.tenant_id = page.tenant_id and person.id = page.handler_id
    left join topic on topic.tenant_id = page.tenant_id and topic.id = page.category
    order by page.${sql.ref(key)} ${direction}, page.id ${direction}`)
}

/** How many, counted to `most`. */
export async function countLedger(tx: Tx, filter: Filter, sight: Sight, now: Date, most: number): Promise<number> {
  const { hits, from } = source(tx, filter)
  const [found] = await tx.run<{ count: number }>(sql`
    with ${hits} counted as (
      select 1 from ${from} where ${conditions(tx, filter, sight, now)} ${searches(filter) ? sql`and s.tenant_id = ${tx.tenant}` : sql``} limit ${most + 1}
    ) select count(*) from counted`)
  return found?.count ?? 0
}
