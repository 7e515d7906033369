import { PROJECT_STAGE, type ProjectId, type SetProjectStages } from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { followStage } from '#liaison'
import { dayOf } from '#org'
import { lockSheet, refuseUnlessEditor } from './keeper.ts'
import { putStages } from './project.sql.ts'
import { settleProjects } from './settle.ts'
import { pipelineOf, STAGES, stageOf } from './strip.ts'

/**
 * Sets the dates of the stages (填写环节日期); the mark that the four ones read follows from them.
 * @throws Fault 'project.not_found' | 'forbidden' | 'project.inactive' | 'project.stage_in_future' | 'project.stage_order'
 */
export async function setStages(
  tx: Tx,
  id: ProjectId,
  { stages }: SetProjectStages,
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  const sheet = await lockSheet(tx, id, by.at)
  await refuseUnlessEditor(tx, sheet, by)
  const rows = STAGES.flatMap((stage) => stages.findLast((row) => row.stage === stage) ?? [])
  refuseUnfitDates(rows, dayOf(by.at))
  await putStages(tx, id, rows)
  await followStage(tx, id, pipelineOf(stageOf(rows.map(({ stage, actualOn = null }) => ({ stage, actualOn })))))
  const note = rows.flatMap(({ stage, actualOn }) => (actualOn ? `${PROJECT_STAGE[stage]}${actualOn}` : [])).join(' ')
  await audit(tx, by, {
    action: 'setProjectStages',
    objectKind: 'project',
    objectId: id,
    note: `${sheet.name} ${note}`,
  })
  await settleProjects(tx, calendar, by.at, [id])
}

/** What has happened has a day that is over or today, and stages happen one after the other. */
function refuseUnfitDates(rows: SetProjectStages['stages'], today: string): void {
  const happened = rows.flatMap(({ stage, actualOn }) => (actualOn === undefined ? [] : { stage, day: actualOn }))
  for (const [i, { stage, day }] of happened.entries()) {
    if (day > today) throw new Fault('project.stage_in_future', { stage: PROJECT_STAGE[stage], day })
    const before = happened[i - 1]
    if (before !== undefined && before.day > day)
      throw new Fault('project.stage_order', {
        ...{ stage: PROJECT_STAGE[stage], day, before: PROJECT_STAGE[before.stage], beforeDay: before.day },
      })
  }
}
