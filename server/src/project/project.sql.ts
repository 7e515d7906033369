import type {
  BottleneckRow,
  EnterpriseId,
  FactorRow,
  LiaisonId,
  PersonId,
  ProjectId,
  ProjectMaturity,
  ProjectOfficer,
  ProjectStage,
  ProjectState,
  ProjectType,
  SetFactor,
  SetProjectStages,
  UnitId,
} from '@banjie/contract'
import { sql } from 'kysely'
import { type Sight, visible } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { holdObligations } from '#obligation'

/** A sheet (项目台账) as it is stored, with the names it shows. */
export interface SheetRow {
  readonly id: ProjectId
  readonly name: string
  readonly enterprise: { readonly id: EnterpriseId; readonly name: string } | null
  readonly amountFen: number
  readonly type: ProjectType
  readonly maturity: ProjectMaturity
  readonly single: boolean
  readonly chain: string | null
  readonly divisionCode: string | null
  readonly unit: { readonly id: UnitId; readonly name: string }
  readonly person: { readonly id: PersonId; readonly name: string } | null
  readonly agent: string | null
  readonly groups: { readonly id: UnitId; readonly name: string }[]
  readonly state: ProjectState
  readonly stateNote: string | null
  readonly lackingSince: string | null
  readonly createdAt: Date
  readonly openBottlenecks: number
  readonly pausedUntil: string | null
}
export interface SheetFilter {
  readonly ids?: readonly ProjectId[] | undefined
  readonly enterprise?: EnterpriseId | undefined
  readonly q?: string | undefined
  readonly type?: ProjectType | undefined
  readonly maturity?: ProjectMaturity | undefined
  readonly group?: UnitId | undefined
}

/** One who writes to the register at a time: what is owed follows from a project, its stages and its officers at once. */
export const holdProjects = (tx: Tx) => holdObligations(tx, 'project', 'whole')

