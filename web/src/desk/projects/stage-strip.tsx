import type { ProjectRow } from './query.ts'

type Stage = ProjectRow['stages'][number]
const stateOf = ({ actualOn, late }: Stage) => (actualOn !== null ? 'done' : late ? 'late' : 'open')
const SHAPE = { done: '●', late: '■', open: '○' } as const
const Planned = ({ actualOn, plannedOn, expectedOn }: Stage) => {
  const day = actualOn ?? plannedOn ?? expectedOn
  if (day === null) return null
  return (
    <>
      {actualOn === null && (plannedOn === null ? '预期 ' : '计划 ')}
      <span className="day">{day}</span>
    </>
  )
}

/** The stages of a project side by side (环节条): what has happened, what is late, what is to come. */
export const StageStrip = ({ stages }: Pick<ProjectRow, 'stages'>) => (
  <ol className="project-strip" aria-label="项目环节">
    {stages.map((stage) => (
      <li key={stage.stage} className={`project-stage-${stateOf(stage)}`}>
        <span>
          <span aria-hidden="true">{SHAPE[stateOf(stage)]}</span> {stage.label}
          {stage.redLine && <span className="project-red">红线</span>}
        </span>
        <small>
          <Planned {...stage} />
          {stage.late && ' 已过'}
        </small>
      </li>
    ))}
  </ol>
)
