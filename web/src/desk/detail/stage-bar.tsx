import { useCaseTypes } from '../../shared/query.ts'

/** The loop as a line of steps: what is done, where the case stands, what is to come. */
export function StageBar({
  type,
  stage,
  stageLabel,
}: {
  readonly type: string
  readonly stage: string
  readonly stageLabel: string
}) {
  const { data } = useCaseTypes()
  const stages = data?.items.find(({ id }) => id === type)?.stages ?? []
  const ended = stages.find(({ id, end }) => id === stage && end)
  const last = ended ?? stages.find(({ end }) => end)
  // A merged case has left the line; only then is merging a step of it.
  const line = stages.filter(({ id, end }) => !end && (id !== 'merged' || id === stage))
  const steps = [...line, ...(last ? [last] : [])]
  const at = steps.findIndex(({ id }) => id === stage)
  return (
    <ol className="stages" aria-label={`环节：${stageLabel}，第 ${at + 1} 步，共 ${steps.length} 步`}>
      {steps.map(({ id, label, end }, index) => {
        const state = index < at || (end && index === at) ? 'past' : index === at ? 'now' : 'ahead'
        return (
          <li
            key={id}
            className={`stage stage-${state} ${index === at ? 'is-at' : ''}`}
            aria-current={index === at ? 'step' : undefined}
          >
            <span className="stage-label">{label}</span>
          </li>
        )
      })}
    </ol>
  )
}
