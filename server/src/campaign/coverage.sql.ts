import type {
  CampaignFigures,
  CampaignId,
  CampaignSubject,
  CaseId,
  LiaisonTargetId,
  PersonId,
  UnitId,
  VisitId,
} from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'

/**
 * What coverage is computed from, for some campaigns and all that are part of them. `family`: who is part of whom, itself included. `scoped`: whom
 * each is to reach. `counted`: the visits within its dates, of the kinds that count, with its tag. `contact`: who was reached by which visit, where
 * a visit of a part is one of the whole. `reach`: on which day the last of those that are needed was made.
 */
const rowsOf = (tx: Tx, roots: readonly CampaignId[]) => sql`
  family as (
    select id as root, id from campaign where tenant_id = ${tx.tenant} and id = any(${[...roots]}::uuid[])
    union select f.root, k.id from family f join campaign k on k.tenant_id = ${tx.tenant} and k.parent_id = f.id
  ), member as (select distinct id from family),
  closure as (
    select id as whole, id as part from member
    union select c.whole, k.id from closure c join campaign k on k.tenant_id = ${tx.tenant} and k.parent_id = c.part
  ), place as (
    select d.campaign_id, d.division_code as code from campaign_division d join member m on m.id = d.campaign_id where d.tenant_id = ${tx.tenant}
    union select p.campaign_id, d.code from place p join division d on d.tenant_id = ${tx.tenant} and d.parent_code = p.code
  ), office as (
    select s.campaign_id, s.unit_id as subject_id, s.unit_id from campaign_subject s join member m on m.id = s.campaign_id
    where s.tenant_id = ${tx.tenant} and s.unit_id is not null
    union select o.campaign_id, o.subject_id, u.id from office o join unit u on u.tenant_id = ${tx.tenant} and u.parent_id = o.unit_id
  ), eligible as (
    select k.id as campaign_id, t.id as subject_id, t.name, t.kind, t.closed_on
    from member m join campaign k on k.tenant_id = ${tx.tenant} and k.id = m.id
    join liaison_target t on t.tenant_id = k.tenant_id and t.kind = any(k.scope_kinds)
      and (t.closed_on is null or t.closed_on >= k.from_day) and (t.created_at at time zone 'Asia/Shanghai')::date <= k.to_day
    where k.scope_by = 'kind' or (k.scope_by = 'division'
      and exists (select from place p where p.campaign_id = k.id and p.code = t.division_code))
    union all
    select s.campaign_id, t.id, t.name, t.kind, t.closed_on from campaign_subject s join member m on m.id = s.campaign_id
    join campaign k on k.tenant_id = s.tenant_id and k.id = s.campaign_id and k.scope_by = 'list'
    join liaison_target t on t.tenant_id = s.tenant_id and t.id = s.target_id where s.tenant_id = ${tx.tenant}
    union all
    select s.campaign_id, u.id, u.name, 'unit', null from campaign_subject s join member m on m.id = s.campaign_id
    join unit u on u.tenant_id = s.tenant_id and u.id = s.unit_id where s.tenant_id = ${tx.tenant}
  ), subject as (
    select e.*, s.out_reason from eligible e
    left join campaign_subject s on s.tenant_id = ${tx.tenant} and s.campaign_id = e.campaign_id and s.subject_id = e.subject_id
  ), scoped as (select * from subject where out_reason is null),
  counted as (
    select k.id as campaign_id, v.id as visit_id, v.target_id, v.on_day
    from member m join campaign k on k.tenant_id = ${tx.tenant} and k.id = m.id
    join visit v on v.tenant_id = k.tenant_id and v.on_day between k.from_day and k.to_day and k.tag = any(v.tags) and v.kind = any(k.counts)
  ), contact as (
    select distinct c.whole as campaign_id, v.target_id as subject_id, v.visit_id, v.on_day from closure c join counted v on v.campaign_id = c.part
    union
    select distinct o.campaign_id, o.subject_id, v.visit_id, v.on_day from office o
    join closure c on c.whole = o.campaign_id join counted v on v.campaign_id = c.part
    join visit_official w on w.tenant_id = ${tx.tenant} and w.visit_id = v.visit_id
    join post on post.tenant_id = ${tx.tenant} and post.person_id = w.person_id and post.unit_id = o.unit_id
      and (post.valid_to is null or post.valid_to >= v.on_day)
  ), tally as (
    select t.campaign_id, t.subject_id, count(*) as contacts, max(t.on_day) as last_on,
      (array_agg(t.on_day order by t.on_day, t.visit_id))[k.least] as reached_on
    from contact t join campaign k on k.tenant_id = ${tx.tenant} and k.id = t.campaign_id group by t.campaign_id, t.subject_id, k.least
  ), reach as (
    select f.root, s.subject_id, min(y.reached_on) as reached_on, sum(y.contacts) as contacts, max(y.last_on) as last_on,
      min(s.name) as name, min(s.kind) as kind, max(s.closed_on) as closed_on
    from family f join scoped s on s.campaign_id = f.id
    left join tally y on y.campaign_id = s.campaign_id and y.subject_id = s.subject_id group by f.root, s.subject_id
  ), collected as (
    select distinct f.root, k.case_id from family f join campaign_case k on k.tenant_id = ${tx.tenant} and k.campaign_id = f.id
  )`

