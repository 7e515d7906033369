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
 * What coverage is computed from, for some campaigns and all that are part of them. `family`: who is part of whom, itself included. `subject`: whom
 * each is to reach, and who was taken out. `counted`: the visits within its dates, of the kinds that count, with its tag. `contact`: who was reached by which visit, where
 * a visit of a part is one of the whole. `reach`: on which day the last of those that are needed was made. Scope and contacts are put together by
 * grouping and not by a join: the planner cannot know how many rows such a step gives, and would compare each with each. Only ids are carried
 * through it, and days are put in order only where more than one contact is needed: there are tens of thousands of rows, and few are asked for.
 */
const rowsOf = (tx: Tx, roots: readonly CampaignId[]) => sql`
  family as (
    select id as root, id from campaign where tenant_id = ${tx.tenant} and id = any(${[...roots]}::uuid[])
    union select f.root, k.id from family f join campaign k on k.tenant_id = ${tx.tenant} and k.parent_id = f.id
  ), member as (
    select id, from_day, to_day, tag, counts, least, scope_by, scope_kinds from campaign
    where tenant_id = ${tx.tenant} and id in (select id from family)
  ), closure as (
    select id as whole, id as part, scope_by from member
    union select c.whole, k.id, c.scope_by from closure c join campaign k on k.tenant_id = ${tx.tenant} and k.parent_id = c.part
  ), place as (
    select campaign_id, division_code as code from campaign_division where tenant_id = ${tx.tenant} and campaign_id in (select id from member)
    union select p.campaign_id, d.code from place p join division d on d.tenant_id = ${tx.tenant} and d.parent_code = p.code
  ), office as (
    select campaign_id, unit_id as subject_id, unit_id from campaign_subject
    where tenant_id = ${tx.tenant} and unit_id is not null and campaign_id in (select id from member)
    union select o.campaign_id, o.subject_id, u.id from office o join unit u on u.tenant_id = ${tx.tenant} and u.parent_id = o.unit_id
  ), aim as materialized (
    select id, kind, division_code, closed_on, (created_at at time zone 'Asia/Shanghai')::date as since from liaison_target
    where tenant_id = ${tx.tenant}
  ), subject as materialized (${subjectsIn(tx)}),
  counted as materialized (
    select m.id as campaign_id, v.id as visit_id, v.target_id, v.on_day
    from visit v cross join lateral unnest(v.tags) as w (tag)
    join member m on m.tag = w.tag and v.on_day between m.from_day and m.to_day and v.kind = any(m.counts)
    where v.tenant_id = ${tx.tenant} and v.on_day between (select min(from_day) from member) and (select max(to_day) from member)
  ), went as materialized (
    select v.campaign_id, v.visit_id, v.on_day, post.unit_id from (
      select * from counted where campaign_id = any(array(select part from closure where scope_by = 'unit'))) as v
    join visit_official w on w.tenant_id = ${tx.tenant} and w.visit_id = v.visit_id
    join post on post.tenant_id = w.tenant_id and post.person_id = w.person_id and (post.valid_to is null or post.valid_to >= v.on_day)
  ), contact as materialized (
    select c.whole as campaign_id, v.target_id as subject_id, v.visit_id, v.on_day from closure c join counted v on v.campaign_id = c.part
    where c.scope_by in ('kind', 'division', 'list')
    union
    select c.whole, o.subject_id, v.visit_id, v.on_day from closure c join office o on o.campaign_id = c.whole
    join went v on v.campaign_id = c.part and v.unit_id = o.unit_id
  ), tally as materialized (
    select campaign_id, subject_id, count(on_day) as contacts, min(on_day) as first_on, max(on_day) as last_on,
      array_agg(on_day) filter (where on_day is not null) as days
    from (
      select campaign_id, subject_id, true as owed, null::date as on_day from subject where out_reason is null
      union all select campaign_id, subject_id, false, on_day from contact
    ) as line group by campaign_id, subject_id having bool_or(owed)
  ), reach as materialized (
    select f.root, t.subject_id, min(case when m.least = 1 then t.first_on
        when t.contacts >= m.least then (select d from unnest(t.days) as d order by d offset m.least - 1 limit 1) end) as reached_on,
      sum(t.contacts) as contacts, max(t.last_on) as last_on
    from tally t join member m on m.id = t.campaign_id join family f on f.id = t.campaign_id group by f.root, t.subject_id
  ), collected as (
    select distinct f.root, k.case_id from family f join campaign_case k on k.tenant_id = ${tx.tenant} and k.campaign_id = f.id
  )`

