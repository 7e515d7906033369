import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { useProjectAct } from './act.ts'
import type { Project } from './query.ts'

const startOf = ({ stages }: Project) =>
  stages.map((row) => ({
    ...{ stage: row.stage, label: row.label, redLine: row.redLine, days: row.days === null ? '' : String(row.days) },
    ...{ plannedOn: row.plannedOn ?? '', expectedOn: row.expectedOn ?? '', actualOn: row.actualOn ?? '' },
  }))
type Draft = ReturnType<typeof startOf>[number]
const DATES = [
  ['plannedOn', '计划'],
  ['expectedOn', '预期'],
  ['actualOn', '实际'],
] as const

const bodyOf = (rows: readonly Draft[]): Request<'setProjectStages'>['body'] => ({
  stages: rows
    .filter(({ plannedOn, expectedOn, actualOn, days }) => plannedOn || expectedOn || actualOn || days)
    .map(({ stage, plannedOn, expectedOn, actualOn, days, redLine }) => ({
      ...{ stage, redLine },
      ...(plannedOn && { plannedOn }),
      ...(expectedOn && { expectedOn }),
      ...(actualOn && { actualOn }),
      ...(days && { days: Number(days) }),
    })),
})

/** The dates of every stage in one form. */
export function StageForm({ project, close }: { readonly project: Project; readonly close: () => void }) {
  const [rows, setRows] = useState(() => startOf(project))
  const { id } = project
  const save = useProjectAct(
    (body: Request<'setProjectStages'>['body'], key) => api('setProjectStages', { params: { id }, body, key }),
    '环节已保存',
    close,
  )
  const change = (stage: string, part: Partial<Draft>) =>
    setRows((before) => before.map((row) => (row.stage === stage ? { ...row, ...part } : row)))
  return (
    <PanelForm title="填写环节" ready sending={save} close={close} submit={() => save.mutate(bodyOf(rows))}>
      <div className="project-stages-form">
        {rows.map((row) => (
          <fieldset key={row.stage}>
            <legend>{row.label}</legend>
            {DATES.map(([name, word]) => (
              <PlainField
                key={name}
                {...{ label: `${row.label}${word}日期`, type: 'date', value: row[name] }}
                set={(value) => change(row.stage, { [name]: value })}
              />
            ))}
            <PlainField
              {...{ label: `${row.label}工期（工作日）`, type: 'number', min: '1', value: row.days }}
              set={(days) => change(row.stage, { days })}
            />
            <label className="check">
              <input
                type="checkbox"
                checked={row.redLine}
                onChange={() => change(row.stage, { redLine: !row.redLine })}
              />
              <span>{row.label}为时间红线</span>
            </label>
          </fieldset>
        ))}
      </div>
    </PanelForm>
  )
}
