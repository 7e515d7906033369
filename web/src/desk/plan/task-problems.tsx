import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { refreshPlans, type TaskDetail } from './query.ts'
import { ReasonForm } from './reason-form.tsx'

/** What holds a task up (难点): problems and cases that were hung on it, each with its own light. */
export function TaskProblems({ task }: { readonly task: TaskDetail }) {
  const [adds, setAdds] = useState(false)
  const [number, setNumber] = useState('')
  const [note, setNote] = useState('')
  const add = useSubmission(
    (body: { number: string; note: string }, key) => api('linkProblem', { params: { id: task.id }, body, key }),
    {
      done: () => {
        announce('已关联')
        setNumber('')
        setNote('')
        setAdds(false)
        refreshPlans()
      },
    },
  )
  return (
    <>
      <TableSection
        {...{ title: '难点', count: task.linked.length }}
        head={['事项', '灯', '环节', '主办', '清单', '说明']}
        empty="没有关联的问题。有难点的，把问题清单或诉求的编号挂到任务上，一个难点一个难点攻克。"
      >
        {task.linked.map((problem) => (
          <tr key={problem.caseId}>
            <td>
              <Link to={`/w/c/${problem.number}`}>{problem.title}</Link>
            </td>
            <td>
              <LightMark light={problem.light} />
            </td>
            <td>{problem.stageLabel}</td>
            <td>{problem.leadUnit?.name ?? '—'}</td>
            <td>{problem.list ?? '—'}</td>
            <td>
              {problem.note ?? ''} {task.may.link && <Unlink task={task.id} caseId={problem.caseId} />}
            </td>
          </tr>
        ))}
      </TableSection>
      {task.problems > task.linked.length && (
        <p className="hint">另有 {task.problems - task.linked.length} 个难点不在您的可见范围。</p>
      )}
      {task.may.link && !adds && (
        <button type="button" className="button plan-add no-print" onClick={() => setAdds(true)}>
          挂难点
        </button>
      )}
      {adds && (
        <PanelForm
          {...{ title: '挂难点', ready: number.trim() !== '', sending: add, act: '关联', close: () => setAdds(false) }}
          submit={() => add.mutate({ number, note })}
        >
          <PlainField
            {...{ label: '事项编号', value: number, set: setNumber, maxLength: 40 }}
            hint="问题或诉求的编号"
          />
          <PlainField {...{ label: '难在哪里', optional: true, value: note, set: setNote, maxLength: 200 }} />
        </PanelForm>
      )}
    </>
  )
}

function Unlink({ task, caseId }: { readonly task: string; readonly caseId: string }) {
  return (
    <ReasonForm
      label="取消关联"
      send={(reason, key) => api('unlinkProblem', { params: { id: task, caseId }, body: { reason }, key })}
    />
  )
}
