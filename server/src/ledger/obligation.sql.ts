import type { LedgerFilter } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { type ObligationRow, visibleObligation } from '#obligation'
import type { Cursor } from './ledger.sql.ts'

/** Conditions that only a case can meet: with one of them the list holds cases and nothing else. */
const OF_CASES = [
  ...['category', 'channel', 'channelRecord', 'tag', 'number', 'batch', 'drive', 'campaign', 'sheet', 'forum', 'media'],
  ...['problem', 'aspect', 'answered', 'queue'],
] as const satisfies readonly (keyof LedgerFilter)[]
/** Whether a filter may hold what is no case. */
export const holdsObligations = (filter: LedgerFilter): boolean =>
  OF_CASES.every((name) => filter[name] === undefined) &&
  (filter.form === undefined || filter.form.some((form) => form !== 'once'))

const LIGHT = {
  red: (now: Date) => sql`(o.closed_at is null and o.red_at < ${now})`,
  yellow: (now: Date) => sql`(o.closed_at is null and o.red_at >= ${now} and o.yellow_at <= ${now})`,
  green: (now: Date) => sql`(o.closed_at is null and o.yellow_at > ${now} and o.red_at >= ${now})`,
  done: () => sql`o.closed_at is not null`,
} as const
const lightIs = (light: string, now: Date) => LIGHT[light as keyof typeof LIGHT]?.(now) ?? sql`false`
const stageIs = (stage: string, now: Date) =>
  stage === 'missed'
    ? sql`(o.form = 'recurring' and o.state = 'running' and o.due_at < ${now})`
    : sql`(o.state = ${stage} and not (o.form = 'recurring' and o.state = 'running' and o.due_at < ${now}))`
const anyOf = (parts: readonly RawBuilder<unknown>[]) => sql`(${sql.join(parts, sql` or `)})`
const escaped = (words: string) => `%${words.replaceAll(/[\\%_]/g, '\\$&')}%`

function conditions(tx: Tx, filter: LedgerFilter, by: Actor): RawBuilder<unknown> {
  const { form, type, stage, light, unit, q, from, to, owner, sort } = filter
  // A period that is over and done is looked up, not carried along.
  const carried = form === undefined && type === undefined && stage === undefined && light === undefined
  const parts = [
    sql`o.tenant_id = ${tx.tenant}`,
    visibleObligation(by),
    form && sql`o.form = any(${[...form]}::text[])`,
    type && sql`o.kind = any(${[...type]}::text[])`,
    stage && anyOf(stage.map((one) => stageIs(one, by.at))),
    light && anyOf(light.map((one) => lightIs(one, by.at))),
    unit && sql`(o.lead_unit_id = any(${[...unit]}::uuid[]) or o.unit_ids && ${[...unit]}::uuid[])`,
    owner && sql`${by.personId}::uuid = any(o.person_ids)`,
    q && sql`o.title ilike ${escaped(q)}`,
    from && sql`o.begins_at >= ${`${from}T00:00:00+08:00`}::timestamptz`,
    to && sql`o.begins_at < ${`${to}T00:00:00+08:00`}::timestamptz + interval '1 day'`,
    (carried || sort.endsWith('due')) && sql`(o.closed_at is null ${carried ? sql`or o.form = 'quantity'` : sql``})`,
    sort.endsWith('due') && sql`o.closed_at is null`,
  ]
  return sql.join(
    parts.filter((part) => part !== undefined && part !== false && part !== ''),
    sql` and `,
  )
}

const SORT = { due: 'due_at', received: 'begins_at', updated: 'updated_at' } as const

/** A page of what is owed beside cases, by keyset. Cost: one index range, ≤ limit rows, then their names. */
export function listObligations(
  tx: Tx,
  filter: LedgerFilter,
  by: Actor,
  page: { readonly after?: Cursor | undefined; readonly limit: number },
) {
  const key = SORT[filter.sort.replace('-', '') as keyof typeof SORT]
  const column = sql`o.${sql.ref(key)}`
  const direction = filter.sort.startsWith('-') ? sql`desc` : sql`asc`
  const beyond =
    page.after &&
    (filter.sort.startsWith('-')
      ? sql`and (${column}, o.id) < (${page.after.at}, ${page.after.id}::uuid)`
      : sql`and (${column}, o.id) > (${page.after.at}, ${page.after.id}::uuid)`)
  return tx.run<ObligationRow>(sql`
    with page as materialized (
      select o.* from obligation o where ${conditions(tx, filter, by)} ${beyond ?? sql``}
      order by ${column} ${direction}, o.id ${direction} limit ${page.limit}
    )
    select o.*, lead.name as lead_unit_name, k.name as check_unit_name,
      (select coalesce(jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name) order by p.code), '[]') from person p
        where p.tenant_id = o.tenant_id and p.id = any(o.person_ids)) as owners
    from page o
    left join unit lead on lead.tenant_id = o.tenant_id and lead.id = o.lead_unit_id
    left join unit k on k.tenant_id = o.tenant_id and k.id = o.check_unit_id
    order by ${column} ${direction}, o.id ${direction}`)
}

/** How many there are, counted no further than `most + 1`. */
export const countObligations = async (tx: Tx, filter: LedgerFilter, by: Actor, most: number): Promise<number> =>
  (
    await tx.run<{ count: number }>(sql`
    select count(*) from (select 1 from obligation o where ${conditions(tx, filter, by)} limit ${most + 1}) as counted`)
  )[0]?.count ?? 0