/** Whom the members are to reach, each with the reason where it was taken out. */
const subjectsIn = (tx: Tx) => sql`
  select m.id as campaign_id, t.id as subject_id, s.out_reason
  from member m join aim t on t.kind = any(m.scope_kinds) and (t.closed_on is null or t.closed_on >= m.from_day) and t.since <= m.to_day
  left join campaign_subject s on s.tenant_id = ${tx.tenant} and s.campaign_id = m.id and s.subject_id = t.id
  where m.scope_by = 'kind' or (m.scope_by = 'division' and t.division_code in (select code from place p where p.campaign_id = m.id))
  union all
  select s.campaign_id, s.subject_id, s.out_reason from member m
  join campaign_subject s on s.tenant_id = ${tx.tenant} and s.campaign_id = m.id
  where (m.scope_by = 'list' and s.target_id is not null) or (m.scope_by = 'unit' and s.unit_id is not null)`

/** Closed is not solved. */
const STATE = sql`case when c.closed_at is null then 'open' when c.outcome = 'solved' then 'solved' else 'otherwise' end`

/**
 * The figures of campaigns on a day, each with all that are part of it: a visit, a subject, a meeting and a problem once, however many parts have
 * it. A meeting that is still to come is not counted.
 */
export const listFigures = (tx: Tx, ids: readonly CampaignId[], sight: Sight, day: string) =>
  tx.run<CampaignFigures & { id: CampaignId }>(sql`
    with recursive ${rowsOf(tx, ids)},
    crew as materialized (
      select visit_id, count(*) as people from visit_official
      where tenant_id = ${tx.tenant} and visit_id in (select visit_id from counted) group by visit_id
    ), made as (
      select root, sum(visits) as visits, count(*) as visited, sum(people) as person_times from (
        select s.root, s.target_id, count(*) as visits, sum(w.people) as people from (
          select distinct f.root, v.visit_id, v.target_id from family f join counted v on v.campaign_id = f.id) as s
        join crew w on w.visit_id = s.visit_id group by s.root, s.target_id) as t group by root
    ), owed as (select root, count(*) as in_scope, count(reached_on) as reached from reach group by root),
    dropped as (
      select root, count(*) as excluded from (
        select f.root, s.subject_id from family f join subject s on s.campaign_id = f.id where s.out_reason is not null
        except select root, subject_id from reach) as d group by root
    ), held as (
      select f.root, count(distinct g.id) as meetings from family f join member m on m.id = f.id
      join meeting g on g.tenant_id = ${tx.tenant} and m.tag = any(g.tags) and g.on_day between m.from_day and least(m.to_day, ${day}::date)
      group by f.root
    ), found as (
      select k.root, count(*) as problems, count(*) filter (where ${STATE} = 'solved') as solved, count(*) filter (where ${STATE} = 'open') as open,
        count(*) filter (where ${STATE} = 'otherwise') as otherwise
      from collected k join "case" c on c.tenant_id = ${tx.tenant} and c.id = k.case_id where ${visible(sight, tx.tenant)} group by k.root
    )
    select k.id, coalesce(o.in_scope, 0) as in_scope, coalesce(o.reached, 0) as reached, coalesce(d.excluded, 0) as excluded,
      coalesce(m.visits, 0) as visits, coalesce(m.person_times, 0) as person_times, coalesce(m.visited, 0) as visited,
      coalesce(h.meetings, 0) as meetings, coalesce(p.problems, 0) as problems, coalesce(p.solved, 0) as solved, coalesce(p.open, 0) as open, coalesce(p.otherwise, 0) as otherwise
    from campaign k left join made m on m.root = k.id left join owed o on o.root = k.id left join dropped d on d.root = k.id
    left join held h on h.root = k.id left join found p on p.root = k.id where k.tenant_id = ${tx.tenant} and k.id = any(${[...ids]}::uuid[])`)

