import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { Field } from './add-item.tsx'
import { mayKeep } from './keeper.ts'
import { type ListView, refreshProblemLists } from './query.ts'

type Body = Parameters<typeof api<'commit'>>[1]['body']
const DONE: ReadonlySet<string> = new Set(['withdrawn', 'fulfilled'])

/** Drafts a commitment (拟承诺): about one item, or about the unit's whole part of the list. */
export function CommitForm({ view, session }: { readonly view: ListView; readonly session: Session }) {
  const [about, setAbout] = useState('')
  const [text, setText] = useState('')
  const [deadline, setDeadline] = useState('')
  const send = useSubmission((body: Body, key) => api('commit', { params: { id: view.list.id }, body, key }), {
    done: (word) => {
      announce(`${word.unit.name}的承诺已拟好，待负责人审签`)
      setText('')
      refreshProblemLists()
    },
  })
  const items = view.items.filter(
    ({ leadUnit, commitments, confidential }) =>
      leadUnit !== null &&
      !confidential &&
      commitments.every(({ state }) => DONE.has(state)) &&
      (mayKeep(session) || leadUnit.id === session.unitId),
  )
  const units = new Map(
    items.flatMap(({ leadUnit }) => (leadUnit === null ? [] : [[leadUnit.id, leadUnit.name] as const])),
  )
  const chosen = about === '' ? (items[0]?.id ?? '') : about
  if (items.length === 0) return null
  const whole = chosen.startsWith('unit:') ? chosen.slice(5) : undefined
  const body = (): Body => ({
    ...(whole === undefined ? { caseId: chosen as never } : { unitId: whole as never }),
    ...{ text: text.trim(), deadline },
  })
  return (
    <details className="panel mapping">
      <summary>拟承诺</summary>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate(body())
        }}
      >
        <Labelled label="就什么承诺">
          {(field) => (
            <select {...field} className="input" value={chosen} onChange={(event) => setAbout(event.target.value)}>
              <optgroup label="一个问题">
                {items.map(({ id, title, leadUnit }) => (
                  <option key={id} value={id}>
                    {title}（{leadUnit?.name}）
                  </option>
                ))}
              </optgroup>
              <optgroup label="整份清单">
                {[...units].map(([id, name]) => (
                  <option key={id} value={`unit:${id}`}>
                    {name}对整份清单
                  </option>
                ))}
              </optgroup>
            </select>
          )}
        </Labelled>
        <Field label="承诺内容" hint="将向社会公开，不写姓名电话" lines most={1000} value={text} set={setText} />
        <Labelled label="承诺完成日期">
          {(field) => (
            <input
              {...field}
              type="date"
              className="input"
              min={dayOf(new Date())}
              value={deadline}
              onChange={(event) => setDeadline(event.target.value)}
            />
          )}
        </Labelled>
        <div className="panel-acts">
          <button
            type="submit"
            className="button button-primary"
            disabled={text.trim() === '' || deadline === '' || send.isPending}
          >
            拟好，送审签
          </button>
        </div>
      </form>
      <FaultNotice fault={send.error} />
    </details>
  )
}
