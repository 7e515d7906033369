import type { CaseId, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import { sightOf, visible } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

/** An open case as a plan needs it. */
export interface OpenCase {
  readonly id: CaseId
  readonly number: string
  readonly title: string
  readonly confidential: boolean
  readonly category: string | null
  readonly divisionCode: string | null
  readonly leadUnitId: UnitId | null
  readonly holderUnitId: UnitId | null
  readonly assistingUnitIds: readonly UnitId[]
  readonly closedAt: Date | null
}

/**
 * Open cases that a unit leads, holds or assists, in id order: two reorganisations must not deadlock. A task, a request or a notice has the topic
 * and the place of the case it belongs to, and goes where that goes. Read once in a reorganisation.
 */
export const listOpenOf = (tx: Tx, unit: UnitId) =>
  tx.run<OpenCase>(sql`
    select c.id, c.number, c.title, c.confidential, coalesce(c.category, parent.category) as category,
      coalesce(c.division_code, parent.division_code) as division_code, c.lead_unit_id, c.holder_unit_id, c.assisting_unit_ids, c.closed_at
    from "case" c left join "case" parent on parent.tenant_id = c.tenant_id and parent.id = c.parent_id
    where c.tenant_id = ${tx.tenant} and c.closed_at is null
      and (c.lead_unit_id = ${unit} or c.holder_unit_id = ${unit} or ${unit} = any(c.assisting_unit_ids))
    order by c.id`)

export const listDivisionTree = (tx: Tx) =>
  tx.run<{ code: string; parent: string | null }>(
    sql`select code, parent_code as parent from division where tenant_id = ${tx.tenant} order by code`,
  )

export const insertReorganisation = (
  tx: Tx,
  row: { id: string; on: string; basis: string; catalogueVersion: string | null },
  by: Actor,
) =>
  tx.run(sql`
    insert into reorganisation (tenant_id, id, at, by_person, by_name, effective_on, basis, catalogue_version)
    values (${tx.tenant}, ${row.id}, ${by.at}, ${by.personId}, ${by.name}, ${row.on}, ${row.basis}, ${row.catalogueVersion})`)

/** A list to be signed (移交清单): the cases one unit gave another. */
export interface ListToSign {
  readonly id: string
  readonly fromUnitId: UnitId
  readonly toUnitId: UnitId
  readonly caseIds: readonly CaseId[]
}

export async function insertLists(tx: Tx, reorganisation: string, lists: readonly ListToSign[]): Promise<void> {
  const rows = JSON.stringify(lists)
  await tx.run(sql`
    insert into handover_list (tenant_id, id, reorganisation_id, from_unit_id, to_unit_id)
    select ${tx.tenant}, id, ${reorganisation}, "fromUnitId", "toUnitId"
    from jsonb_to_recordset(${rows}::jsonb) as l (id uuid, "fromUnitId" uuid, "toUnitId" uuid)`)
  await tx.run(sql`
    insert into handover_case (tenant_id, list_id, case_id)
    select ${tx.tenant}, l.id, case_id from jsonb_to_recordset(${rows}::jsonb) as l (id uuid, "caseIds" uuid[]), unnest(l."caseIds") as case_id`)
}

export interface ListRow {
  readonly id: string
  readonly on: string
  readonly basis: string
  readonly from: { id: UnitId; name: string }
  readonly to: { id: UnitId; name: string }
  readonly count: number
  readonly cases: { id: CaseId; number: string; title: string }[]
  readonly signedBy: string | null
  readonly signedAt: Date | null
}

/** Handover lists, unsigned first; a unit's people see those that came to or from their units, and in them the cases they see. */
export function listHandovers(tx: Tx, by: Actor, id: string | null) {
  const sight = sightOf(by)
  const units = sight.kind === 'units' ? sight.units : []
  return tx.run<ListRow>(sql`
    select l.id, r.effective_on as "on", r.basis, l.signed_name as signed_by, l.signed_at,
      jsonb_build_object('id', giver.id, 'name', giver.name) as "from", jsonb_build_object('id', taker.id, 'name', taker.name) as "to",
      (select count(*) from handover_case h where h.tenant_id = l.tenant_id and h.list_id = l.id) as count,
      coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'number', c.number, 'title', c.title) order by c.number)
        from handover_case h join "case" c on c.tenant_id = h.tenant_id and c.id = h.case_id
        where h.tenant_id = l.tenant_id and h.list_id = l.id and ${visible(sight, tx.tenant)}), '[]') as cases
    from handover_list l
    join reorganisation r on r.tenant_id = l.tenant_id and r.id = l.reorganisation_id
    join unit giver on giver.tenant_id = l.tenant_id and giver.id = l.from_unit_id
    join unit taker on taker.tenant_id = l.tenant_id and taker.id = l.to_unit_id
    where l.tenant_id = ${tx.tenant} and (${id}::uuid is null or l.id = ${id})
      and (${sight.kind === 'all'} or l.to_unit_id = any(${[...units]}::uuid[]) or l.from_unit_id = any(${[...units]}::uuid[]))
    order by l.signed_at is not null, r.at desc, taker.code, giver.code limit 200`)
}

/** Signs a list that nobody has signed. @returns false if somebody was first */
export const signList = async (tx: Tx, id: string, by: Actor) =>
  (
    await tx.run(sql`
    update handover_list set signed_by = ${by.personId}, signed_name = ${by.name}, signed_at = ${by.at}
    where tenant_id = ${tx.tenant} and id = ${id} and signed_at is null returning 1`)
  ).length > 0
