import type { BaselineState, PersonId, ProjectId, ProjectStage } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface BaselineRow {
  readonly projectId: ProjectId
  readonly version: number
  readonly state: BaselineState
  readonly dates: readonly { readonly stage: ProjectStage; readonly on: string }[]
  readonly document: string
  readonly reason: string | null
  readonly proposedBy: PersonId | null
  readonly proposedName: string
  readonly proposedAt: Date
  readonly decidedName: string | null
  readonly decidedAt: Date | null
  readonly note: string | null
}
/** Every version of the expected dates of some projects (基线), oldest first. */
export const listBaselines = (tx: Tx, ids: readonly ProjectId[]) =>
  tx.run<BaselineRow>(sql`
    select project_id, version, state, dates, document, reason, proposed_by, proposed_name, proposed_at, decided_name, decided_at, note
    from project_baseline where tenant_id = ${tx.tenant} and project_id = any(${[...ids]}::uuid[]) order by project_id, version`)

export const insertBaseline = (
  tx: Tx,
  row: Pick<BaselineRow, 'projectId' | 'version' | 'dates' | 'document' | 'reason'>,
  by: Actor,
) =>
  tx.run(sql`
    insert into project_baseline (tenant_id, project_id, version, state, dates, document, reason, proposed_by, proposed_name, proposed_at)
    values (${tx.tenant}, ${row.projectId}, ${row.version}, 'proposed', ${JSON.stringify(row.dates)}::jsonb, ${row.document}, ${row.reason},
      ${by.personId}, ${by.name}, ${by.at})`)

export const saveDecision = (
  tx: Tx,
  id: ProjectId,
  { version, state, note }: { readonly version: number; readonly state: BaselineState; readonly note: string | null },
  by: Actor,
) =>
  tx.run(sql`
    update project_baseline set state = ${state}, note = ${note}, decided_by = ${by.personId}, decided_name = ${by.name}, decided_at = ${by.at}
    where tenant_id = ${tx.tenant} and project_id = ${id} and version = ${version}`)
