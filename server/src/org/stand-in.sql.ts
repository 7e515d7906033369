import type { NewStandIn, PersonId, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

export const findPerson = async (tx: Tx, id: PersonId) =>
  (
    await tx.run<{ id: PersonId; name: string }>(
      sql`select id, name from person where tenant_id = ${tx.tenant} and id = ${id}`,
    )
  )[0]

/** Units where a person is handler or head on or after a day. */
export const listUnitsServed = async (tx: Tx, person: PersonId, day: string) =>
  (
    await tx.run<{ unitId: UnitId }>(sql`
    select distinct post.unit_id from post
    join post_role on post_role.tenant_id = post.tenant_id and post_role.post_id = post.id
    where post.tenant_id = ${tx.tenant} and post.person_id = ${person} and post_role.role in ('handler', 'head')
      and (post.valid_to is null or post.valid_to >= ${day})`)
  ).map(({ unitId }) => unitId)

export const insertStandIn = (tx: Tx, row: NewStandIn & { id: string; by: PersonId | null; at: Date }) =>
  tx.run(sql`
    insert into stand_in (tenant_id, id, person_id, stand_in_id, valid_from, valid_to, by_person, at)
    values (${tx.tenant}, ${row.id}, ${row.personId}, ${row.standInId}, ${row.from}, ${row.to}, ${row.by}, ${row.at})`)
