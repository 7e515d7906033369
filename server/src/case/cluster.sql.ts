import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import type { CaseState } from './engine/state.ts'
import type { ClusterRule } from './rules.ts'

/** Many people, one matter, one place, one day (群体性诉求). */
export interface Cluster {
  /** Distinct people: by phone, else by party, else by case. */
  readonly reporters: number
  readonly cases: readonly { readonly id: CaseId; readonly number: string }[]
  readonly topic: { readonly id: string; readonly label: string }
  readonly division: string | null
  /** The division's code, or the street where there is none. */
  readonly place: string | null
  readonly since: Date
}

/** So many of the newest cases are looked at: an intake must not wait for a whole day's texts. */
const NEWEST = 2000
const NEAR_METRES = 500
const EARTH_METRES = 6_371_000
/** The last two characters and the kind of place: 迎宾路, 南塔小区. A road in general (马路) is no place. */
const STREET = /\p{Script=Han}{2}(?:大街|(?<![马道公电线网铁走])路|街(?!道)|巷|小区|花园|家园|苑|村|广场)/u

/** Where a case is, as one word: division, else street or estate; null if it only has coordinates or nothing. */
export const placeOf = (kase: Pick<CaseState, 'divisionCode' | 'address' | 'content'>): string | null =>
  kase.divisionCode ?? streetOf(kase.address) ?? streetOf(kase.content) ?? null

/** The street or estate a text names, or undefined. */
export const streetOf = (text: string | null): string | undefined => STREET.exec(text ?? '')?.[0]

/**
 * The cluster (聚集) that a case belongs to: enough distinct reporters on its topic, in its place, in the hours before. The topic is the
 * category, or before acceptance any topic whose word the text contains; the place is the division, else 500 m, else the same street.
 * @returns the largest cluster, or undefined below the rule's threshold
 */
export async function findCluster(tx: Tx, kase: CaseState, rule: ClusterRule): Promise<Cluster | undefined> {
  const since = new Date(kase.receivedAt.getTime() - rule.hours * 3_600_000)
  const street = streetOf(kase.address) ?? streetOf(kase.content)
  const isPlaced = kase.divisionCode !== null || kase.lng !== null || street !== undefined
  if (!isPlaced) return undefined
  const [found] = await tx.run<Pick<Cluster, 'reporters' | 'cases'> & { topic: string; label: string }>(sql`
    with topics as (
      select id, label, words from topic where tenant_id = ${tx.tenant}
        and (id = ${kase.category} or (${kase.category}::text is null and ${mentions(sql`${kase.content}::text`)}))
    ), recent as (
      select * from "case" where tenant_id = ${tx.tenant} and type = ${kase.type} and received_at > ${since} and received_at <= ${kase.receivedAt}
      order by received_at desc, id desc limit ${NEWEST}
    ), fitting as (
      select t.id as topic, t.label, c.id, c.number, c.received_at, coalesce(p.phone, p.id::text, c.id::text) as reporter
      from recent c
      join topics t on t.id = c.category or (c.category is null and ${mentions(sql`c.content`, sql`t.words`)})
      left join party p on p.tenant_id = ${tx.tenant} and p.case_id = c.id and p.role = 'asker'
      where ${isNear(kase, street)}
    )
    select topic, label, count(distinct reporter)::int as reporters,
      jsonb_agg(distinct jsonb_build_object('id', id, 'number', number)) as cases
    from fitting group by topic, label having count(distinct reporter) >= ${rule.reporters} order by reporters desc, topic limit 1`)
  return (
    found && {
      ...{ reporters: found.reporters, cases: found.cases, since, division: kase.divisionCode, place: placeOf(kase) },
      topic: { id: found.topic, label: found.label },
    }
  )
}

const mentions = (text: ReturnType<typeof sql>, words = sql`words`) =>
  sql`exists (select from unnest(${words}) as word where position(word in ${text}) > 0)`

/** Same division; else within 500 m when both have coordinates; else the same street in address or text. */
function isNear({ divisionCode, lng, lat }: CaseState, street: string | undefined) {
  const haversine = sql`2 * ${EARTH_METRES} * asin(sqrt(power(sin(radians(c.lat - ${lat}::float8) / 2), 2)
    + cos(radians(${lat}::float8)) * cos(radians(c.lat)) * power(sin(radians(c.lng - ${lng}::float8) / 2), 2)))`
  return sql`(c.division_code = ${divisionCode}::text or case
    when c.lng is not null and c.lat is not null and ${lng}::float8 is not null and ${lat}::float8 is not null then ${haversine} <= ${NEAR_METRES}
    else position(${street ?? null}::text in concat_ws(' ', c.address, c.content)) > 0 end)`
}

/** Newly received cases of a type, newest first. */
export const listNewest = (tx: Tx, type: string, since: Date, limit: number) =>
  tx.run<CaseState>(sql`
    select * from "case" where tenant_id = ${tx.tenant} and type = ${type} and received_at > ${since} order by received_at desc, id desc limit ${limit}`)

/** True while an alarm for this cluster waits for its reply. Locks the cluster until the commit, so that two processes do not both raise it. */
export async function hasOpenAlarm(tx: Tx, { topic, place, cases }: Cluster): Promise<boolean> {
  await tx.run(sql`select pg_advisory_xact_lock(${tx.tenant}::int, hashtext(${topic.id}))`)
  const [open] = await tx.run(sql`
    select 1 from "case" where tenant_id = ${tx.tenant} and type = 'notice' and closed_at is null and facts ->> 'kind' = 'cluster'
      and facts -> 'cluster' ->> 'topic' = ${topic.id}
      and (facts -> 'cluster' ->> 'place' = ${place} or parent_id = any(${cases.map(({ id }) => id)}::uuid[])) limit 1`)
  return open !== undefined
}
