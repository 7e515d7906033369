import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { typedWan } from '../../shared/wan.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { AnswerableFields, answerableFrom, answerableOf } from './answerable-fields.tsx'
import { refreshPlans, type Target, type Task } from './query.ts'

type Body = Parameters<typeof api<'newTask'>>[1]['body']

const FEN_IN_WAN = 1_000_000
const draftOf = (task: Task | undefined) => ({
  ...{ title: task?.title ?? '', days: String(task?.days ?? 20), redLine: task?.redLine ?? false },
  ...{
    budget: typedWan(task?.budget?.fen),
    source: task?.budget?.source ?? '',
    reason: '',
  },
  ...{ quantity: task?.quantity == null ? '' : String(task.quantity), unit: task?.quantityUnit ?? '' },
  ...{
    milestone: task?.milestones.map(({ title }) => title).join('、') ?? '',
    after: (task?.after[0] ?? '') as string,
  },
})

interface Props {
  readonly target: Pick<Target, 'id' | 'dueOn' | 'unit' | 'person' | 'duty' | 'checkUnit' | 'cadence' | 'tasks'>
  /** The task that is changed; absent, a new one. */
  readonly task?: Task
  /** The plan runs: what is written is proposed, and holds when somebody else approves. */
  readonly proposes?: boolean
  readonly close: () => void
}
/** A task under a target: with a quantity, or with milestones. What the target fixes is proposed for a new one. */
export function TaskForm({ target, task, proposes = false, close }: Props) {
  const [draft, setDraft] = useState(() => draftOf(task))
  const [dueOn, setDueOn] = useState((task ?? target).dueOn ?? '')
  const [who, setWho] = useState(() => answerableFrom(task ?? target))
  const set = (name: keyof typeof draft) => (value: string) => setDraft((before) => ({ ...before, [name]: value }))
  const send = (body: Body, key: string): Promise<unknown> => {
    if (task === undefined) return api('newTask', { params: { id: target.id }, body, key })
    const params = { id: task.id }
    return proposes
      ? api('proposeTask', { params, body: { task: body, reason: draft.reason }, key })
      : api('editTask', { params, body, key })
  }
  const save = useSubmission(send, {
    done: () => {
      announce(proposes ? '已报批，待另一个人批准' : `已保存任务“${draft.title}”`)
      refreshPlans()
      close()
    },
  })
  const body = (): Body => ({
    ...{ title: draft.title, days: Number(draft.days), dueOn: dueOn || null, redLine: draft.redLine },
    ...answerableOf(who),
    ...(draft.quantity === '' ? {} : { quantity: Number(draft.quantity), unit: draft.unit }),
    ...(draft.budget !== '' && {
      budget: { fen: Math.round(Number(draft.budget) * FEN_IN_WAN), source: draft.source },
    }),
    milestones: milestonesOf(draft.milestone, dueOn, task),
    // The form shows the first predecessor; the others stay.
    after: [...(draft.after === '' ? [] : [draft.after]), ...(task?.after.slice(1) ?? [])],
  })
  return (
    <PanelForm
      title={task === undefined ? '加任务' : proposes ? '报批任务变更' : '修改任务'}
      ready={!proposes || draft.reason.trim() !== ''}
      sending={save}
      close={close}
      act={task === undefined ? '加入作战图' : proposes ? '报批' : '保存'}
      submit={() => {
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
            {target.tasks
              .filter(({ id }) => id !== task?.id)
              .map(({ id, title }) => (
                <option key={id} value={id}>
                  {title}
                </option>
              ))}
          </select>
        )}
      </Labelled>
      <PlainField {...{ label: '数量', optional: true, value: draft.quantity, set: set('quantity'), type: 'number' }} />
      <PlainField {...{ label: '单位', optional: true, value: draft.unit, set: set('unit'), maxLength: 10 }} />
      <PlainField
        {...{ label: '节点', optional: true, value: draft.milestone, set: set('milestone') }}
        hint="没有数量的任务必须有节点，用顿号分开"
      />
      <PlainField
        {...{
          label: '预算（万元）',
          optional: true,
          value: draft.budget,
          set: set('budget'),
          type: 'number',
          min: '0',
        }}
      />
      {draft.budget !== '' && (
        <PlainField
          {...{
            label: '资金来源',
            value: draft.source,
            set: set('source'),
            maxLength: 60,
            placeholder: '如：区级财政',
          }}
        />
      )}
      <label className="check">
        <input
          type="checkbox"
          checked={draft.redLine}
          onChange={(event) => setDraft((before) => ({ ...before, redLine: event.target.checked }))}
        />
        <span>时间红线，不得后延</span>
      </label>
      <AnswerableFields value={who} set={setWho} />
      {proposes && <PlainField {...{ label: '为什么变更', value: draft.reason, set: set('reason'), maxLength: 300 }} />}
    </PanelForm>
  )
}

/** A milestone keeps the day it had; a new one is due with the task. */
const milestonesOf = (words: string, dueOn: string, task: Task | undefined) =>
  words
    .split(/[、，,]/)
    .map((title) => title.trim())
    .filter(Boolean)
    .map((title) => ({ title, dueOn: task?.milestones.find((one) => one.title === title)?.dueOn ?? dueOn }))
