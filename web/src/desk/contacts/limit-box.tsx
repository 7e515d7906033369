import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { type Limit, refreshContacts, useLimits } from './query.ts'

const SETTERS = ['supervisor', 'leader', 'admin'] as const
const FIELDS = {
  perMonth: '每户每月接触（次）',
  nearDays: '前后几天算相近',
  windowDays: '计划前看前后几天',
  asksPerWeek: '基层单位每周要求（项）',
  fieldsPerWeek: '基层单位每周填报（字段）',
} as const
type Field = keyof typeof FIELDS
const IDS = Object.keys(FIELDS) as Field[]

/** The limits in all their versions (打扰上限): who set them, since when, on what ground. */
export function LimitBox({ session }: { readonly session: Session }) {
  const { data } = useLimits()
  const [sets, setSets] = useState(false)
  const [newest] = data?.items ?? []
  if (data === undefined || newest === undefined) return null
  return (
    <details className="limit-box">
      <summary>
        上限：每户每月 {newest.perMonth} 次，基层单位每周 {newest.asksPerWeek} 项、{newest.fieldsPerWeek} 个字段
      </summary>
      {SETTERS.some((role) => session.roles.includes(role)) && !sets && (
        <button type="button" className="button button-small" onClick={() => setSets(true)}>
          发布新一版
        </button>
      )}
      {sets && <LimitForm newest={newest} close={() => setSets(false)} />}
      <TableSection
        {...{ title: '各版上限', count: data.items.length, empty: '' }}
        head={['起', ...IDS.map((id) => FIELDS[id]), '依据', '发布人']}
        counts={IDS.map((id) => FIELDS[id])}
      >
        {data.items.map((limit) => (
          <tr key={limit.version}>
            <td>{limit.version === 0 ? '默认' : limit.validFrom}</td>
            {IDS.map((id) => (
              <td key={id} className="is-count">
                {limit[id]}
              </td>
            ))}
            <td>{limit.basis}</td>
            <td>{limit.by}</td>
          </tr>
        ))}
      </TableSection>
    </details>
  )
}

function LimitForm({ newest, close }: { readonly newest: Limit; readonly close: () => void }) {
  const [typed, setTyped] = useState(() => Object.fromEntries(IDS.map((id) => [id, String(newest[id])])))
  const [basis, setBasis] = useState('')
  const [validFrom, setValidFrom] = useState(() => dayOf(new Date()))
  const send = useSubmission((body: Request<'newContactLimit'>['body'], key) => api('newContactLimit', { body, key }), {
    done: ({ version }) => {
      announce(`第 ${version} 版上限自 ${validFrom} 起执行`)
      refreshContacts()
      close()
    },
  })
  const numbers = Object.fromEntries(IDS.map((id) => [id, Number(typed[id])])) as Record<Field, number>
  return (
    <PanelForm
      {...{ title: '发布新一版上限', act: '发布', sending: send, close }}
      ready={basis.trim() !== '' && validFrom !== '' && IDS.every((id) => Number.isInteger(numbers[id]))}
      submit={() => send.mutate({ ...numbers, basis, validFrom })}
    >
      {IDS.map((id) => (
        <PlainField
          key={id}
          {...{ label: FIELDS[id], type: 'number', min: '0', value: typed[id] ?? '' }}
          set={(value) => setTyped((before) => ({ ...before, [id]: value }))}
        />
      ))}
      <PlainField label="自哪天起" type="date" value={validFrom} set={setValidFrom} />
      <PlainField label="依据" value={basis} set={setBasis} maxLength={200} />
    </PanelForm>
  )
}
