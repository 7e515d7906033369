import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useFocusOnce } from '../../shared/focus.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { type Answerable, AnswerableFields, answerableOf } from './answerable-fields.tsx'
import { refreshPlans, type Target } from './query.ts'

type Body = Parameters<typeof api<'newTask'>>[1]['body']

/** A new task under a target: with a quantity, or with milestones. What the target fixes is proposed for it. */
export function TaskForm({ target, close }: { readonly target: Target; readonly close: () => void }) {
  const [draft, setDraft] = useState({
    title: '',
    days: '20',
    quantity: '',
    unit: '',
    milestone: '',
    after: '',
    redLine: false,
  })
  const [dueOn, setDueOn] = useState(target.dueOn ?? '')
  const [who, setWho] = useState<Answerable>({
    ...{ unitId: target.unit?.id, personId: target.person?.id, duty: target.duty ?? '' },
    ...{ checkUnitId: target.checkUnit?.id, cadence: target.cadence ?? 'monthly' },
  })
  const first = useFocusOnce<HTMLElement>()
  const set = (name: keyof typeof draft) => (value: string) => setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission((body: Body, key) => api('newTask', { params: { id: target.id }, body, key }), {
    done: () => {
      announce(`已加任务“${draft.title}”`)
      refreshPlans()
      close()
    },
  })
  const body = (): Body => ({
    ...{ title: draft.title, days: Number(draft.days), dueOn: dueOn || null, redLine: draft.redLine },
    ...answerableOf(who),
    ...(draft.quantity === '' ? {} : { quantity: Number(draft.quantity), unit: draft.unit }),
    milestones:
      draft.milestone === '' || dueOn === '' ? [] : draft.milestone.split(/[、，,]/).map((title) => ({ title, dueOn })),
    after: draft.after === '' ? [] : [draft.after],
  })
  return (
    <section ref={first} tabIndex={-1} className="panel panel-form no-print" aria-label="加任务">
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate(body())
        }}
      >
        <PlainField {...{ label: '任务', value: draft.title, set: set('title'), maxLength: 80 }} />
        <PlainField {...{ label: '工期（工作日）', value: draft.days, set: set('days'), type: 'number', min: '1' }} />
        <PlainField label="完成" type="date" value={dueOn} set={setDueOn} />
        <Labelled label="先完成哪项任务" optional>
          {(given) => (
            <select
              {...given}
              className="input"
              value={draft.after}
              onChange={(event) => set('after')(event.target.value)}
            >
              <option value="">不必等</option>
              {target.tasks.map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <PlainField
          {...{ label: '数量', optional: true, value: draft.quantity, set: set('quantity'), type: 'number' }}
        />
        <PlainField {...{ label: '单位', optional: true, value: draft.unit, set: set('unit'), maxLength: 10 }} />
        <PlainField
          {...{ label: '节点', optional: true, value: draft.milestone, set: set('milestone') }}
          hint="没有数量的任务必须有节点，用顿号分开"
        />
        <label className="check">
          <input
            type="checkbox"
            checked={draft.redLine}
            onChange={(event) => setDraft((before) => ({ ...before, redLine: event.target.checked }))}
          />
          <span>时间红线，不得后延</span>
        </label>
        <AnswerableFields value={who} set={setWho} />
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={save.isPending}>
            {save.isPending ? '正在保存…' : '加入作战图'}
          </button>
          <button type="button" className="button" onClick={close}>
            取消
          </button>
        </div>
      </form>
      <FaultNotice fault={save.error} />
    </section>
  )
}
