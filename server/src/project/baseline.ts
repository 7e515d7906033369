import type { Baseline, DecideBaseline, NewBaseline, ProjectId, ProjectStage, Role } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { type BaselineRow, insertBaseline, listBaselines, saveDecision } from './baseline.sql.ts'
import { lockSheet, refuseUnlessEditor } from './keeper.ts'
import { listStages } from './project.sql.ts'
import { STAGES } from './strip.ts'

const APPROVERS: readonly Role[] = ['leader', 'supervisor']
const mayApprove = (by: Actor) => APPROVERS.some((role) => by.roles.has(role))
const isOwn = ({ proposedBy }: Pick<BaselineRow, 'proposedBy'>, by: Actor) =>
  proposedBy !== null && proposedBy === by.personId

/** A version with what the caller may do to it. */
export const baselineView = (row: BaselineRow, by: Actor): Baseline => ({
  ...{ version: row.version, state: row.state, dates: [...row.dates], document: row.document, reason: row.reason },
  ...{ proposer: row.proposedName, proposedAt: row.proposedAt.toISOString(), decider: row.decidedName, note: row.note },
  decidedAt: row.decidedAt?.toISOString() ?? null,
  mayDecide: row.state === 'proposed' && mayApprove(by) && !isOwn(row, by),
})

/** The date of each stage that was frozen first (首次冻结), with its version; what was frozen later moves none of them. */
export function firstFrozen(rows: readonly BaselineRow[]): Map<ProjectStage, { on: string; row: BaselineRow }> {
  const first = new Map<ProjectStage, { on: string; row: BaselineRow }>()
  for (const row of rows.filter(({ state }) => state === 'frozen').toSorted((a, b) => a.version - b.version))
    for (const { stage, on } of row.dates) if (!first.has(stage)) first.set(stage, { on, row })
  return first
}

/**
 * Puts the expected dates of what has not happened before an approver (报请冻结).
 * @throws Fault 'project.not_found' | 'project.inactive' | 'forbidden' | 'project.baseline_waits' | 'project.baseline_empty' | 'project.baseline_reason'
 */
export async function proposeBaseline(
  tx: Tx,
  id: ProjectId,
  { document, reason }: NewBaseline,
  by: Actor,
): Promise<void> {
  const sheet = await lockSheet(tx, id, by.at)
  await refuseUnlessEditor(tx, sheet, by)
  const rows = await listBaselines(tx, [id])
  if (rows.some(({ state }) => state === 'proposed')) throw new Fault('project.baseline_waits')
  if (reason === undefined && rows.some(({ state }) => state === 'frozen')) throw new Fault('project.baseline_reason')
  const stages = await listStages(tx, [id])
  const dates = STAGES.flatMap((stage) => {
    const row = stages.find((one) => one.stage === stage)
    return row?.expectedOn && row.actualOn === null ? { stage, on: row.expectedOn } : []
  })
  if (dates.length === 0) throw new Fault('project.baseline_empty')
  const version = (rows.at(-1)?.version ?? 0) + 1
  const masked = { document: maskPersonal(document), reason: reason === undefined ? null : maskPersonal(reason) }
  await insertBaseline(tx, { projectId: id, version, dates, ...masked }, by)
  const note = `${sheet.name} 第${version}版 ${masked.document}`
  await audit(tx, by, { action: 'proposeBaseline', objectKind: 'project', objectId: id, note })
}

/**
 * Freezes or returns a version (冻结预期日期).
 * @throws Fault 'project.not_found' | 'project.inactive' | 'project.baseline_none' | 'forbidden' | 'project.baseline_own'
 */
export async function decideBaseline(
  tx: Tx,
  id: ProjectId,
  { version, freeze, note }: DecideBaseline & { readonly version: number },
  by: Actor,
): Promise<void> {
  const sheet = await lockSheet(tx, id, by.at)
  const row = (await listBaselines(tx, [id])).find((one) => one.version === version)
  if (row?.state !== 'proposed') throw new Fault('project.baseline_none')
  if (!mayApprove(by)) throw new Fault('forbidden')
  if (isOwn(row, by)) throw new Fault('project.baseline_own')
  const state = freeze ? 'frozen' : 'returned'
  await saveDecision(tx, id, { version, state, note: note === undefined ? null : maskPersonal(note) }, by)
  const told = `${sheet.name} 第${version}版${freeze ? '冻结' : '退回'}`
  await audit(tx, by, { action: 'decideBaseline', objectKind: 'project', objectId: id, note: told })
}
