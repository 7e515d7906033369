import type {
  CampaignId,
  CaseId,
  LiaisonTargetId,
  MeetingId,
  MinutesState,
  NewMeeting,
  PersonId,
  Presence,
  UnitId,
} from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Sight } from '#case'
import type { Tx } from '#kernel/store'
import { type OwedRow, owedCase } from './owed.sql.ts'

export interface KindFacts {
  readonly code: string
  readonly label: string
  readonly series: string
}
interface PersonName {
  readonly id: PersonId
  readonly name: string
}
/** A meeting as it is stored, without what hangs on it. */
export interface MeetingFacts {
  readonly id: MeetingId
  readonly title: string
  readonly kind: KindFacts
  readonly on: string
  readonly at: string
  readonly place: string
  readonly chair: PersonName
  readonly tags: string[]
  readonly agenda: string[]
  readonly firms: string[]
  readonly state: MinutesState
  readonly text: string | null
  readonly draftedBy: PersonName | null
  readonly draftedAt: Date | null
  readonly approvedBy: PersonName | null
  readonly approvedAt: Date | null
  readonly returnedWhy: string | null
  readonly issuedBy: PersonName | null
  readonly issuedOn: string | null
  readonly number: string | null
  readonly decisions: { all: number; open: number; red: number; done: number }
}
export interface MeetingFilter {
  readonly id?: MeetingId | undefined
  readonly kind?: string | undefined
  readonly state?: MinutesState | undefined
  readonly tag?: string | undefined
  readonly campaign?: CampaignId | undefined
  readonly target?: LiaisonTargetId | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  /** Only those with a decision that waits for this person's check. */
  readonly checker?: PersonId | null | undefined
}
const SHOWN = 500

/** The case that stands for a decision (alias `d`) now: the last that was opened for it, or the one it was added to until it is sent back. */
export const CASE_OF_DECISION = sql`coalesce((select dc.case_id from decision_case dc
  where dc.tenant_id = d.tenant_id and dc.decision_id = d.id order by dc.round desc limit 1), d.case_id)`