export type SubjectState = 'reached' | 'missing' | 'excluded'
const MOST = 2000
const IS: Readonly<Record<SubjectState, RawBuilder<unknown>>> = {
  reached: sql`excluded is null and reached_on is not null`,
  missing: sql`excluded is null and reached_on is null`,
  excluded: sql`excluded is not null`,
}
interface SubjectFilter {
  readonly state?: SubjectState | undefined
  readonly subject?: LiaisonTargetId | UnitId | undefined
  readonly most?: number
}
/** Whom a campaign is to reach, the ones not yet reached first, each with the main liaison of a day. */
export const listSubjects = (tx: Tx, id: CampaignId, { state, subject, most = MOST }: SubjectFilter, day: string) =>
  tx.run<Omit<CampaignSubject, 'id'> & { id: LiaisonTargetId | UnitId; total: number }>(sql`
    with recursive ${rowsOf(tx, [id])},
    line as (
      select subject_id as id, reached_on, coalesce(contacts, 0) as contacts, last_on, null::text as excluded from reach
      union all
      select s.subject_id, null, 0, null, min(s.out_reason) from subject s
      where s.out_reason is not null and s.subject_id not in (select subject_id from reach) group by s.subject_id
    ), named as (
      select line.*, coalesce(t.name, u.name) as name, coalesce(t.kind, 'unit') as kind, t.closed_on from line
      left join liaison_target t on t.tenant_id = ${tx.tenant} and t.id = line.id
      left join unit u on u.tenant_id = ${tx.tenant} and u.id = line.id
    )
    select named.*, reached_on is not null as reached, count(*) over () as total,
      (select jsonb_build_object('id', p.id, 'name', p.name) from liaison l join person p on p.tenant_id = l.tenant_id and p.id = l.person_id
        where l.tenant_id = ${tx.tenant} and l.target_id = named.id and l.role = 'main' and l.valid_from <= ${day}
          and (l.valid_to is null or l.valid_to >= ${day}) limit 1) as main
    from named where ${state === undefined ? sql`true` : IS[state]} and (${subject === undefined} or named.id = ${subject ?? null}::uuid)
    order by excluded is not null, reached_on is not null, kind, name, id limit ${most}`)

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
export const listProblems = (
  tx: Tx,
  id: CampaignId,
  { state, most = MOST }: { readonly state?: ProblemRow['state'] | undefined; readonly most?: number | undefined },
  sight: Sight,
) =>
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
    order by c.closed_at is not null, c.due_at nulls last, c.received_at, c.id limit ${most}`)

export interface VisitWindow {
  readonly unit?: UnitId | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
const SHOWN = 300
/** The visits that count for a campaign, newest first. */
export const listCounted = (tx: Tx, id: CampaignId, { unit, from, to }: VisitWindow, most = SHOWN) =>
  tx.run<{ id: VisitId; total: number }>(sql`
    with recursive ${rowsOf(tx, [id])}
    select visit_id as id, count(*) over () as total from (select distinct visit_id, on_day from counted) as v
    where (${from === undefined} or on_day >= ${from ?? null}::date) and (${to === undefined} or on_day <= ${to ?? null}::date)
      and (${unit === undefined} or exists (select from visit_official w join post on post.tenant_id = w.tenant_id and post.person_id = w.person_id
        where w.tenant_id = ${tx.tenant} and w.visit_id = v.visit_id and post.unit_id = ${unit ?? null}::uuid
          and (post.valid_to is null or post.valid_to >= v.on_day)))
    order by on_day desc, visit_id desc limit ${most}`)

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
    ), line as (
      select on_day, 1 as visit, 0 as target, 0 as problem, 0 as solution from (select distinct visit_id, on_day from counted) as v
      union all select reached_on, 0, 1, 0, 0 from reach where reached_on is not null
      union all select received_on, 0, 0, 1, 0 from seen
      union all select closed_on, 0, 0, 0, 1 from seen where state = 'solved'
    ), added as (
      select date_trunc('week', on_day)::date as from_day, sum(visit) as visits, sum(target) as reached, sum(problem) as problems,
        sum(solution) as solved
      from line group by 1
    )
    select w.from_day as from, w.to_day as to, coalesce(a.visits, 0) as visits, coalesce(a.reached, 0) as reached,
      coalesce(a.problems, 0) as problems, coalesce(a.solved, 0) as solved
    from week w left join added a on a.from_day = w.from_day order by w.from_day`)

/** Of some campaigns, those in whose scope a target is. */
export const listSuiting = (tx: Tx, ids: readonly CampaignId[], target: LiaisonTargetId, person: PersonId | null) =>
  tx.run<{ id: CampaignId }>(sql`
    with recursive ${rowsOf(tx, ids)}
    select distinct f.root as id from family f join subject s on s.campaign_id = f.id where s.out_reason is null and s.subject_id = ${target}
    union
    select distinct f.root from family f join office o on o.campaign_id = f.id
    join post on post.tenant_id = ${tx.tenant} and post.unit_id = o.unit_id and post.person_id = ${person}::uuid and post.valid_to is null`)
