import type { PersonId, Role, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from './sign-in.ts'

/** Somebody who holds a role today: the person and the unit in which the post is. */
export interface Holding {
  readonly personId: PersonId
  readonly name: string
  readonly unitId: UnitId
}

/** The unit itself, or the one that leads it: a task force has no people of its own. */
const answering = (tx: Tx, unit: UnitId | null) =>
  sql`coalesce((select lead_unit_id from task_force where tenant_id = ${tx.tenant} and unit_id = ${unit}), ${unit}::uuid)`

/** Who holds a role today, in a unit or anywhere; the same first one each time. */
export const findRoleHolder = async (
  tx: Tx,
  role: Role,
  where: { unit?: UnitId | null; except?: PersonId | null },
  today: string,
) =>
  (
    await tx.run<Holding>(sql`
    select person.id as person_id, person.name, post.unit_id from post_role
    join post on post.tenant_id = post_role.tenant_id and post.id = post_role.post_id
    join person on person.tenant_id = post.tenant_id and person.id = post.person_id
    where post_role.tenant_id = ${tx.tenant} and post_role.role = ${role}
      and post.valid_from <= ${today} and (post.valid_to is null or post.valid_to >= ${today})
      and (${where.unit ?? null}::uuid is null or post.unit_id = ${answering(tx, where.unit ?? null)})
      and (${where.except ?? null}::uuid is null or person.id <> ${where.except ?? null})
    order by person.code limit 1`)
  )[0]

/**
 * The leader in charge of a unit (分管领导): named for it, or for the nearest unit above it. Nobody is guessed: where none is named the answer is
 * undefined, and whoever asked must raise an alarm.
 */
export const findLeaderInCharge = async (tx: Tx, unit: UnitId, today: string) =>
  (
    await tx.run<Holding>(sql`
    with recursive above as (
      select id, parent_id, leader_id, 0 as distance from unit where tenant_id = ${tx.tenant} and id = ${answering(tx, unit)}
      union all
      select u.id, u.parent_id, u.leader_id, distance + 1 from unit u join above on u.id = above.parent_id where u.tenant_id = ${tx.tenant} and distance < 10
    )
    select person.id as person_id, person.name, post.unit_id from above
    join person on person.tenant_id = ${tx.tenant} and person.id = above.leader_id
    join post on post.tenant_id = person.tenant_id and post.person_id = person.id
      and post.valid_from <= ${today} and (post.valid_to is null or post.valid_to >= ${today})
    order by above.distance limit 1`)
  )[0]

/** The office to which a case belongs until it is dispatched (受理中心): where most of the dispatchers and clerks sit. */
const findIntakeOffice = async (tx: Tx, today: string) =>
  (
    await tx.run<{ unitId: UnitId }>(sql`
    select post.unit_id from post_role join post on post.tenant_id = post_role.tenant_id and post.id = post_role.post_id
    where post_role.tenant_id = ${tx.tenant} and post_role.role in ('dispatcher', 'clerk')
      and post.valid_from <= ${today} and (post.valid_to is null or post.valid_to >= ${today})
    group by post.unit_id order by count(*) desc, post.unit_id limit 1`)
  )[0]?.unitId ?? null

const MINUTE = 60_000

/** Remembers the intake office of every district for the day. */
export function intakeOffices() {
  const known = new Map<number, { day: string; office: UnitId | null; at: number }>()
  return {
    /** The organisation has changed. */
    forget: () => known.clear(),
    /** The caller's own unit if the caller is intake staff, else the district's intake office; null before a district is loaded. */
    async of(tx: Tx, by: Actor): Promise<UnitId | null> {
      if (by.unitId !== null && (by.roles.has('clerk') || by.roles.has('dispatcher') || by.roles.has('window')))
        return by.unitId
      const day = dayOf(by.at)
      const found = known.get(tx.tenant)
      // That there is none is believed for a minute only: a district may be loaded at any time.
      if (found?.day === day && (found.office !== null || by.at.getTime() - found.at < MINUTE)) return found.office
      const office = await findIntakeOffice(tx, day)
      tx.afterCommit(() => known.set(tx.tenant, { day, office, at: by.at.getTime() }))
      return office
    },
  }
}