/** Projects with a sheet, the largest first. `day`: the day of asking, for pauses. */
export const listSheets = (tx: Tx, { ids, enterprise, q, type, maturity, group }: SheetFilter, day: string) =>
  tx.run<SheetRow>(sql`
    select j.id, t.name, case when e.id is not null then jsonb_build_object('id', e.id, 'name', e.name) end as enterprise, j.amount_fen, j.type, j.maturity,
      j.single, j.chain, j.division_code, jsonb_build_object('id', u.id, 'name', u.name) as unit,
      case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as person, j.agent, j.state, j.state_note, j.lacking_since,
      j.created_at,
      (select coalesce(jsonb_agg(jsonb_build_object('id', g.id, 'name', g.name) order by g.name), '[]') from project_group b
        join unit g on g.tenant_id = b.tenant_id and g.id = b.unit_id where b.tenant_id = j.tenant_id and b.project_id = j.id) as groups,
      (select count(*) from project_case b join "case" c on c.tenant_id = b.tenant_id and c.id = b.case_id
        where b.tenant_id = j.tenant_id and b.project_id = j.id and c.closed_at is null) as open_bottlenecks,
      (select max(to_day) from project_pause z where z.tenant_id = j.tenant_id and z.project_id = j.id and z.from_day <= ${day} and z.to_day >= ${day}) as paused_until
    from project j join liaison_target t on t.tenant_id = j.tenant_id and t.id = j.id
    join unit u on u.tenant_id = j.tenant_id and u.id = j.unit_id
    left join liaison_target e on e.tenant_id = j.tenant_id and e.id = j.enterprise_id
    left join person p on p.tenant_id = j.tenant_id and p.id = j.person_id
    where j.tenant_id = ${tx.tenant}
      and (${ids === undefined} or j.id = any(${[...(ids ?? [])]}::uuid[]))
      and (${enterprise === undefined} or j.enterprise_id = ${enterprise ?? null}::uuid)
      and (${type === undefined} or j.type = ${type ?? null}) and (${maturity === undefined} or j.maturity = ${maturity ?? null})
      and (${group === undefined} or exists (select from project_group b where b.tenant_id = j.tenant_id and b.project_id = j.id and b.unit_id = ${group ?? null}::uuid))
      and (${!q} or t.name ilike ${`%${(q ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`})
    order by (j.state <> 'active'), j.amount_fen desc, t.name, j.id limit 5000`)

/** Targets bound as projects whose amount nobody has given (待补投资额). */
export const listWithoutSheet = (tx: Tx, day: string) =>
  tx.run<{ id: ProjectId; name: string }>(sql`
    select t.id, t.name from liaison_target t where t.tenant_id = ${tx.tenant} and t.kind = 'project' and (t.closed_on is null or t.closed_on >= ${day})
      and not exists (select from project j where j.tenant_id = t.tenant_id and j.id = t.id) order by t.name, t.id limit 500`)

export interface SheetFacts {
  readonly enterpriseId?: EnterpriseId | undefined
  readonly amountFen: number
  readonly type: ProjectType
  readonly maturity: ProjectMaturity
  readonly single: boolean
  readonly chain?: string | undefined
  readonly divisionCode?: string | undefined
  readonly unitId: UnitId
  readonly personId?: PersonId | undefined
  readonly agent?: string | undefined
}
/** @returns false where the target has a sheet already */
export const insertSheet = async (tx: Tx, id: ProjectId, s: SheetFacts, by: Actor) =>
  (
    await tx.run(sql`
    insert into project (tenant_id, id, enterprise_id, amount_fen, type, maturity, single, chain, division_code, unit_id, person_id, agent, by_name, created_at, updated_at)
    values (${tx.tenant}, ${id}, ${s.enterpriseId ?? null}, ${s.amountFen}, ${s.type}, ${s.maturity}, ${s.single}, ${s.chain ?? null},
      ${s.divisionCode ?? null}, ${s.unitId}, ${s.personId ?? null}, ${s.agent ?? null}, ${by.name}, ${by.at}, ${by.at})
    on conflict do nothing returning 1 as one`)
  ).length > 0
export const saveSheet = (tx: Tx, id: ProjectId, s: SheetFacts, by: Actor) =>
  tx.run(sql`
    update project set enterprise_id = ${s.enterpriseId ?? null}, amount_fen = ${s.amountFen}, type = ${s.type}, maturity = ${s.maturity},
      single = ${s.single}, chain = ${s.chain ?? null}, division_code = ${s.divisionCode ?? null}, unit_id = ${s.unitId},
      person_id = ${s.personId ?? null}, agent = ${s.agent ?? null}, by_name = ${by.name}, updated_at = ${by.at}
    where tenant_id = ${tx.tenant} and id = ${id}`)
/** The leading groups a project stands under (领导小组), in place of those before. */
export async function putGroups(tx: Tx, id: ProjectId, units: readonly UnitId[]): Promise<void> {
  await tx.run(sql`delete from project_group where tenant_id = ${tx.tenant} and project_id = ${id}`)
  await tx.run(sql`
    insert into project_group (tenant_id, project_id, unit_id)
    select ${tx.tenant}, ${id}, unit_id from unnest(${[...units]}::uuid[]) as u (unit_id) on conflict do nothing`)
}
export const saveState = (
  tx: Tx,
  id: ProjectId,
  { state, into, note }: { readonly state: ProjectState; readonly into: ProjectId | null; readonly note: string },
  by: Actor,
) =>
  tx.run(sql`
    update project set state = ${state}, merged_into = ${into}, state_note = ${note}, by_name = ${by.name}, updated_at = ${by.at}
    where tenant_id = ${tx.tenant} and id = ${id}`)
/** From which day the rule asks for officers that are not there; null where nothing lacks. */
export const saveLacking = (tx: Tx, rows: readonly { readonly id: ProjectId; readonly since: string | null }[]) =>
  tx.run(sql`
    update project set lacking_since = r.since from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, since date)
    where project.tenant_id = ${tx.tenant} and project.id = r.id and project.lacking_since is distinct from r.since`)

export interface StageRow {
  readonly projectId: ProjectId
  readonly stage: ProjectStage
  readonly plannedOn: string | null
  readonly expectedOn: string | null
  readonly actualOn: string | null
  readonly days: number | null
  readonly redLine: boolean
}
export const listStages = (tx: Tx, ids: readonly ProjectId[]) =>
  tx.run<StageRow>(sql`
    select project_id, stage, planned_on, expected_on, actual_on, days, red_line from project_stage
    where tenant_id = ${tx.tenant} and project_id = any(${[...ids]}::uuid[])`)
/** Replaces the stages of a project. */
export async function putStages(tx: Tx, id: ProjectId, stages: SetProjectStages['stages']): Promise<void> {
  await tx.run(sql`delete from project_stage where tenant_id = ${tx.tenant} and project_id = ${id}`)
  await tx.run(sql`
    insert into project_stage (tenant_id, project_id, stage, planned_on, expected_on, actual_on, days, red_line)
    select ${tx.tenant}, ${id}, s.stage, s."plannedOn", s."expectedOn", s."actualOn", s.days, s."redLine"
    from jsonb_to_recordset(${JSON.stringify(stages)}::jsonb)
      as s (stage text, "plannedOn" date, "expectedOn" date, "actualOn" date, days int, "redLine" boolean)`)
}

/** Whoever holds or held an office of a project, with the rank of today. */
export interface OfficeRow {
  readonly projectId: ProjectId
  readonly liaisonId: LiaisonId
  readonly role: ProjectOfficer
  readonly person: { readonly id: PersonId; readonly name: string }
  readonly from: string
  /** The last day of the liaison, or of the person's last post where they left before. */
  readonly servedTo: string | null
  readonly rank: { readonly code: string; readonly name: string; readonly level: number } | null
}
/** The highest rank among the posts that somebody has not left. Cost: the liaisons of these projects once, with their people's posts. */
export const listOffices = (tx: Tx, ids: readonly ProjectId[], day: string) =>
  tx.run<OfficeRow>(sql`
    select o.project_id, l.id as liaison_id, o.role, jsonb_build_object('id', p.id, 'name', p.name) as person,
      greatest(l.valid_from, line.office_from) as from,
      least(l.valid_to, (select case when bool_or(post.valid_to is null) then null else max(post.valid_to) end
        from post where post.tenant_id = l.tenant_id and post.person_id = l.person_id)) as served_to,
      (select jsonb_build_object('code', rank.code, 'name', rank.name, 'level', rank.level) from post
        join rank on rank.tenant_id = post.tenant_id and rank.id = post.rank_id
        where post.tenant_id = l.tenant_id and post.person_id = l.person_id and (post.valid_to is null or post.valid_to >= ${day})
        order by rank.level desc, rank.code limit 1) as rank
    from project_officer o join liaison l on l.tenant_id = o.tenant_id and l.line_id = o.line_id and l.target_id = o.project_id
    join liaison line on line.tenant_id = o.tenant_id and line.id = o.line_id
    join person p on p.tenant_id = l.tenant_id and p.id = l.person_id
    where o.tenant_id = ${tx.tenant} and o.project_id = any(${[...ids]}::uuid[]) order by o.role, l.valid_from, l.id`)

/** The liaison that binds somebody to a project on a day, and which office its line holds. */
export const findBond = async (tx: Tx, project: ProjectId, person: PersonId, day: string) =>
  (
    await tx.run<{ lineId: LiaisonId; role: ProjectOfficer | null }>(sql`
    select l.line_id, o.role from liaison l
    left join project_officer o on o.tenant_id = l.tenant_id and o.project_id = l.target_id and o.line_id = l.line_id
    where l.tenant_id = ${tx.tenant} and l.target_id = ${project} and l.person_id = ${person}
      and l.valid_from <= ${day} and (l.valid_to is null or l.valid_to >= ${day})`)
  )[0]
/** Whether somebody is the main liaison of a project on a day or later. */
export const hasMain = async (tx: Tx, project: ProjectId, day: string) =>
  (
    await tx.run(sql`
    select 1 as one from liaison where tenant_id = ${tx.tenant} and target_id = ${project} and role = 'main' and (valid_to is null or valid_to >= ${day})`)
  ).length > 0
export const insertOffice = (tx: Tx, project: ProjectId, line: LiaisonId, role: ProjectOfficer, by: Actor) =>
  tx.run(sql`
    insert into project_officer (tenant_id, project_id, line_id, role, by_name, at)
    values (${tx.tenant}, ${project}, ${line}, ${role}, ${by.name}, ${by.at})`)

export interface PauseRow {
  readonly projectId: ProjectId
  readonly from: string
  readonly to: string
  readonly reason: string
  readonly by: string
}
export const listPauses = (tx: Tx, ids: readonly ProjectId[]) =>
  tx.run<PauseRow>(sql`
    select project_id, from_day as from, to_day as to, reason, by_name as by from project_pause
    where tenant_id = ${tx.tenant} and project_id = any(${[...ids]}::uuid[]) order by from_day`)
export const putPause = (tx: Tx, id: ProjectId, given: { from: string; to: string; reason: string }, by: Actor) =>
  tx.run(sql`
    insert into project_pause (tenant_id, project_id, from_day, to_day, reason, by_name, at)
    values (${tx.tenant}, ${id}, ${given.from}, ${given.to}, ${given.reason}, ${by.name}, ${by.at})
    on conflict (tenant_id, project_id, from_day) do update set to_day = excluded.to_day, reason = excluded.reason, by_name = excluded.by_name, at = excluded.at`)

export interface BottleneckFacts {
  readonly kind: BottleneckRow['kind']
  readonly number: string
  readonly title: string
  readonly type: string
  readonly stage: string
  readonly dueAt: Date | null
  readonly yellowAt: Date | null
  readonly dueKind: string | null
  readonly paused: boolean
  readonly closedAt: Date | null
  readonly mayOpen: boolean
  readonly leadUnit: { readonly id: UnitId; readonly name: string } | null
  readonly at: Date
}
/** What holds a project up, what is open first; a case the caller does not see is told but not opened, a confidential one without its title. */
export const listBottlenecks = (tx: Tx, id: ProjectId, sight: Sight) =>
  tx.run<BottleneckFacts>(sql`
    select b.kind, c.number, case when c.confidential and not ${visible(sight, tx.tenant)} then '（保密事项）' else c.title end as title, c.type,
      ${visible(sight, tx.tenant)} as may_open, c.stage, c.due_at, c.yellow_at, c.due_kind, c.paused, c.closed_at, b.at,
      case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as lead_unit
    from project_case b join "case" c on c.tenant_id = b.tenant_id and c.id = b.case_id
    left join unit u on u.tenant_id = c.tenant_id and u.id = c.lead_unit_id
    where b.tenant_id = ${tx.tenant} and b.project_id = ${id}
    order by (c.closed_at is not null), b.at, c.number limit 500`)
export const insertBottleneck = (tx: Tx, id: ProjectId, caseId: string, kind: BottleneckRow['kind'], at: Date) =>
  tx.run(sql`
    insert into project_case (tenant_id, project_id, case_id, kind, at) values (${tx.tenant}, ${id}, ${caseId}, ${kind}, ${at})`)

export const listFactors = (tx: Tx, id: ProjectId) =>
  tx.run<FactorRow>(sql`
    select factor, needed, due_on, secured_on, by_name as by from project_factor where tenant_id = ${tx.tenant} and project_id = ${id}
    order by array_position(array['land', 'funds', 'labour', 'energy', 'permit', 'supporting'], factor)`)
export const putFactor = (tx: Tx, id: ProjectId, given: SetFactor, by: Actor) =>
  tx.run(sql`
    insert into project_factor (tenant_id, project_id, factor, needed, due_on, secured_on, by_name, at)
    values (${tx.tenant}, ${id}, ${given.factor}, ${given.needed}, ${given.dueOn ?? null}, ${given.securedOn ?? null}, ${by.name}, ${by.at})
    on conflict (tenant_id, project_id, factor) do update set needed = excluded.needed, due_on = excluded.due_on, secured_on = excluded.secured_on,
      by_name = excluded.by_name, at = excluded.at`)
