import type { PersonId, UnitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#kernel/store'
import type { UnitRow } from './org.sql.ts'

/** A unit (alias `unit`) that may be given work on a day: not dissolved, its matters with no successor, its term running. */
export const inForce = (
  tx: Tx,
  day: string,
): RawBuilder<unknown> => sql`((unit.valid_to is null or unit.valid_to >= ${day})
  and not exists (select from unit_successor s where s.tenant_id = ${tx.tenant} and s.unit_id = unit.id and s.effective_on <= ${day})
  and not exists (select from task_force f where f.tenant_id = ${tx.tenant} and f.unit_id = unit.id and (f.valid_from > ${day} or f.valid_to < ${day})))`

/** A unit and how it stands on a day. */
export interface Standing extends UnitRow {
  readonly inForce: boolean
  /** Others have taken over its matters. */
  readonly succeeded: boolean
  /** Its term has not begun. */
  readonly beginsOn: string | null
  readonly endedOn: string | null
  /** The unit that leads it, if it is a task force. */
  readonly leadUnitName: string | null
}

/** Units by id or code with their standing. */
export const listStandings = (tx: Tx, keys: { ids: readonly UnitId[]; codes: readonly string[] }, day: string) =>
  tx.run<Standing>(sql`
    select unit.id, unit.code, unit.name, unit.kind, unit.parent_id, unit.phone, ${inForce(tx, day)} as in_force,
      exists (select from unit_successor s where s.tenant_id = ${tx.tenant} and s.unit_id = unit.id) as succeeded,
      case when force.valid_from > ${day} then force.valid_from end as begins_on,
      coalesce((select min(effective_on) from unit_successor s where s.tenant_id = ${tx.tenant} and s.unit_id = unit.id), unit.valid_to, force.valid_to) as ended_on,
      lead.name as lead_unit_name
    from unit
    left join task_force force on force.tenant_id = unit.tenant_id and force.unit_id = unit.id
    left join unit lead on lead.tenant_id = force.tenant_id and lead.id = force.lead_unit_id
    where unit.tenant_id = ${tx.tenant} and (unit.id = any(${[...keys.ids]}::uuid[]) or unit.code = any(${[...keys.codes]}::text[]))
    order by unit.code`)

/** Keeps a unit from being dissolved until this transaction ends; others may hold it too. */
export const holdUnit = (tx: Tx, id: UnitId) =>
  tx.run(sql`select 1 from unit where tenant_id = ${tx.tenant} and id = ${id} for key share`)

/** Waits for everyone who is giving these units work, and keeps others from it until this transaction ends. In id order. */
export const lockUnits = (tx: Tx, ids: readonly UnitId[]) =>
  tx.run(
    sql`select 1 from unit where tenant_id = ${tx.tenant} and id = any(${[...ids]}::uuid[]) order by id for update`,
  )

/**
 * "As now" (按现行机构) for a set of units: whoever stands today where each of them stood, through all reorganisations. A unit that still
 * exists stands for itself.
 */
export async function unitsAsNow(
  tx: Tx,
  units: readonly UnitId[],
): Promise<Map<UnitId, readonly { id: UnitId; name: string }[]>> {
  const rows = await tx.run<{ origin: UnitId; id: UnitId; name: string }>(sql`
    with recursive line as (
      select id as origin, id from unnest(${[...units]}::uuid[]) as id
      union
      select line.origin, s.successor_id from line join unit_successor s on s.unit_id = line.id where s.tenant_id = ${tx.tenant}
    )
    select line.origin, unit.id, unit.name from line join unit on unit.id = line.id
    where unit.tenant_id = ${tx.tenant} and not exists (select from unit_successor s where s.tenant_id = ${tx.tenant} and s.unit_id = line.id)
    order by unit.code`)
  const now = new Map<UnitId, { id: UnitId; name: string }[]>(units.map((unit) => [unit, []]))
  for (const { origin, id, name } of rows) now.get(origin)?.push({ id, name })
  return now
}

/**
 * "As now" for one row of a statement: the unit that would answer today for a matter of this topic and place that `unit` answered for then.
 * @param unit, topic, division SQL of the row's columns, or values
 */
export const asNow = (
  tx: Tx,
  { unit, topic, division }: { unit: RawBuilder<unknown>; topic: RawBuilder<unknown>; division: RawBuilder<unknown> },
): RawBuilder<unknown> => {
  const fits = sql`coalesce((s.topics is not null or s.divisions is not null) and (s.topics is null or ${topic} = any(s.topics))
    and (s.divisions is null or ${division} = any(s.divisions)), false)`
  return sql`(
    with recursive line as (
      select ${unit}::uuid as id, 0 as step
      union all
      select (select s.successor_id from unit_successor s where s.tenant_id = ${tx.tenant} and s.unit_id = line.id and (s.is_rest or ${fits})
          order by ${fits} desc, s.position limit 1), step + 1
      from line where exists (select from unit_successor s where s.tenant_id = ${tx.tenant} and s.unit_id = line.id)
    ) select id from line order by step desc limit 1)`
}

/** The unit that answers today for a matter a unit answered for then; itself, if it was never dissolved. */
export async function getUnitAsNow(
  tx: Tx,
  unit: UnitId,
  matter: { category: string | null; divisionCode: string | null },
): Promise<UnitId> {
  await holdUnit(tx, unit)
  const now = asNow(tx, {
    unit: sql`${unit}`,
    topic: sql`${matter.category}::text`,
    division: sql`${matter.divisionCode}::text`,
  })
  return (await tx.run<{ id: UnitId }>(sql`select ${now} as id`))[0]?.id ?? unit
}

/** True where a person acts for a unit on a day: holds a post there, or in the unit that leads the task force, or stands in for who does. */
export const actsFor = (
  tx: Tx,
  person: RawBuilder<unknown>,
  unit: RawBuilder<unknown>,
  day: string,
): RawBuilder<unknown> => sql`exists (
  select from post p
  where p.tenant_id = ${tx.tenant} and p.valid_from <= ${day} and (p.valid_to is null or p.valid_to >= ${day})
    and (p.unit_id = ${unit} or p.unit_id = (select f.lead_unit_id from task_force f where f.tenant_id = ${tx.tenant} and f.unit_id = ${unit}))
    and (p.person_id = ${person} or p.person_id in (select s.person_id from stand_in s where s.tenant_id = ${tx.tenant}
      and s.stand_in_id = ${person} and s.valid_from <= ${day} and s.valid_to >= ${day})))`

export const holdsPostIn = async (tx: Tx, person: PersonId, unit: UnitId, today: string) =>
  (await tx.run(sql`select 1 where ${actsFor(tx, sql`${person}::uuid`, sql`${unit}::uuid`, today)}`)).length > 0
