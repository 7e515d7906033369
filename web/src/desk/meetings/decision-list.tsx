import { DECISION_FORM, DECISION_STATE, PLAN_LACK } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { LightMark } from '../light-mark.tsx'
import { CaseName } from '../page/case-name.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type Decision, type Meeting, refreshMeetings } from './query.ts'

/** The decisions (议定事项) of a meeting: who owes each, by when, who checks, and how it stands. */
export function DecisionList({ meeting }: { readonly meeting: Meeting }) {
  const [checking, setChecking] = useState<string>()
  const { list, state } = meeting
  return (
    <section className="panel" aria-label="议定事项">
      <h2>
        议定事项 <span className="table-count">{list.length}</span>
      </h2>
      {list.length === 0 && (
        <p className="muted">
          {state === 'issued' ? '这次会议没有议定事项。' : '起草纪要时一并写明：谁办、何时办完、谁来查验。'}
        </p>
      )}
      <ol className="decisions">
        {list.map((decision) => (
          <li key={decision.id}>
            <DecisionRow decision={decision} check={() => setChecking(decision.id)} />
            {checking === decision.id && <CheckForm decision={decision} close={() => setChecking(undefined)} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

const DecisionRow = ({ decision, check }: { readonly decision: Decision; readonly check: () => void }) => (
  <div className="decision">
    <p className="decision-text">{decision.text}</p>
    <p className="decision-facts">
      {decision.case !== null && decision.state === 'open' && <LightMark light={decision.case.light} />}
      <span className="tag">{DECISION_STATE[decision.state]}</span>
      {decision.lacks.map((lack) => (
        <span key={lack} className="tag tag-bad">
          ■ 缺{PLAN_LACK[lack]}
        </span>
      ))}
      <span>
        {[
          decision.unit && `${decision.unit.name} ${decision.person?.name ?? ''}`,
          decision.dueOn && `${decision.dueOn} 前`,
          decision.checker && `${decision.checker.name} 查验`,
          decision.form !== 'task' && DECISION_FORM[decision.form],
          decision.returned > 0 && `退回 ${decision.returned} 次`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </p>
    {decision.case?.mayOpen && <CaseName number={decision.case.number} title={decision.case.stageLabel} />}
    {decision.answer !== null && <p className="decision-answer">反馈：{decision.answer}</p>}
    {decision.checkedOn !== null && (
      <p className="muted">
        {decision.checkedOn} 查验：{decision.checkNote}
      </p>
    )}
    {decision.mayCheck && (
      <button type="button" className="button button-small button-primary" onClick={check}>
        查验
      </button>
    )}
  </div>
)

const RESULT = { passed: '属实，办结', back: '不属实，退回重办' } as const
function CheckForm({ decision, close }: { readonly decision: Decision; readonly close: () => void }) {
  const [result, setResult] = useState<keyof typeof RESULT>('passed')
  const [note, setNote] = useState('')
  const [days, setDays] = useState('3')
  const save = useSubmission(
    (body: Request<'checkDecision'>['body'], key) => api('checkDecision', { params: { id: decision.id }, body, key }),
    {
      done: ({ state, dueOn }) => {
        announce(state === 'done' ? '已查实' : `已退回重办，${dueOn ?? ''} 前办结`)
        refreshMeetings()
        close()
      },
    },
  )
  const isBack = result === 'back'
  return (
    <PanelForm
      title="查验"
      ready={note.trim() !== '' && (!isBack || Number(days) > 0)}
      sending={save}
      close={close}
      submit={() => save.mutate({ passed: !isBack, note, ...(isBack && { dueWorkdays: Number(days) }) })}
    >
      <SelectField label="查验结果" value={result} set={setResult} words={RESULT} />
      <PlainField label="查验情况" value={note} set={setNote} maxLength={500} placeholder="怎么看的、看到什么" />
      {isBack && <PlainField label="几个工作日内办结" type="number" min="1" value={days} set={setDays} />}
    </PanelForm>
  )
}
