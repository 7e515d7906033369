import { idsOf, type Pipeline, PROJECT_STAGE, type ProjectStage, type ProjectStageRow } from '@banjie/contract'
import type { StageRow } from './project.sql.ts'

/** The stages in their order (环节). */
export const STAGES: readonly ProjectStage[] = idsOf(PROJECT_STAGE)

/** The last stage that has happened (当前环节). */
export const stageOf = (rows: readonly Pick<StageRow, 'stage' | 'actualOn'>[]): ProjectStage | null =>
  STAGES.findLast((stage) => rows.some((row) => row.stage === stage && row.actualOn !== null)) ?? null

/** Which of the four ones (四个一) a project at a stage counts for: what is signed is still negotiated until it has landed. */
const PIPELINE_OF = {
  ...{ planning: 'planned', negotiation: 'negotiated', signing: 'negotiated' },
  ...{ landing: 'landed', start: 'landed', construction: 'landed', production: 'landed' },
} as const satisfies Record<ProjectStage, Pipeline>
export const pipelineOf = (stage: ProjectStage | null): Pipeline => (stage === null ? 'planned' : PIPELINE_OF[stage])

/** Every stage of the strip (环节条), whether somebody has dated it or not. */
export function stripOf(
  rows: readonly StageRow[],
  frozen: ReadonlyMap<ProjectStage, string>,
  today: string,
): ProjectStageRow[] {
  return STAGES.map((stage) => {
    const row = rows.find((one) => one.stage === stage)
    const { plannedOn = null, expectedOn = null, actualOn = null, days = null, redLine = false } = row ?? {}
    return {
      ...{ stage, label: PROJECT_STAGE[stage], plannedOn, expectedOn, actualOn, days, redLine },
      ...{ frozenOn: frozen.get(stage) ?? null, late: actualOn === null && plannedOn !== null && plannedOn < today },
    }
  })
}
