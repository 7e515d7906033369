import type { CaseId, DecisionForm, DecisionId, MeetingId, PersonId, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Sight } from '#case'
import type { Tx } from '#kernel/store'
import { CASE_OF_DECISION } from './meeting.sql.ts'
import { type OwedRow, owedCase } from './owed.sql.ts'

interface PersonName {
  readonly id: PersonId
  readonly name: string
}
export interface DecisionRow {
  readonly id: DecisionId
  readonly meetingId: MeetingId
  readonly position: number
  readonly text: string
  readonly form: DecisionForm
  readonly unit: { readonly id: UnitId; readonly name: string } | null
  readonly person: PersonName | null
  readonly dueOn: string | null
  readonly checker: PersonName | null
  readonly checkedOn: string | null
  readonly checkNote: string | null
  /** How many cases were opened for it: each was a return, but for the first of a decision that opened its own. */
  readonly rounds: number
  readonly issued: boolean
  readonly kase: OwedRow | null
}
const person = (column: 'person_id' | 'checker_id') =>
  sql`(select jsonb_build_object('id', p.id, 'name', p.name) from person p where p.tenant_id = d.tenant_id and p.id = d.${sql.ref(column)})`

/** The decisions of a meeting in their order, or one of them, with the case that stands for each now. */
export const listDecisions = (
  tx: Tx,
  of: { readonly meeting: MeetingId } | { readonly id: DecisionId },
  sight: Sight,
) =>
  tx.run<DecisionRow>(sql`
    select d.id, d.meeting_id, d.position, d.body as text, d.form, case when u.id is not null then jsonb_build_object('id', u.id, 'name', u.name) end as unit,
      ${person('person_id')} as person, d.due_on, ${person('checker_id')} as checker, d.checked_on, d.check_note, m.state = 'issued' as issued,
      (select count(*) from decision_case dc where dc.tenant_id = d.tenant_id and dc.decision_id = d.id) as rounds,
      case when c.id is not null then ${owedCase(tx, sight)} end as kase
    from decision d join meeting m on m.tenant_id = d.tenant_id and m.id = d.meeting_id
    left join unit u on u.tenant_id = d.tenant_id and u.id = d.unit_id
    left join "case" c on c.tenant_id = d.tenant_id and c.id = ${CASE_OF_DECISION}
    where d.tenant_id = ${tx.tenant} and ${'id' in of ? sql`d.id = ${of.id}` : sql`d.meeting_id = ${of.meeting}`} order by d.position`)

export const lockDecision = (tx: Tx, id: DecisionId) =>
  tx.run(sql`select 1 from decision where tenant_id = ${tx.tenant} and id = ${id} for update`)

/** A decision as it is written down. */
export interface DecisionDraft {
  readonly id: DecisionId
  readonly text: string
  readonly form: DecisionForm
  readonly unitId: UnitId | null
  readonly personId: PersonId | null
  readonly dueOn: string | null
  readonly checkerId: PersonId | null
  readonly caseId: CaseId | null
}
/** The decisions of a draft, written anew as a whole; once issued they are never replaced. */
export async function replaceDecisions(tx: Tx, meeting: MeetingId, drafts: readonly DecisionDraft[]): Promise<void> {
  await tx.run(sql`delete from decision where tenant_id = ${tx.tenant} and meeting_id = ${meeting}`)
  await tx.run(sql`
    insert into decision (tenant_id, id, meeting_id, position, body, form, unit_id, person_id, due_on, checker_id, case_id)
    select ${tx.tenant}, (d.row->>'id')::uuid, ${meeting}, d.position, d.row->>'text', d.row->>'form', (d.row->>'unitId')::uuid, (d.row->>'personId')::uuid,
      (d.row->>'dueOn')::date, (d.row->>'checkerId')::uuid, (d.row->>'caseId')::uuid
    from jsonb_array_elements(${JSON.stringify(drafts)}::jsonb) with ordinality as d (row, position)`)
}

export const insertDecisionCase = (tx: Tx, id: DecisionId, round: number, kase: CaseId) =>
  tx.run(sql`
    insert into decision_case (tenant_id, decision_id, round, case_id) values (${tx.tenant}, ${id}, ${round}, ${kase})`)
export const saveCheck = (tx: Tx, id: DecisionId, on: string, note: string) =>
  tx.run(
    sql`update decision set checked_on = ${on}, check_note = ${note} where tenant_id = ${tx.tenant} and id = ${id}`,
  )
/** Sends a decision back: why stands with the case that did not pass, the new day with the decision. */
export async function saveSentBack(tx: Tx, id: DecisionId, why: string, dueOn: string): Promise<void> {
  await tx.run(sql`
    update decision_case set returned_why = ${why} where tenant_id = ${tx.tenant} and decision_id = ${id}
      and round = (select max(round) from decision_case where tenant_id = ${tx.tenant} and decision_id = ${id})`)
  await tx.run(sql`update decision set due_on = ${dueOn} where tenant_id = ${tx.tenant} and id = ${id}`)
}

/** The decisions that a case was opened for or that were added to it. */
export const listDecisionsOfCase = (tx: Tx, kase: CaseId) =>
  tx.run<{ id: MeetingId; title: string; number: string | null; on: string; text: string }>(sql`
    select m.id, m.title, m.number, m.on_day as on, d.body as text
    from decision d join meeting m on m.tenant_id = d.tenant_id and m.id = d.meeting_id
    where d.tenant_id = ${tx.tenant} and m.state = 'issued'
      and (d.case_id = ${kase} or exists (select from decision_case dc where dc.tenant_id = d.tenant_id and dc.decision_id = d.id and dc.case_id = ${kase}))
    order by m.on_day desc, d.position limit 50`)

/** What waits for a person's check: reported, not yet looked at. */
export const countToCheck = async (tx: Tx, checker: PersonId) =>
  (
    await tx.run<{ n: number }>(sql`
    select count(*) as n from decision d join meeting m on m.tenant_id = d.tenant_id and m.id = d.meeting_id
    join "case" c on c.tenant_id = d.tenant_id and c.id = ${CASE_OF_DECISION}
    where d.tenant_id = ${tx.tenant} and m.state = 'issued' and d.checker_id = ${checker} and d.checked_on is null and c.closed_at is not null`)
  )[0]?.n ?? 0
