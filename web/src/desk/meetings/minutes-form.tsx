import { DECISION_FORM, type DecisionForm } from '@banjie/contract'
import { useState } from 'react'
import { PersonPicker, UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { LinesField } from '../page/lines-field.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type Decision, type Meeting, refreshMeetings } from './query.ts'

type Body = Request<'draftMinutes'>['body']
interface Row {
  readonly key: string
  readonly text: string
  readonly form: DecisionForm
  readonly unitId: string | undefined
  readonly personId: string | undefined
  readonly dueOn: string
  readonly workdays: string
  readonly checkerId: string | undefined
  readonly caseNumber: string
}
const rowOf = (decision?: Decision): Row => ({
  key: decision?.id ?? crypto.randomUUID(),
  text: decision?.text ?? '',
  form: decision?.form ?? 'task',
  unitId: decision?.unit?.id,
  personId: decision?.person?.id,
  dueOn: decision?.dueOn ?? '',
  workdays: decision === undefined ? '5' : '',
  checkerId: decision?.checker?.id,
  caseNumber: (decision?.form === 'existing' && decision.case?.number) || '',
})

/** The minutes with their decisions: each says who does it, by when, and who looks whether it was done. */
export function MinutesForm({ meeting, close }: { readonly meeting: Meeting; readonly close: () => void }) {
  const [text, setText] = useState(meeting.text ?? '')
  const [rows, setRows] = useState<readonly Row[]>(() => meeting.list.map(rowOf))
  const save = useSubmission((body: Body, key) => api('draftMinutes', { params: { id: meeting.id }, body, key }), {
    done: () => {
      announce('纪要已保存，等待审定')
      refreshMeetings()
      close()
    },
  })
  const change = (key: string, part: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <PanelForm
      title="起草纪要"
      ready={text.trim() !== '' && rows.every((row) => row.text.trim() !== '')}
      sending={save}
      close={close}
      submit={() => save.mutate({ text, decisions: rows.map(bodyOf) })}
    >
      <LinesField label="纪要正文" value={text} set={setText} rows={6} placeholder="会议研究了……" />
      {rows.map((row, i) => (
        <DecisionFields
          key={row.key}
          row={row}
          number={i + 1}
          change={(part) => change(row.key, part)}
          drop={() => setRows(rows.filter((one) => one.key !== row.key))}
        />
      ))}
      <button type="button" className="button decision-add" onClick={() => setRows([...rows, rowOf()])}>
        {rows.length === 0 ? '加一项议定事项' : '再加一项'}
      </button>
    </PanelForm>
  )
}

const bodyOf = ({ text, form, unitId, personId, dueOn, workdays, checkerId, caseNumber }: Row) => ({
  ...{ text, form },
  ...(unitId !== undefined && { unitId }),
  ...(personId !== undefined && { personId }),
  ...(checkerId !== undefined && { checkerId }),
  ...(dueOn !== '' ? { dueOn } : workdays !== '' && { dueWorkdays: Number(workdays) }),
  ...(form === 'existing' && caseNumber.trim() !== '' && { caseNumber: caseNumber.replaceAll(/\s/g, '') }),
})

interface FieldsProps {
  readonly row: Row
  readonly number: number
  readonly change: (part: Partial<Row>) => void
  readonly drop: () => void
}
const DecisionFields = ({ row, number, change, drop }: FieldsProps) => (
  <fieldset className="decision-fields">
    <legend>第 {number} 项</legend>
    <LinesField label="议定内容" value={row.text} set={(text) => change({ text })} rows={2} />
    <SelectField label="去向" value={row.form} set={(form) => change({ form })} words={DECISION_FORM} />
    {row.form === 'existing' && (
      <PlainField label="事项编号" value={row.caseNumber} set={(caseNumber) => change({ caseNumber })} maxLength={40} />
    )}
    <Labelled label="承办单位">
      {({ id }) => (
        <UnitPicker
          id={id}
          chosen={row.unitId ? [row.unitId] : []}
          choose={([unitId]) => change({ unitId, personId: undefined })}
        />
      )}
    </Labelled>
    <Labelled label="承办人">
      {({ id }) => (
        <PersonPicker
          id={id}
          unit={row.unitId}
          chosen={row.personId ? [row.personId] : []}
          choose={([personId]) => change({ personId })}
        />
      )}
    </Labelled>
    <PlainField
      {...{ label: '会后几个工作日内', type: 'number', min: '1', value: row.workdays }}
      hint="按工作日历算，调休上班也算"
      set={(workdays) => change({ workdays, dueOn: '' })}
    />
    <PlainField label="或到哪一天" type="date" value={row.dueOn} set={(dueOn) => change({ dueOn, workdays: '' })} />
    <Labelled label="查验人">
      {({ id }) => (
        <PersonPicker
          id={id}
          unit={undefined}
          chosen={row.checkerId ? [row.checkerId] : []}
          choose={([checkerId]) => change({ checkerId })}
        />
      )}
    </Labelled>
    <button type="button" className="button button-small" onClick={drop}>
      去掉第 {number} 项
    </button>
  </fieldset>
)
