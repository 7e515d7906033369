import { PROJECT_STAGE, type ProjectStage } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { type Project, useSchedule } from './query.ts'

/** Latest starts counted back from production (倒排工期), where there is enough to count from. */
export function Schedule({ project }: { readonly project: Project }) {
  const isTimed =
    project.stages.some(({ stage, plannedOn }) => stage === 'production' && plannedOn !== null) &&
    project.stages.some(({ days, actualOn }) => days !== null && actualOn === null)
  const { data } = useSchedule(project.id, isTimed)
  const [tries, setTries] = useState(false)
  return (
    <>
      <TableSection
        {...{ title: '倒排工期', empty: '填写投产计划日期和各环节工期后，这里给出最迟开始日期。' }}
        {...(data && { note: `从 ${data.productionOn} 投产倒排，按工作日计` })}
        head={['环节', '工期', '最迟开始', '最迟完成', '计划']}
      >
        {(isTimed ? (data?.items ?? []) : []).map((row) => (
          <tr key={row.stage}>
            <td>
              {PROJECT_STAGE[row.stage]} {row.redLine && <span className="tag tag-bad">红线</span>}
            </td>
            <td>{row.days} 个工作日</td>
            <td>
              {row.latestStart} {row.late && <span className="tag tag-bad">■ 已过</span>}
            </td>
            <td>{row.latestFinish}</td>
            <td>
              {row.plannedOn ?? '—'} {row.short > 0 && <span className="tag tag-bad">■ 晚 {row.short} 个工作日</span>}
            </td>
          </tr>
        ))}
      </TableSection>
      {isTimed && (
        <p className="chips no-print">
          <button type="button" className="button button-small" onClick={() => setTries(true)}>
            后延预演
          </button>
        </p>
      )}
      {tries && data && (
        <SlipForm id={project.id} stages={data.items.map(({ stage }) => stage)} close={() => setTries(false)} />
      )}
    </>
  )
}

/** What a delay would do; nothing is changed by asking. */
function SlipForm({
  id,
  stages,
  close,
}: {
  readonly id: string
  readonly stages: readonly ProjectStage[]
  readonly close: () => void
}) {
  const [stage, setStage] = useState<ProjectStage>(stages[0] ?? 'start')
  const [slip, setSlip] = useState('10')
  const [told, setTold] = useState('')
  const ask = useSubmission(
    (query: { stage: ProjectStage; slip: number }) => api('projectSchedule', { params: { id }, query }),
    {
      done: ({ slip: found }) =>
        setTold(
          [found?.words, ...(found?.moves ?? []).map((move) => `${PROJECT_STAGE[move.stage]}到 ${move.end} 完成`)]
            .filter(Boolean)
            .join(' '),
        ),
    },
  )
  const words = Object.fromEntries(stages.map((one) => [one, PROJECT_STAGE[one]])) as Record<ProjectStage, string>
  return (
    <PanelForm
      title="后延预演"
      ready={Number(slip) > 0}
      sending={ask}
      close={close}
      submit={() => ask.mutate({ stage, slip: Number(slip) })}
      act="预演"
    >
      <SelectField label="环节" value={stage} set={setStage} words={words} />
      <PlainField label="后延几个工作日" type="number" min="1" value={slip} set={setSlip} />
      <p role="status">{told}</p>
    </PanelForm>
  )
}
