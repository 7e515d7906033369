import { useState } from 'react'
import { Attachments } from '../../form/attachments-field.tsx'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { refreshPlans, type TargetDetail } from './query.ts'

type Body = Parameters<typeof api<'checkIn'>>[1]['body']
const EMPTY = { amount: '', evidence: '', note: '', issues: '', next: '' }

/** What a check-in is about: the target or one of its objects, or a task or one of its milestones. */
const subjectsOf = ({ definition, objects, tasks }: TargetDetail) => [
  ...(definition.kind === 'count' ? [{ id: 'target', label: '本目标', group: '目标' }] : []),
  ...objects
    .filter(({ done }) => !done || definition.kind === 'threshold')
    .map(({ id, name, text }) => ({ id: `object ${id}`, label: `${name}（${text}）`, group: '对象' })),
  ...tasks.flatMap((task) => [
    ...(task.quantity === null
      ? []
      : [{ id: `task ${task.id}`, label: `${task.title}（${task.progress.text}）`, group: '任务' }]),
    ...task.milestones
      .filter(({ reachedOn }) => reachedOn === null)
      .map(({ id, title }) => ({ id: `milestone ${task.id} ${id}`, label: `${task.title}：${title}`, group: '节点' })),
  ]),
  { id: 'note', label: '没有完成量，只报情况', group: '其他' },
]

/** Checks in: what was done and what proves it. The fields follow from what it is about. */
export function CheckInForm({ target }: { readonly target: TargetDetail }) {
  const { definition } = target
  const subjects = subjectsOf(target)
  const [subject, setSubject] = useState(subjects[0]?.id ?? 'note')
  const [day, setDay] = useState(target.today)
  const [draft, setDraft] = useState(EMPTY)
  const [words, setWords] = useState<readonly string[]>([])
  const [files, setFiles] = useState<readonly string[]>([])
  const set = (name: keyof typeof EMPTY) => (value: string) => setDraft((before) => ({ ...before, [name]: value }))
  const send = useSubmission((body: Body, key) => api('checkIn', { params: { id: target.id }, body, key }), {
    done: ({ progress }) => {
      announce(`已点检，现在 ${progress.text}`)
      setDraft(EMPTY)
      setWords([])
      setFiles([])
      refreshPlans()
    },
  })
  const [about, first, second] = subject.split(' ')
  const measures = about === 'object' && definition.kind === 'threshold'
  const amounts = about === 'target' || about === 'task' || (about === 'object' && definition.kind === 'eachHas')
  const ticks = about === 'object' && definition.words.length > 0
  const body = (): Body => {
    const { amount, ...told } = draft
    const number = amount === '' ? null : Number(amount)
    return {
      ...{ day, ...told, attachmentIds: [...files] },
      ...(about === 'object' && { objectId: first ?? null }),
      ...((about === 'task' || about === 'milestone') && { taskId: first ?? null }),
      ...(about === 'milestone' && { milestoneId: second ?? null }),
      ...(measures && { measured: number }),
      ...(amounts && { quantity: number }),
      words: ticks ? [...words] : [],
      done: about === 'object' && !measures && !amounts && !ticks,
    }
  }
  const earned = new Set(
    target.objects.find(({ id }) => id === first)?.words.flatMap(({ word, earned }) => (earned ? [word] : [])),
  )
  return (
    <section className="panel no-print" aria-label="点检">
      <h2>点检</h2>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate(body())
        }}
      >
        <Labelled label="报什么">
          {(given) => (
            <select {...given} className="input" value={subject} onChange={(event) => setSubject(event.target.value)}>
              {[...Map.groupBy(subjects, ({ group }) => group)].map(([group, of]) => (
                <optgroup key={group} label={group}>
                  {of.map(({ id, label }) => (
                    <option key={id} value={id}>
                      {label}
                    </option>
                  ))}
                </optgroup>
              ))}
            </select>
          )}
        </Labelled>
        <PlainField label="截至哪天" type="date" value={day} set={setDay} />
        {measures && (
          <PlainField
            {...{ label: `实测${definition.each?.what ?? ''}（${definition.each?.unit ?? ''}）`, type: 'number' }}
            {...{ value: draft.amount, set: set('amount') }}
          />
        )}
        {amounts && (
          <PlainField
            {...{ label: '新完成多少', type: 'number', value: draft.amount, set: set('amount') }}
            hint="自上次点检以来，不是累计"
          />
        )}
        {ticks && (
          <fieldset className="plan-words-field">
            <legend className="field-label">验收通过</legend>
            {definition.words.map((word) => (
              <label key={word} className="check">
                <input
                  type="checkbox"
                  disabled={earned.has(word)}
                  checked={earned.has(word) || words.includes(word)}
                  onChange={() =>
                    setWords((before) =>
                      before.includes(word) ? before.filter((one) => one !== word) : [...before, word],
                    )
                  }
                />
                <span>{word}</span>
              </label>
            ))}
          </fieldset>
        )}
        {about !== 'note' && (
          <PlainField
            {...{
              label: '佐证',
              optional: files.length > 0,
              value: draft.evidence,
              set: set('evidence'),
              maxLength: 300,
            }}
            placeholder="文件、验收单"
          />
        )}
        <Labelled label="现场照片" optional hint="拍照即可作为佐证">
          {({ id }) => <Attachments {...{ id, max: 9, chosen: files, choose: setFiles }} />}
        </Labelled>
        <PlainField
          {...{ label: '情况', optional: about !== 'note', value: draft.note, set: set('note'), maxLength: 300 }}
        />
        <PlainField
          {...{ label: '存在问题', optional: true, value: draft.issues, set: set('issues'), maxLength: 300 }}
        />
        <PlainField {...{ label: '下一步', optional: true, value: draft.next, set: set('next'), maxLength: 300 }} />
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={send.isPending}>
            {send.isPending ? '正在提交…' : '提交点检'}
          </button>
        </div>
      </form>
      <FaultNotice fault={send.error} />
    </section>
  )
}