/** Closed is not solved. */
const STATE = sql`case when c.closed_at is null then 'open' when c.outcome = 'solved' then 'solved' else 'otherwise' end`

/** The figures of campaigns, each with all that are part of it: a visit, a subject and a problem once, however many parts have it. */
export const listFigures = (tx: Tx, ids: readonly CampaignId[], sight: Sight) =>
  tx.run<CampaignFigures & { id: CampaignId }>(sql`
    with recursive ${rowsOf(tx, ids)},
    made as (
      select f.root, count(distinct v.visit_id) as visits, count(distinct v.target_id) as visited,
        count(distinct (v.visit_id, w.person_id)) as person_times
      from family f join counted v on v.campaign_id = f.id
      join visit_official w on w.tenant_id = ${tx.tenant} and w.visit_id = v.visit_id group by f.root
    ), owed as (select root, count(*) as in_scope, count(reached_on) as reached from reach group by root),
    dropped as (
      select f.root, count(distinct s.subject_id) as excluded from family f join subject s on s.campaign_id = f.id and s.out_reason is not null
      where not exists (select from reach r where r.root = f.root and r.subject_id = s.subject_id) group by f.root
    ), found as (
      select k.root, count(*) as problems, count(*) filter (where ${STATE} = 'solved') as solved, count(*) filter (where ${STATE} = 'open') as open,
        count(*) filter (where ${STATE} = 'otherwise') as otherwise
      from collected k join "case" c on c.tenant_id = ${tx.tenant} and c.id = k.case_id where ${visible(sight, tx.tenant)} group by k.root
    )
    select k.id, coalesce(o.in_scope, 0) as in_scope, coalesce(o.reached, 0) as reached, coalesce(d.excluded, 0) as excluded,
      coalesce(m.visits, 0) as visits, coalesce(m.person_times, 0) as person_times, coalesce(m.visited, 0) as visited,
      coalesce(p.problems, 0) as problems, coalesce(p.solved, 0) as solved, coalesce(p.open, 0) as open, coalesce(p.otherwise, 0) as otherwise
    from campaign k left join made m on m.root = k.id left join owed o on o.root = k.id left join dropped d on d.root = k.id
    left join found p on p.root = k.id where k.tenant_id = ${tx.tenant} and k.id = any(${[...ids]}::uuid[])`)

export type SubjectState = 'reached' | 'missing' | 'excluded'
const MOST = 2000
const IS: Readonly<Record<SubjectState, RawBuilder<unknown>>> = {
  reached: sql`excluded is null and reached_on is not null`,
  missing: sql`excluded is null and reached_on is null`,
  excluded: sql`excluded is not null`,
}
/** Whom a campaign is to reach, the ones not yet reached first, each with the main liaison of a day. */
export const listSubjects = (tx: Tx, id: CampaignId, state: SubjectState | undefined, day: string) =>
  tx.run<Omit<CampaignSubject, 'id'> & { id: LiaisonTargetId | UnitId; total: number }>(sql`
    with recursive ${rowsOf(tx, [id])},
    line as (
      select subject_id as id, name, kind, reached_on, coalesce(contacts, 0) as contacts, last_on, closed_on, null::text as excluded from reach
      union all
      select s.subject_id, min(s.name), min(s.kind), null, 0, null, max(s.closed_on), min(s.out_reason) from subject s
      where s.out_reason is not null and not exists (select from reach r where r.subject_id = s.subject_id) group by s.subject_id
    )
    select line.*, reached_on is not null as reached, count(*) over () as total,
      (select jsonb_build_object('id', p.id, 'name', p.name) from liaison l join person p on p.tenant_id = l.tenant_id and p.id = l.person_id
        where l.tenant_id = ${tx.tenant} and l.target_id = line.id and l.role = 'main' and l.valid_from <= ${day}
          and (l.valid_to is null or l.valid_to >= ${day}) limit 1) as main
    from line where ${state === undefined ? sql`true` : IS[state]}
    order by excluded is not null, reached_on is not null, kind, name, id limit ${MOST}`)

