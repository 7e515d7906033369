import type { ContactKind, ContactPlanId, ContactState, LiaisonTargetId, UnitId, VisitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { visitContacts } from '#liaison'

/** What one unit comes for, as it is stored. */
export interface ErrandRow {
  readonly id: UnitId
  readonly name: string
  readonly kind: ContactKind
  readonly purpose: string
  readonly statutory: boolean
  readonly basis: string | null
}
/** One contact of the calendar: a plan with its units, or a visit that nobody had planned. */
export interface ContactRow {
  readonly id: ContactPlanId
  readonly planned: boolean
  readonly targetId: LiaisonTargetId
  readonly on: string
  readonly state: ContactState
  readonly reason: string | null
  readonly units: readonly ErrandRow[]
  readonly visitIds: readonly VisitId[]
}
export interface ContactSpan {
  readonly from: string
  readonly to: string
}
const SHOWN = 1000

const UNITS = sql`(select coalesce(jsonb_agg(jsonb_build_object('id', unit.id, 'name', unit.name, 'kind', e.kind, 'purpose', e.purpose,
    'statutory', e.statutory, 'basis', e.basis) order by e.position), '[]')
  from contact_plan_unit e join unit on unit.tenant_id = e.tenant_id and unit.id = e.unit_id
  where e.tenant_id = p.tenant_id and e.plan_id = p.id)`
const VISITS = sql`array(select v.visit_id::text from contact_visit v where v.tenant_id = p.tenant_id and v.plan_id = p.id order by v.visit_id)`
const PLAN = sql`p.id, true as planned, p.target_id, p.on_day as on, p.state, p.reason, ${UNITS} as units, ${VISITS} as visit_ids`
/** A visit that belongs to a planned contact is not a second one. */
const UNPLANNED = sql`not exists (select from contact_visit x where x.tenant_id = v.tenant_id and x.visit_id = v.id)`

/**
 * The contact calendar of one target (接触日历), oldest first: two ranges on (tenant, target, day), of the planned contacts and of the visits.
 * Cancelled and merged ones are left out.
 */
export const listContacts = (tx: Tx, target: LiaisonTargetId, span: ContactSpan) =>
  tx.run<ContactRow>(sql`
    select * from (
      select ${PLAN} from contact_plan p where p.tenant_id = ${tx.tenant} and p.target_id = ${target} and p.on_day between ${span.from} and ${span.to}
        and p.state in ('planned', 'done')
      union all
      select v.id, false, v.target_id, v.on_day, 'done', null, v.units, array[v.id::text]
      from ${visitContacts(tx, { target, ...span })} v where ${UNPLANNED}
    ) contact order by contact.on, contact.id limit ${SHOWN}`)

export const findContact = async (tx: Tx, id: ContactPlanId) =>
  (
    await tx.run<ContactRow>(sql`select ${PLAN} from contact_plan p where p.tenant_id = ${tx.tenant} and p.id = ${id}`)
  )[0]

/** Done, or planned for a day that is still to come. What lapsed disturbed nobody. */
const counting = (today: string): RawBuilder<unknown> =>
  sql`(p.state = 'done' or (p.state = 'planned' and p.on_day >= ${today}))`

export interface UseRow {
  readonly targetId: LiaisonTargetId
  readonly month: string
  readonly used: number
  readonly next: string | null
}
/** Contacts that count, by target and month; of one target or of all. `next` is the first that is still to come. */
export const countContacts = (tx: Tx, target: LiaisonTargetId | undefined, span: ContactSpan, today: string) =>
  tx.run<UseRow>(sql`
    select target_id, to_char(on_day, 'YYYY-MM') as month, count(*) as used, min(on_day) filter (where ahead) as next from (
      select p.target_id, p.on_day, p.state = 'planned' as ahead from contact_plan p
      where p.tenant_id = ${tx.tenant} and (${target === undefined} or p.target_id = ${target ?? null})
        and p.on_day between ${span.from} and ${span.to} and ${counting(today)}
      union all
      select v.target_id, v.on_day, false from ${visitContacts(tx, { target, ...span })} v where ${UNPLANNED}
    ) contact group by target_id, month order by used desc, target_id limit 20000`)

const SAVED = sql`(select count(*) - 1 from contact_plan_unit e where e.tenant_id = p.tenant_id and e.plan_id = p.id)`
const joinedIn = (tx: Tx, span: ContactSpan, today: string) => sql`p.tenant_id = ${tx.tenant}
  and p.on_day between ${span.from} and ${span.to} and ${counting(today)} and ${SAVED} > 0`
/** Joined contacts (合并的接触) of some days with what each saved, newest first. */
export const listJoined = (tx: Tx, span: ContactSpan, today: string) =>
  tx.run<ContactRow & { readonly saved: number }>(sql`
    select ${PLAN}, ${SAVED} as saved from contact_plan p where ${joinedIn(tx, span, today)} order by p.on_day desc, p.id limit ${SHOWN}`)
export const sumSaved = async (tx: Tx, span: ContactSpan, today: string) => {
  const [sum] = await tx.run<{ saved: number; done: number }>(sql`
    select coalesce(sum(${SAVED}), 0) as saved, coalesce(sum(${SAVED}) filter (where p.state = 'done'), 0) as done
    from contact_plan p where ${joinedIn(tx, span, today)}`)
  if (sum === undefined) throw new Error('an aggregate without a row')
  return sum
}

interface PlanValues {
  readonly id: ContactPlanId
  readonly targetId: LiaisonTargetId
  readonly on: string
  readonly plannedOn: string | null
  readonly reason: string | null
}
/** What has happened already is done from the start. */
export const insertPlan = (tx: Tx, { id, targetId, on, plannedOn, reason }: PlanValues, by: Actor) =>
  tx.run(sql`
    insert into contact_plan (tenant_id, id, target_id, on_day, planned_on, state, reason, by_person, by_name, created_at, closed_at)
    values (${tx.tenant}, ${id}, ${targetId}, ${on}, ${plannedOn}, ${plannedOn === null ? 'done' : 'planned'}, ${reason}, ${by.personId}, ${by.name},
      ${by.at}, ${plannedOn === null ? by.at : null})`)

export const insertErrand = (tx: Tx, plan: ContactPlanId, errand: Omit<ErrandRow, 'name'>, by: Actor) =>
  tx.run(sql`
    insert into contact_plan_unit (tenant_id, plan_id, unit_id, position, kind, purpose, statutory, basis, by_name, created_at)
    select ${tx.tenant}, ${plan}, ${errand.id}, count(*), ${errand.kind}, ${errand.purpose}, ${errand.statutory}::boolean, ${errand.basis}::text, ${by.name}, ${by.at}::timestamptz
    from contact_plan_unit where tenant_id = ${tx.tenant} and plan_id = ${plan}`)

/** The units of one contact go along on another; a unit that is on both goes once. */
export const moveErrands = (tx: Tx, from: ContactPlanId, to: ContactPlanId) =>
  tx.run(sql`
    insert into contact_plan_unit (tenant_id, plan_id, unit_id, position, kind, purpose, statutory, basis, by_name, created_at)
    select e.tenant_id, ${to}, e.unit_id, e.position + (select count(*) from contact_plan_unit where tenant_id = ${tx.tenant} and plan_id = ${to}),
      e.kind, e.purpose, e.statutory, e.basis, e.by_name, e.created_at
    from contact_plan_unit e where e.tenant_id = ${tx.tenant} and e.plan_id = ${from} on conflict do nothing`)

export const deleteErrands = (tx: Tx, plan: ContactPlanId, units: readonly UnitId[]) =>
  tx.run(
    sql`delete from contact_plan_unit where tenant_id = ${tx.tenant} and plan_id = ${plan} and unit_id = any(${[...units]}::uuid[])`,
  )

/** A contact leaves the state of being planned. @param on the day it really was, if it was */
export const closePlan = (
  tx: Tx,
  id: ContactPlanId,
  end: {
    readonly state: 'joined' | 'done' | 'cancelled'
    readonly on?: string
    readonly to?: ContactPlanId
    readonly reason?: string
  },
  by: Actor,
) =>
  tx.run(sql`
    update contact_plan set state = ${end.state}, on_day = coalesce(${end.on ?? null}::date, on_day), joined_to = ${end.to ?? null},
      closed_at = ${by.at}, closed_reason = ${end.reason ?? null}
    where tenant_id = ${tx.tenant} and id = ${id}`)

export const linkVisit = (tx: Tx, visit: VisitId, plan: ContactPlanId) =>
  tx.run(
    sql`insert into contact_visit (tenant_id, visit_id, plan_id) values (${tx.tenant}, ${visit}, ${plan}) on conflict do nothing`,
  )

/** The contact of these units and this kind that lies nearest to a day: planned within some days, or done on that very day. */
export const findNearest = async (
  tx: Tx,
  {
    target,
    kind,
    units,
    on,
    days,
  }: { target: LiaisonTargetId; kind: ContactKind; units: readonly UnitId[]; on: string; days: number },
) =>
  (
    await tx.run<{ id: ContactPlanId; state: ContactState }>(sql`
    select p.id, p.state from contact_plan p
    where p.tenant_id = ${tx.tenant} and p.target_id = ${target} and p.on_day between ${on}::date - ${days}::int and ${on}::date + ${days}::int
      and (p.state = 'planned' or (p.state = 'done' and p.on_day = ${on} and exists
        (select from contact_visit x where x.tenant_id = p.tenant_id and x.plan_id = p.id)))
      and exists (select from contact_plan_unit e where e.tenant_id = p.tenant_id and e.plan_id = p.id and e.kind = ${kind}
        and e.unit_id = any(${[...units]}::uuid[]))
    order by abs(p.on_day - ${on}::date), p.state = 'done', p.on_day, p.id limit 1`)
  )[0]
