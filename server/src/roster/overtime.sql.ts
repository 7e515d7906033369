import type { NewOvertime, OvertimeId, PersonId, UnitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface OvertimeFilter {
  readonly id?: OvertimeId
  readonly person?: PersonId | undefined
  readonly unit?: UnitId | undefined
  readonly campaign?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Only what this person may see: their own and that of these units. */
  readonly seenBy?: { readonly person: PersonId | null; readonly units: readonly UnitId[] } | undefined
}
export interface OvertimeRow {
  readonly id: OvertimeId
  readonly person: { readonly id: PersonId; readonly name: string }
  readonly unit: { readonly id: UnitId; readonly name: string }
  readonly on: string
  readonly hours: number
  readonly why: string
  readonly campaign: string | null
  readonly by: string
}
function conditionsOf(tx: Tx, { id, person, unit, campaign, from, to, seenBy }: OvertimeFilter) {
  const conditions: RawBuilder<unknown>[] = [sql`o.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`o.id = ${id}`)
  if (person !== undefined) conditions.push(sql`o.person_id = ${person}`)
  if (unit !== undefined) conditions.push(sql`o.unit_id = ${unit}`)
  if (campaign) conditions.push(sql`o.campaign = ${campaign}`)
  if (from !== undefined) conditions.push(sql`o.on_day >= ${from}`)
  if (to !== undefined) conditions.push(sql`o.on_day <= ${to}`)
  if (seenBy !== undefined)
    conditions.push(sql`(o.person_id = ${seenBy.person}::uuid or o.unit_id = any(${[...seenBy.units]}::uuid[]))`)
  return sql.join(conditions, sql` and `)
}

/** Overtime, the latest day first. */
export const listOvertime = (tx: Tx, filter: OvertimeFilter) =>
  tx.run<OvertimeRow>(sql`
    select o.id, jsonb_build_object('id', p.id, 'name', p.name) as person, jsonb_build_object('id', u.id, 'name', u.name) as unit, o.on_day as on,
      o.hours, o.why, o.campaign, o.by_name as by
    from overtime o join person p on p.tenant_id = o.tenant_id and p.id = o.person_id join unit u on u.tenant_id = o.tenant_id and u.id = o.unit_id
    where ${conditionsOf(tx, filter)} order by o.on_day desc, o.id desc limit 500`)

/** How many people, how often (人次), how many hours; of all rows, also those that are not listed. */
export const countOvertime = async (tx: Tx, filter: OvertimeFilter) =>
  (
    await tx.run<{ people: number; personTimes: number; hours: number }>(sql`
    select count(distinct o.person_id) as people, count(*) as person_times, coalesce(sum(o.hours), 0) as hours from overtime o
    where ${conditionsOf(tx, filter)}`)
  )[0] ?? { people: 0, personTimes: 0, hours: 0 }

/** Holds a person until the transaction ends: the hours of a day are added up one after the other. */
export const lockHours = async (tx: Tx, person: PersonId, on: string) => {
  await tx.run(sql`select pg_advisory_xact_lock(${tx.tenant}, hashtext(${`overtime ${person}`}))`)
  const [sum] = await tx.run<{ hours: number }>(
    sql`select coalesce(sum(hours), 0) as hours from overtime where tenant_id = ${tx.tenant} and person_id = ${person} and on_day = ${on}`,
  )
  return sum?.hours ?? 0
}
export const insertOvertime = (tx: Tx, id: OvertimeId, given: NewOvertime & { readonly unitId: UnitId }, by: Actor) =>
  tx.run(sql`
    insert into overtime (tenant_id, id, person_id, unit_id, on_day, hours, why, campaign, by_name, created_at)
    values (${tx.tenant}, ${id}, ${given.personId}, ${given.unitId}, ${given.on}, ${given.hours}, ${given.why}, ${given.campaign ?? null}, ${by.name}, ${by.at})`)