export interface ProblemRow {
  readonly id: CaseId
  readonly state: 'open' | 'solved' | 'otherwise'
  readonly number: string
  readonly title: string
  readonly type: string
  readonly stage: string
  readonly leadUnit: { readonly id: UnitId; readonly name: string } | null
  readonly dueAt: Date | null
  readonly receivedAt: Date
  readonly closedAt: Date | null
  readonly target: string | null
  readonly total: number
}
/** What a campaign has collected, as far as the caller sees it: the open ones first, the soonest due before the others. */
export const listProblems = (tx: Tx, id: CampaignId, state: ProblemRow['state'] | undefined, sight: Sight) =>
  tx.run<ProblemRow>(sql`
    with recursive ${rowsOf(tx, [id])}
    select c.id, ${STATE} as state, c.number, c.title, c.type, c.stage, c.due_at, c.received_at, c.closed_at, count(*) over () as total,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as lead_unit,
      (select t.name from campaign_case k join visit v on v.tenant_id = k.tenant_id and v.id = k.visit_id
        join liaison_target t on t.tenant_id = v.tenant_id and t.id = v.target_id
        where k.tenant_id = c.tenant_id and k.case_id = c.id limit 1) as target
    from collected k join "case" c on c.tenant_id = ${tx.tenant} and c.id = k.case_id
    left join unit u on u.tenant_id = c.tenant_id and u.id = c.lead_unit_id
    where ${visible(sight, tx.tenant)} and (${state === undefined} or ${STATE} = ${state ?? ''})
    order by c.closed_at is not null, c.due_at nulls last, c.received_at, c.id limit ${MOST}`)

export interface VisitWindow {
  readonly unit?: UnitId | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
const SHOWN = 300
/** The visits that count for a campaign, newest first. */
export const listCounted = (tx: Tx, id: CampaignId, { unit, from, to }: VisitWindow) =>
  tx.run<{ id: VisitId; total: number }>(sql`
    with recursive ${rowsOf(tx, [id])}
    select visit_id as id, count(*) over () as total from (select distinct visit_id, on_day from counted) as v
    where (${from === undefined} or on_day >= ${from ?? null}::date) and (${to === undefined} or on_day <= ${to ?? null}::date)
      and (${unit === undefined} or exists (select from visit_official w join post on post.tenant_id = w.tenant_id and post.person_id = w.person_id
        where w.tenant_id = ${tx.tenant} and w.visit_id = v.visit_id and post.unit_id = ${unit ?? null}::uuid
          and (post.valid_to is null or post.valid_to >= v.on_day)))
    order by on_day desc, visit_id desc limit ${SHOWN}`)

/** Visits by the unit of whoever went; a joint visit stands at each. */
export const listByUnit = (tx: Tx, id: CampaignId) =>
  tx.run<{ unit: { id: UnitId; name: string }; visits: number; personTimes: number }>(sql`
    with recursive ${rowsOf(tx, [id])}
    select jsonb_build_object('id', u.id, 'name', u.name) as unit, count(distinct v.visit_id) as visits,
      count(distinct (v.visit_id, w.person_id)) as person_times
    from (select distinct visit_id, on_day from counted) as v
    join visit_official w on w.tenant_id = ${tx.tenant} and w.visit_id = v.visit_id
    join post on post.tenant_id = w.tenant_id and post.person_id = w.person_id and (post.valid_to is null or post.valid_to >= v.on_day)
    join unit u on u.tenant_id = post.tenant_id and u.id = post.unit_id
    group by u.id, u.name order by visits desc, u.name, u.id limit 200`)

/** What each week from the first day to `until` added. */
export const listWeeks = (tx: Tx, id: CampaignId, until: string, sight: Sight) =>
  tx.run<{ from: string; to: string; visits: number; reached: number; problems: number; solved: number }>(sql`
    with recursive ${rowsOf(tx, [id])},
    week as (
      select d::date as from_day, d::date + 6 as to_day from campaign k,
        generate_series(date_trunc('week', k.from_day), least(${until}::date, k.to_day), interval '7 days') as d
      where k.tenant_id = ${tx.tenant} and k.id = ${id}
    ), seen as (
      select (c.received_at at time zone 'Asia/Shanghai')::date as received_on, (c.closed_at at time zone 'Asia/Shanghai')::date as closed_on,
        ${STATE} as state
      from collected k join "case" c on c.tenant_id = ${tx.tenant} and c.id = k.case_id where ${visible(sight, tx.tenant)}
    )
    select w.from_day as from, w.to_day as to,
      (select count(distinct visit_id) from counted v where v.on_day between w.from_day and w.to_day) as visits,
      (select count(*) from reach r where r.reached_on between w.from_day and w.to_day) as reached,
      (select count(*) from seen s where s.received_on between w.from_day and w.to_day) as problems,
      (select count(*) from seen s where s.state = 'solved' and s.closed_on between w.from_day and w.to_day) as solved
    from week w order by w.from_day`)

/** Of some campaigns, those in whose scope a target is. */
export const listSuiting = (tx: Tx, ids: readonly CampaignId[], target: LiaisonTargetId, person: PersonId | null) =>
  tx.run<{ id: CampaignId }>(sql`
    with recursive ${rowsOf(tx, ids)}
    select distinct f.root as id from family f join scoped s on s.campaign_id = f.id where s.subject_id = ${target}
    union
    select distinct f.root from family f join office o on o.campaign_id = f.id
    join post on post.tenant_id = ${tx.tenant} and post.unit_id = o.unit_id and post.person_id = ${person}::uuid and post.valid_to is null`)
