import type { CaseId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'
import { NEAR_METRES, type Place } from './place.ts'

/** A degree of latitude is about so long; a box decides which rows are looked at. */
const METRES_A_DEGREE = 111_195
const BOX = NEAR_METRES / METRES_A_DEGREE
const MOST_EARLIER = 20

export const insertPlaces = (tx: Tx, places: readonly (Place & { caseId: CaseId })[]) =>
  tx.run(sql`
    insert into case_place (tenant_id, case_id, place, name, spot, lng, lat)
    select ${tx.tenant}, "caseId", place, name, spot, lng, lat
    from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as p ("caseId" uuid, place text, name text, spot text, lng float8, lat float8)
    on conflict (tenant_id, case_id) do nothing`)

/** The cases that stand at place `p` (columns place, name, spot, lng, lat). Uses case_place_place or case_place_lat. */
const standingAt = (tx: Tx, p: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select q.case_id from case_place q where q.tenant_id = ${tx.tenant} and q.place = ${p}.place
    and (q.name is null or ${p}.name is null or starts_with(reverse(q.name), reverse(${p}.name)) or starts_with(reverse(${p}.name), reverse(q.name)))
    and (q.spot is null or ${p}.spot is null or q.spot = ${p}.spot)
    and (q.lat is null or ${p}.lat is null or abs(q.lat - ${p}.lat) <= ${BOX}::float8 * 4)
  union
  select q.case_id from case_place q where q.tenant_id = ${tx.tenant} and q.lat between ${p}.lat - ${BOX}::float8 and ${p}.lat + ${BOX}::float8
    and abs(q.lng - ${p}.lng) * cos(radians(q.lat)) <= ${BOX}::float8`

/** Closed, by a unit, within so many months before an instant; of that category. */
const closedBefore = (category: RawBuilder<unknown>, at: RawBuilder<unknown>, months: number) => sql`
  e.category = ${category} and e.closed_at < ${at} and e.closed_at > ${at} - make_interval(months => ${months}::int)
  and e.stage not in ('declined', 'withdrawn') and e.lead_unit_id is not null`

/** What a report says again (复发): links it to the closed cases of its matter at its place; earlier links of these reports are dropped. */
export async function relinkRecurrences(
  tx: Tx,
  later: readonly { caseId: CaseId; category: string; receivedAt: Date }[],
  { months, at }: { months: number; at: Date },
): Promise<void> {
  await tx.run(
    sql`delete from recurrence where tenant_id = ${tx.tenant} and case_id = any(${later.map(({ caseId }) => caseId)}::uuid[])`,
  )
  await tx.run(sql`
    insert into recurrence (tenant_id, case_id, earlier_id, earlier_round, months, at)
    select ${tx.tenant}, l."caseId", before.id, before.round, ${months}::int, ${at}
    from jsonb_to_recordset(${JSON.stringify(later)}::jsonb) as l ("caseId" uuid, category text, "receivedAt" timestamptz)
    join case_place p on p.tenant_id = ${tx.tenant} and p.case_id = l."caseId"
    cross join lateral (
      select e.id, e.round from (${standingAt(tx, sql.ref('p'))}) near
      join "case" e on e.tenant_id = ${tx.tenant} and e.id = near.case_id
      where e.id <> l."caseId" and e.type in ('appeal', 'problem') and ${closedBefore(sql`l.category`, sql`l."receivedAt"`, months)}
      order by e.closed_at desc, e.id limit ${MOST_EARLIER}) before`)
}

/** An earlier round of the same matter at the same place. */
export interface EarlierRow {
  readonly number: string
  readonly title: string
  readonly unit: string | null
  readonly round: number
  readonly closedAt: Date
}

/** What a case repeats, as far as the caller may see it, newest first. */
export const listEarlier = (tx: Tx, caseId: CaseId, sight: Sight) =>
  tx.run<EarlierRow & { months: number }>(sql`
    select c.number, c.title, unit.name as unit, again.earlier_round as round, r.closed_at, again.months
    from recurrence again
    join "case" c on c.tenant_id = again.tenant_id and c.id = again.earlier_id
    join case_round r on r.tenant_id = again.tenant_id and r.case_id = again.earlier_id and r.round = again.earlier_round
    left join unit on unit.tenant_id = r.tenant_id and unit.id = r.lead_unit_id
    where again.tenant_id = ${tx.tenant} and again.case_id = ${caseId} and ${visible(sight, tx.tenant)} and r.closed_at is not null
    order by r.closed_at desc, c.id limit ${MOST_EARLIER}`)

/** The same for what is only being typed. */
export const listWouldRepeat = (
  tx: Tx,
  asked: Place & { category: string; at: Date; months: number },
  sight: Sight,
): Promise<EarlierRow[]> =>
  tx.run<EarlierRow>(sql`
    with p as (select ${asked.place}::text as place, ${asked.name}::text as name, ${asked.spot}::text as spot, ${asked.lng}::float8 as lng, ${asked.lat}::float8 as lat),
    near as (select n.case_id from p cross join lateral (${standingAt(tx, sql.ref('p'))}) n)
    select c.number, c.title, unit.name as unit, c.round, c.closed_at
    from near join "case" e on e.tenant_id = ${tx.tenant} and e.id = near.case_id
    join "case" c on c.tenant_id = e.tenant_id and c.id = e.id
    left join unit on unit.tenant_id = c.tenant_id and unit.id = c.lead_unit_id
    where e.type in ('appeal', 'problem') and ${closedBefore(sql`${asked.category}::text`, sql`${asked.at}::timestamptz`, asked.months)}
      and ${visible(sight, tx.tenant)}
    order by c.closed_at desc, c.id limit ${MOST_EARLIER}`)
