import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { columnText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { Money, wan } from './money.tsx'
import { refreshPlans, type TaskDetail } from './query.ts'
import { ReasonForm } from './reason-form.tsx'

const FEN_IN_YUAN = 100
/** What a task was given and what was paid of it (资金), document by document. */
export function TaskSpendings({ task }: { readonly task: TaskDetail }) {
  const [adds, setAdds] = useState(false)
  const [draft, setDraft] = useState({ yuan: '', document: '', day: task.today })
  const set = (name: keyof typeof draft) => (value: string) => setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission(
    (body: Parameters<typeof api<'newSpending'>>[1]['body'], key) =>
      api('newSpending', { params: { id: task.id }, body, key }),
    {
      done: () => {
        announce('已登记支出')
        setDraft({ yuan: '', document: '', day: task.today })
        setAdds(false)
        refreshPlans()
      },
    },
  )
  if (task.budget === null && task.spendings.length === 0 && !task.may.spend) return null
  return (
    <>
      <TableSection
        {...{ title: '资金', count: task.spendings.length, empty: '还没有支出。' }}
        note={<Money budget={task.budget} spentFen={task.spentFen} />}
        head={['日期', '金额', '凭证', '登记人']}
      >
        {task.spendings.map((row) => (
          <tr key={row.id} className={row.voided ? 'plan-voided' : ''}>
            <td>{row.day}</td>
            <td>{wan(row.fen)}</td>
            <td>{row.document}</td>
            <td>
              {row.by} {columnText(row.at)}
              {row.voided ? (
                <span className="plan-reason">
                  已作废：{row.voided.by}，{row.voided.reason}
                </span>
              ) : (
                task.may.spend && (
                  <ReasonForm
                    label="作废"
                    send={(reason, key) => api('voidSpending', { params: { id: row.id }, body: { reason }, key })}
                  />
                )
              )}
            </td>
          </tr>
        ))}
      </TableSection>
      {task.may.spend && !adds && (
        <button type="button" className="button plan-add no-print" onClick={() => setAdds(true)}>
          登记支出
        </button>
      )}
      {adds && (
        <PanelForm
          {...{ title: '登记支出', sending: save, act: '登记', close: () => setAdds(false) }}
          ready={draft.yuan !== '' && draft.document.trim() !== ''}
          submit={() => {
            const { yuan, document, day } = draft
            save.mutate({ fen: Math.round(Number(yuan) * FEN_IN_YUAN), document, day })
          }}
        >
          <PlainField {...{ label: '金额（元）', type: 'number', min: '0', value: draft.yuan, set: set('yuan') }} />
          <PlainField {...{ label: '支付凭证', value: draft.document, set: set('document'), maxLength: 120 }} />
          <PlainField label="支出日期" type="date" value={draft.day} set={set('day')} />
        </PanelForm>
      )}
    </>
  )
}
