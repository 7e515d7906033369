import type { District, PersonId, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** Ids of what the district already has, by code. */
export async function idsByCode(tx: Tx, table: 'unit' | 'rank' | 'person'): Promise<Map<string, string>> {
  const rows = await tx.run<{ code: string; id: string }>(
    sql`select code, id from ${sql.table(table)} where tenant_id = ${tx.tenant}`,
  )
  return new Map(rows.map((row) => [row.code, row.id]))
}

const rows = (list: readonly object[]) => JSON.stringify(list)

export const putDivisions = (tx: Tx, divisions: District['divisions']) =>
  tx.run(sql`
    insert into division (tenant_id, code, name, parent_code, kind)
    select ${tx.tenant}, code, name, "parentCode", kind
    from jsonb_to_recordset(${rows(divisions)}::jsonb) as d (code text, name text, "parentCode" text, kind text)
    on conflict (tenant_id, code) do update set name = excluded.name, parent_code = excluded.parent_code, kind = excluded.kind`)

export interface UnitFacts {
  readonly id: UnitId
  readonly code: string
  readonly name: string
  readonly shortName: string | null
  readonly kind: string
  readonly parentId: UnitId | null
  readonly divisionCode: string | null
  readonly phone: string | null
}

/** Parents must come before children in time, not in the list: the foreign key is checked at the end of the statement. */
export const putUnits = (tx: Tx, units: readonly UnitFacts[], today: string) =>
  tx.run(sql`
    insert into unit (tenant_id, id, code, name, short_name, kind, parent_id, division_code, phone, valid_from)
    select ${tx.tenant}, id, code, name, "shortName", kind, "parentId", "divisionCode", phone, ${today}::date
    from jsonb_to_recordset(${rows(units)}::jsonb)
      as u (id uuid, code text, name text, "shortName" text, kind text, "parentId" uuid, "divisionCode" text, phone text)
    on conflict (tenant_id, code) do update
      set name = excluded.name, short_name = excluded.short_name, kind = excluded.kind, parent_id = excluded.parent_id,
          division_code = excluded.division_code, phone = excluded.phone`)

/** Names the leader in charge (分管领导) of units. */
export const putLeaders = (tx: Tx, leaders: readonly { unit: UnitId; leader: PersonId }[]) =>
  tx.run(sql`
    update unit set leader_id = named.leader from jsonb_to_recordset(${rows(leaders)}::jsonb) as named (unit uuid, leader uuid)
    where unit.tenant_id = ${tx.tenant} and unit.id = named.unit`)

export const putRanks = (tx: Tx, ranks: readonly { id: string; code: string; name: string; level: number }[]) =>
  tx.run(sql`
    insert into rank (tenant_id, id, code, name, level)
    select ${tx.tenant}, id, code, name, level from jsonb_to_recordset(${rows(ranks)}::jsonb) as r (id uuid, code text, name text, level int)
    on conflict (tenant_id, code) do update set name = excluded.name, level = excluded.level`)

export interface PersonFacts {
  readonly id: PersonId
  readonly code: string
  readonly name: string
  readonly postId: string
  readonly unitId: UnitId
  readonly title: string | null
  readonly rankId: string | null
  readonly roles: readonly string[]
}

/** Adds people with their posts; somebody already known keeps the posts held (a change of post is a verb of its own). */
export async function addPeople(tx: Tx, people: readonly PersonFacts[], today: string): Promise<void> {
  const list = rows(people)
  const columns = sql`p (id uuid, code text, name text, "postId" uuid, "unitId" uuid, title text, "rankId" uuid, roles text[])`
  await tx.run(
    sql`insert into person (tenant_id, id, code, name) select ${tx.tenant}, id, code, name from jsonb_to_recordset(${list}::jsonb) as ${columns}`,
  )
  await tx.run(sql`
    insert into post (tenant_id, id, person_id, unit_id, title, rank_id, valid_from)
    select ${tx.tenant}, "postId", id, "unitId", title, "rankId", ${today}::date from jsonb_to_recordset(${list}::jsonb) as ${columns}`)
  await tx.run(sql`
    insert into post_role (tenant_id, post_id, role)
    select ${tx.tenant}, "postId", unnest(roles) from jsonb_to_recordset(${list}::jsonb) as ${columns}`)
}
