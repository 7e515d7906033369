import type { CaseId, EnterpriseId, MeetingId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Sight } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { type OwedRow, owedCase } from '#meeting'

export interface FirmRow {
  readonly id: EnterpriseId
  readonly name: string
  readonly uscc: string | null
  readonly divisionCode: string | null
}
/** Enterprises of the register that took part in a meeting: chosen as targets, or written down by their full name. */
export const listFirmsAt = (tx: Tx, meeting: MeetingId) =>
  tx.run<FirmRow>(sql`
    select t.id, t.name, t.uscc, t.division_code from liaison_target t
    where t.tenant_id = ${tx.tenant} and t.kind = 'enterprise' and (
      t.id in (select target_id from meeting_target where tenant_id = ${tx.tenant} and meeting_id = ${meeting})
      or t.name in (select unnest(firms) from meeting where tenant_id = ${tx.tenant} and id = ${meeting}))
    order by t.name, t.id`)

export interface IssueRow {
  readonly enterprise: { readonly id: EnterpriseId; readonly name: string }
  readonly kase: OwedRow
  readonly answered: boolean
  readonly byName: string
  readonly at: Date
}
/** What was raised at a meeting, in the order in which it was written down. */
export const listIssues = (tx: Tx, meeting: MeetingId, sight: Sight) =>
  tx.run<IssueRow>(sql`
    select jsonb_build_object('id', t.id, 'name', t.name) as enterprise, ${owedCase(tx, sight)} as kase,
      c.answered_at is not null or c.closed_at is not null as answered, i.by_name, i.at
    from meeting_issue i join "case" c on c.tenant_id = i.tenant_id and c.id = i.case_id
    join liaison_target t on t.tenant_id = i.tenant_id and t.id = i.enterprise_id
    where i.tenant_id = ${tx.tenant} and i.meeting_id = ${meeting} order by i.at, i.case_id`)

export const insertIssue = (
  tx: Tx,
  issue: { readonly caseId: CaseId; readonly meetingId: MeetingId; readonly enterpriseId: EnterpriseId },
  by: Actor,
) =>
  tx.run(sql`
    insert into meeting_issue (tenant_id, case_id, meeting_id, enterprise_id, by_name, at)
    values (${tx.tenant}, ${issue.caseId}, ${issue.meetingId}, ${issue.enterpriseId}, ${by.name}, ${by.at})`)
