import type { PersonId, Role, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import { inForce } from './standing.sql.ts'

export interface UnitRow {
  readonly id: UnitId
  readonly code: string
  readonly name: string
  readonly kind: string
  readonly parentId: UnitId | null
  readonly phone: string | null
}

/** Units in force by name or code, in the order of the tree. A district has at most a few hundred. */
export const listUnits = (tx: Tx, filter: { q?: string | undefined; kind?: string | undefined }, today: string) =>
  tx.run<UnitRow>(sql`
    select id, code, name, kind, parent_id, phone from unit
    where tenant_id = ${tx.tenant} and ${inForce(tx, today)}
      and (${filter.q ?? null}::text is null or name like ${`%${filter.q ?? ''}%`} or short_name like ${`%${filter.q ?? ''}%`} or code like ${`${filter.q ?? ''}%`})
      and (${filter.kind ?? null}::text is null or kind = ${filter.kind ?? null})
    order by array_position(array['office','department','street','community'], kind), code limit 1000`)

/** The grass roots (基层单位) today: streets, communities, and units whose people serve at a window. */
export const listGrassRoots = (tx: Tx, today: string) =>
  tx.run<UnitRow>(sql`
    select id, code, name, kind, parent_id, phone from unit
    where tenant_id = ${tx.tenant} and ${inForce(tx, today)} and (kind in ('street', 'community') or exists (
      select from post join post_role on post_role.tenant_id = post.tenant_id and post_role.post_id = post.id and post_role.role = 'window'
      where post.tenant_id = unit.tenant_id and post.unit_id = unit.id and post.valid_from <= ${today} and (post.valid_to is null or post.valid_to >= ${today})))
    order by array_position(array['street','community','office'], kind), code limit 2000`)

export const findUnit = async (tx: Tx, id: UnitId) =>
  (
    await tx.run<UnitRow>(
      sql`select id, code, name, kind, parent_id, phone from unit where tenant_id = ${tx.tenant} and id = ${id}`,
    )
  )[0]

export const findUnitByName = async (tx: Tx, name: string) =>
  (
    await tx.run<UnitRow>(sql`
    select id, code, name, kind, parent_id, phone from unit
    where tenant_id = ${tx.tenant} and valid_to is null and (name = ${name} or short_name = ${name} or code = ${name}) order by code limit 1`)
  )[0]

/** People holding a post today. */
export const listPeople = (tx: Tx, filter: { q?: string | undefined; unit?: UnitId | undefined }, today: string) =>
  tx.run<{ id: PersonId; name: string; post: string | null; unitId: UnitId | null; unitName: string | null }>(sql`
    select person.id, person.name, post.title as post, post.unit_id, unit.name as unit_name
    from person
    join post on post.tenant_id = person.tenant_id and post.person_id = person.id
    join unit on unit.tenant_id = post.tenant_id and unit.id = post.unit_id
    where person.tenant_id = ${tx.tenant} and post.valid_from <= ${today} and (post.valid_to is null or post.valid_to >= ${today})
      and (${filter.unit ?? null}::uuid is null or post.unit_id = ${filter.unit ?? null})
      and (${filter.q ?? null}::text is null or person.name like ${`%${filter.q ?? ''}%`})
    order by unit.code, person.code limit 500`)

/** People of these names who hold a post today, with the unit of each post. */
export const listPeopleNamed = (tx: Tx, names: readonly string[], today: string) =>
  tx.run<{ id: PersonId; name: string; unitId: UnitId }>(sql`
    select distinct person.id, person.name, post.unit_id
    from person join post on post.tenant_id = person.tenant_id and post.person_id = person.id
    where person.tenant_id = ${tx.tenant} and person.name = any(${[...names]}::text[])
      and post.valid_from <= ${today} and (post.valid_to is null or post.valid_to >= ${today})
    order by person.name, person.id, post.unit_id limit 20000`)

export interface Holder {
  readonly personId: PersonId
  readonly name: string
  readonly unitId: UnitId | null
  readonly unitName: string | null
  readonly roles: readonly Role[]
  readonly scope: readonly UnitId[]
  readonly ownUnits: readonly UnitId[]
}

/**
 * Who stands behind an account today: the posts held or stood in for, their roles, and the units answered for: these, those below them, the
 * task forces they lead and the units whose rest they took over. A task force whose term is over still has its open cases, so its lead unit
 * goes on answering for it.
 */
export const findHolder = async (tx: Tx, account: string, today: string) =>
  (
    await tx.run<Holder>(sql`
    with recursive stands_for as (
      select person_id, true as own from account where tenant_id = ${tx.tenant} and account = ${account}
      union all
      select stand_in.person_id, false from account
      join stand_in on stand_in.tenant_id = account.tenant_id and stand_in.stand_in_id = account.person_id
      where account.tenant_id = ${tx.tenant} and account.account = ${account} and stand_in.valid_from <= ${today} and stand_in.valid_to >= ${today}
    ), mine as (
      select post.id, post.unit_id, stands_for.own, post.valid_from from stands_for
      join post on post.person_id = stands_for.person_id
      where post.tenant_id = ${tx.tenant} and post.valid_from <= ${today} and (post.valid_to is null or post.valid_to >= ${today})
    ), main as (
      select unit_id from mine order by own desc, valid_from desc, id limit 1
    ), chain as (
      select parent_id as over, id as unit_id from unit where tenant_id = ${tx.tenant} and parent_id is not null
      union all
      select lead_unit_id, unit_id from task_force where tenant_id = ${tx.tenant} and valid_from <= ${today}
      union all
      select successor_id, unit_id from unit_successor where tenant_id = ${tx.tenant} and is_rest
    ), below as (
      select unit_id from mine
      union
      select chain.unit_id from chain join below on chain.over = below.unit_id
    )
    select person.id as person_id, person.name,
      (select unit_id from main) as unit_id,
      (select unit.name from unit where unit.tenant_id = ${tx.tenant} and unit.id = (select unit_id from main)) as unit_name,
      coalesce((select array_agg(distinct role) from post_role where tenant_id = ${tx.tenant} and post_id in (select id from mine)), '{}') as roles,
      coalesce((select array_agg(unit_id) from below), '{}') as scope,
      coalesce((select array_agg(distinct unit_id) from (
        select unit_id from mine
        union all
        select unit_id from task_force where tenant_id = ${tx.tenant} and valid_from <= ${today} and lead_unit_id in (select unit_id from mine)
      ) as own), '{}') as own_units
    from account join person on person.tenant_id = account.tenant_id and person.id = account.person_id
    where account.tenant_id = ${tx.tenant} and account.account = ${account}`)
  )[0]

/** Roles of one person, to route a case to whoever can do the next step. */
export const listAccounts = (tx: Tx) =>
  tx.run<{ account: string; name: string; unitName: string | null; roles: Role[] }>(sql`
    select account.account, person.name, min(unit.name) as unit_name, array_agg(distinct post_role.role) as roles
    from account
    join person on person.tenant_id = account.tenant_id and person.id = account.person_id
    join post on post.tenant_id = person.tenant_id and post.person_id = person.id
    join post_role on post_role.tenant_id = post.tenant_id and post_role.post_id = post.id
    left join unit on unit.tenant_id = post.tenant_id and unit.id = post.unit_id
    where account.tenant_id = ${tx.tenant} group by 1, 2 order by 1`)

/** Names of the divisions by code. */
export const listDivisions = async (tx: Tx) =>
  new Map(
    (
      await tx.run<{ code: string; name: string }>(sql`select code, name from division where tenant_id = ${tx.tenant}`)
    ).map(({ code, name }) => [code, name]),
  )
