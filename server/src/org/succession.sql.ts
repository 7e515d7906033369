import type { PersonId, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

const rows = (list: readonly object[]) => JSON.stringify(list)

/** Who takes over what of a unit (承接单位), in the order in which they are asked. */
export interface SuccessorRow {
  readonly unitId: UnitId
  readonly position: number
  readonly successorId: UnitId
  readonly topics: readonly string[] | null
  readonly divisions: readonly string[] | null
  readonly isRest: boolean
}

/** Dissolves units: they get their last day and their successors; sub-units and task forces follow the rest-successor. */
export async function dissolveUnits(tx: Tx, successors: readonly SuccessorRow[], on: string): Promise<void> {
  await tx.run(sql`
    insert into unit_successor (tenant_id, unit_id, position, successor_id, topics, divisions, is_rest, effective_on)
    select ${tx.tenant}, "unitId", position, "successorId", topics, divisions, "isRest", ${on}::date
    from jsonb_to_recordset(${rows(successors)}::jsonb)
      as s ("unitId" uuid, position int, "successorId" uuid, topics text[], divisions text[], "isRest" boolean)`)
  // A new unit that names no leader in charge keeps that of the unit it comes from: an escalation must find somebody.
  await tx.run(sql`
    update unit set leader_id = old.leader_id
    from unit_successor s join unit old on old.tenant_id = s.tenant_id and old.id = s.unit_id
    where unit.tenant_id = ${tx.tenant} and s.tenant_id = ${tx.tenant} and s.successor_id = unit.id and s.effective_on = ${on}::date
      and unit.valid_from = ${on}::date and unit.leader_id is null`)
  const rest = sql`jsonb_to_recordset(${rows(successors.filter(({ isRest }) => isRest))}::jsonb) as rest ("unitId" uuid, "successorId" uuid)`
  await tx.run(
    sql`update unit set valid_to = ${on}::date from ${rest} where unit.tenant_id = ${tx.tenant} and unit.id = rest."unitId"`,
  )
  await tx.run(sql`
    update unit set parent_id = rest."successorId" from ${rest}
    where unit.tenant_id = ${tx.tenant} and unit.parent_id = rest."unitId" and unit.valid_to is null and unit.id <> rest."successorId"`)
  await tx.run(sql`
    update task_force set lead_unit_id = rest."successorId" from ${rest}
    where task_force.tenant_id = ${tx.tenant} and task_force.lead_unit_id = rest."unitId"`)
  await tx.run(sql`
    with gone as (
      delete from task_force_member m using ${rest} where m.tenant_id = ${tx.tenant} and m.member_unit_id = rest."unitId"
      returning m.unit_id, rest."successorId"
    )
    insert into task_force_member (tenant_id, unit_id, member_unit_id) select ${tx.tenant}, unit_id, "successorId" from gone on conflict do nothing`)
}

/** A post that is held, or will be, on or after a day. */
export interface PostRow {
  readonly id: string
  readonly personId: PersonId
  readonly name: string
  readonly title: string | null
  readonly unitId: UnitId
  readonly unitName: string
  readonly accounts: readonly string[]
}

/** Posts on or after a day, of a unit's people or of one person. */
export const listPosts = (tx: Tx, of: { units?: readonly UnitId[]; person?: PersonId }, day: string) =>
  tx.run<PostRow>(sql`
    select post.id, post.person_id, person.name, post.title, post.unit_id, unit.name as unit_name,
      coalesce((select array_agg(account order by account) from account where account.tenant_id = post.tenant_id and account.person_id = post.person_id), '{}') as accounts
    from post
    join person on person.tenant_id = post.tenant_id and person.id = post.person_id
    join unit on unit.tenant_id = post.tenant_id and unit.id = post.unit_id
    where post.tenant_id = ${tx.tenant} and (post.valid_to is null or post.valid_to >= ${day})
      and (${of.units === undefined} or post.unit_id = any(${[...(of.units ?? [])]}::uuid[]))
      and (${of.person ?? null}::uuid is null or post.person_id = ${of.person ?? null})
    order by person.code, post.id`)

/** Ends posts: the day before `on` is the last one. */
export const endPosts = (tx: Tx, posts: readonly string[], on: string) =>
  tx.run(
    sql`update post set valid_to = ${on}::date - 1 where tenant_id = ${tx.tenant} and id = any(${[...posts]}::uuid[])`,
  )

/** Ends posts and begins the same ones (title, rank, roles) in other units. */
export async function movePosts(
  tx: Tx,
  moves: readonly { id: string; newId: string; unitId: UnitId }[],
  on: string,
): Promise<void> {
  const move = sql`jsonb_to_recordset(${rows(moves)}::jsonb) as move (id uuid, "newId" uuid, "unitId" uuid)`
  await tx.run(sql`
    insert into post (tenant_id, id, person_id, unit_id, title, rank_id, valid_from, valid_to)
    select ${tx.tenant}, move."newId", post.person_id, move."unitId", post.title, post.rank_id, greatest(${on}::date, post.valid_from), post.valid_to
    from post join ${move} on move.id = post.id where post.tenant_id = ${tx.tenant}`)
  await tx.run(sql`
    insert into post_role (tenant_id, post_id, role)
    select ${tx.tenant}, move."newId", post_role.role from post_role join ${move} on move.id = post_role.post_id where post_role.tenant_id = ${tx.tenant}`)
  await endPosts(
    tx,
    moves.map(({ id }) => id),
    on,
  )
}