function conditionsOf(tx: Tx, { id, kind, state, tag, campaign, target, from, to, checker }: MeetingFilter) {
  const conditions: RawBuilder<unknown>[] = [sql`m.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`m.id = ${id}`)
  if (kind !== undefined) conditions.push(sql`m.kind->>'code' = ${kind}`)
  if (state !== undefined) conditions.push(sql`m.state = ${state}`)
  if (tag) conditions.push(sql`${tag} = any(m.tags)`)
  if (campaign !== undefined) conditions.push(countsFor(tx, campaign))
  if (target !== undefined)
    conditions.push(
      sql`exists (select from meeting_target t where t.tenant_id = m.tenant_id and t.meeting_id = m.id and t.target_id = ${target})`,
    )
  if (from !== undefined) conditions.push(sql`m.on_day >= ${from}`)
  if (to !== undefined) conditions.push(sql`m.on_day <= ${to}`)
  if (checker !== undefined)
    conditions.push(sql`m.state = 'issued' and exists (select from decision d join "case" c on c.tenant_id = d.tenant_id and c.id = ${CASE_OF_DECISION}
      where d.tenant_id = m.tenant_id and d.meeting_id = m.id and d.checker_id = ${checker} and d.checked_on is null and c.closed_at is not null)`)
  return sql.join(conditions, sql` and `)
}
/** Whether a campaign or one that is part of it counts a meeting: its word, and its dates. */
const countsFor = (tx: Tx, campaign: CampaignId) => sql`exists (
  with recursive part as (
    select id from campaign where tenant_id = ${tx.tenant} and id = ${campaign}
    union select k.id from part join campaign k on k.tenant_id = ${tx.tenant} and k.parent_id = part.id
  ) select from campaign k where k.tenant_id = ${tx.tenant} and k.id in (select id from part) and k.tag = any(m.tags)
    and m.on_day between k.from_day and k.to_day)`
const person = (column: RawBuilder<unknown>) =>
  sql`(select jsonb_build_object('id', p.id, 'name', p.name) from person p where p.tenant_id = m.tenant_id and p.id = ${column})`

/** Meetings, the latest first, each with how its decisions stand; a decision is open until somebody has checked it. */
export const listMeetings = (tx: Tx, filter: MeetingFilter, now: Date) =>
  tx.run<MeetingFacts>(sql`
    select m.id, m.title, m.kind, m.on_day as on, m.at_time as at, m.place, ${person(sql`m.chair_id`)} as chair, m.tags, m.agenda, m.firms, m.state,
      m.body as text, ${person(sql`m.drafted_by`)} as drafted_by, m.drafted_at, ${person(sql`m.approved_by`)} as approved_by, m.approved_at, m.returned_why,
      ${person(sql`m.issued_by`)} as issued_by, m.issued_on, m.number,
      (select jsonb_build_object('all', count(*), 'done', count(d.checked_on), 'open', count(*) filter (where m.state = 'issued' and d.checked_on is null),
          'red', count(*) filter (where d.checked_on is null and c.closed_at is null and c.due_at < ${now}))
        from decision d left join "case" c on c.tenant_id = d.tenant_id and c.id = ${CASE_OF_DECISION}
        where d.tenant_id = m.tenant_id and d.meeting_id = m.id) as decisions
    from meeting m where ${conditionsOf(tx, filter)} order by m.on_day desc, m.at_time desc, m.id desc limit ${SHOWN}`)

/** How many of each kind; the kind as it was last called. */
export const countKinds = (tx: Tx, filter: MeetingFilter) =>
  tx.run<{ code: string; label: string; meetings: number }>(sql`
    select m.kind->>'code' as code, (array_agg(m.kind->>'label' order by m.on_day desc))[1] as label, count(*) as meetings
    from meeting m where ${conditionsOf(tx, { ...filter, kind: undefined })} group by 1 order by 3 desc, 1`)

/** Holds a meeting until the transaction ends: its minutes are drafted, approved and issued one after the other. */
export const lockMeeting = (tx: Tx, id: MeetingId) =>
  tx.run(sql`select 1 from meeting where tenant_id = ${tx.tenant} and id = ${id} for update`)

export interface AttendanceRow {
  readonly unit: { readonly id: UnitId; readonly name: string }
  readonly person: PersonName | null
  readonly presence: Presence
  readonly reason: string | null
}
export const listAttendance = (tx: Tx, id: MeetingId) =>
  tx.run<AttendanceRow>(sql`
    select jsonb_build_object('id', u.id, 'name', u.name) as unit, case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as person,
      a.presence, a.reason
    from meeting_attendance a join unit u on u.tenant_id = a.tenant_id and u.id = a.unit_id
    left join person p on p.tenant_id = a.tenant_id and p.id = a.person_id
    where a.tenant_id = ${tx.tenant} and a.meeting_id = ${id} order by a.position`)

export const listMeetingTargets = (tx: Tx, id: MeetingId) =>
  tx.run<{ id: LiaisonTargetId; name: string }>(sql`
    select t.id, t.name from meeting_target mt join liaison_target t on t.tenant_id = mt.tenant_id and t.id = mt.target_id
    where mt.tenant_id = ${tx.tenant} and mt.meeting_id = ${id} order by t.name`)

/** The cases a meeting was about. */
export const listMeetingCases = (tx: Tx, id: MeetingId, sight: Sight) =>
  tx.run<{ kase: OwedRow }>(sql`
    select ${owedCase(tx, sight)} as kase from meeting_case mc join "case" c on c.tenant_id = mc.tenant_id and c.id = mc.case_id
    where mc.tenant_id = ${tx.tenant} and mc.meeting_id = ${id} order by c.number`)

/** Meetings that were about a case, or where an enterprise raised it, without having decided on it. */
export const listMeetingsAbout = (tx: Tx, kase: CaseId) =>
  tx.run<{ id: MeetingId; title: string; number: string | null; on: string; text: string }>(sql`
    select m.id, m.title, m.number, m.on_day as on, array_to_string(m.agenda, '；') as text
    from meeting m where m.tenant_id = ${tx.tenant} and m.id in (
      select meeting_id from meeting_case where tenant_id = ${tx.tenant} and case_id = ${kase}
      union select meeting_id from meeting_issue where tenant_id = ${tx.tenant} and case_id = ${kase}) order by m.on_day desc, m.id limit 50`)

type Stored = Omit<NewMeeting, 'kind' | 'attendance' | 'targetIds' | 'caseNumbers'> & { readonly kind: KindFacts }
export const insertMeeting = (tx: Tx, id: MeetingId, given: Stored, at: Date) =>
  tx.run(sql`
    insert into meeting (tenant_id, id, title, kind, on_day, at_time, place, chair_id, tags, agenda, firms, state, created_at)
    values (${tx.tenant}, ${id}, ${given.title}, ${JSON.stringify(given.kind)}::jsonb, ${given.on}, ${given.at}, ${given.place}, ${given.chairId},
      ${[...new Set(given.tags)]}::text[], ${given.agenda}::text[], ${given.firms}::text[], 'none', ${at})`)
export const updateMeeting = (tx: Tx, id: MeetingId, given: Stored) =>
  tx.run(sql`
    update meeting set title = ${given.title}, kind = ${JSON.stringify(given.kind)}::jsonb, on_day = ${given.on}, at_time = ${given.at}, place = ${given.place},
      chair_id = ${given.chairId}, tags = ${[...new Set(given.tags)]}::text[], agenda = ${given.agenda}::text[], firms = ${given.firms}::text[]
    where tenant_id = ${tx.tenant} and id = ${id}`)

/** Who came, which targets, which cases: written anew as a whole. */
export async function replaceAround(
  tx: Tx,
  id: MeetingId,
  { attendance, targetIds }: Pick<NewMeeting, 'attendance' | 'targetIds'>,
  cases: readonly CaseId[],
): Promise<void> {
  await tx.run(sql`delete from meeting_attendance where tenant_id = ${tx.tenant} and meeting_id = ${id}`)
  await tx.run(sql`delete from meeting_target where tenant_id = ${tx.tenant} and meeting_id = ${id}`)
  await tx.run(sql`delete from meeting_case where tenant_id = ${tx.tenant} and meeting_id = ${id}`)
  await tx.run(sql`
    insert into meeting_attendance (tenant_id, meeting_id, position, unit_id, person_id, presence, reason)
    select ${tx.tenant}, ${id}, a.position, (a.row->>'unitId')::uuid, (a.row->>'personId')::uuid, a.row->>'presence', a.row->>'reason'
    from jsonb_array_elements(${JSON.stringify(attendance)}::jsonb) with ordinality as a (row, position)`)
  await tx.run(
    sql`insert into meeting_target (tenant_id, meeting_id, target_id) select distinct ${tx.tenant}::int, ${id}::uuid, t from unnest(${targetIds}::uuid[]) as t`,
  )
  await tx.run(
    sql`insert into meeting_case (tenant_id, meeting_id, case_id) select distinct ${tx.tenant}::int, ${id}::uuid, c from unnest(${[...cases]}::uuid[]) as c`,
  )
}
export const countTargets = async (tx: Tx, ids: readonly LiaisonTargetId[]) =>
  (
    await tx.run<{ n: number }>(
      sql`select count(*) as n from liaison_target where tenant_id = ${tx.tenant} and id = any(${[...ids]}::uuid[])`,
    )
  )[0]?.n ?? 0

export const saveDraft = (tx: Tx, id: MeetingId, text: string, by: PersonId, at: Date) =>
  tx.run(sql`
    update meeting set state = 'draft', body = ${text}, drafted_by = ${by}, drafted_at = ${at}, approved_by = null, approved_at = null, returned_why = null
    where tenant_id = ${tx.tenant} and id = ${id}`)
export const saveApproval = (tx: Tx, id: MeetingId, by: PersonId, at: Date) =>
  tx.run(sql`
    update meeting set state = 'approved', approved_by = ${by}, approved_at = ${at} where tenant_id = ${tx.tenant} and id = ${id}`)
export const saveReturn = (tx: Tx, id: MeetingId, why: string) =>
  tx.run(sql`
    update meeting set state = 'returned', returned_why = ${why}, approved_by = null, approved_at = null where tenant_id = ${tx.tenant} and id = ${id}`)
export const saveIssue = (
  tx: Tx,
  id: MeetingId,
  issue: { readonly by: PersonId; readonly on: string; readonly number: string },
) =>
  tx.run(sql`
    update meeting set state = 'issued', issued_by = ${issue.by}, issued_on = ${issue.on}, number = ${issue.number}
    where tenant_id = ${tx.tenant} and id = ${id}`)
