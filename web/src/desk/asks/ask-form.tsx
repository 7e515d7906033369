import { ASK_KIND, type AskKind } from '@banjie/contract'
import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { BurdenBar } from './burden-bar.tsx'
import { type Burdens, refreshAsks, useAskPreview } from './query.ts'

const DAY_MS = 86_400_000
const DUE_DAYS = 3

/** Asking something of the grass roots (向基层提要求): each unit's week is shown before it is sent. */
export function AskForm({ units, close }: { readonly units: Burdens['items']; readonly close: () => void }) {
  const [unitIds, setUnitIds] = useState<readonly string[]>([])
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<AskKind>('form')
  const [fields, setFields] = useState('0')
  const [dueOn, setDueOn] = useState(() => dayOf(new Date(Date.now() + DUE_DAYS * DAY_MS)))
  const [detail, setDetail] = useState('')
  const [readReceipt, setReadReceipt] = useState(false)
  const [reason, setReason] = useState('')
  const typed = Number(fields)
  const isNumber = fields.trim() !== '' && Number.isInteger(typed) && typed >= 0 && typed <= 500
  const { data: told, error } = useAskPreview({ unitIds: [...unitIds], fields: isNumber ? typed : 0 })
  const save = useSubmission((body: Request<'newAsk'>['body'], key) => api('newAsk', { body, key }), {
    done: ({ state }) => {
      announce(state === 'sent' ? '已发出' : '已报请同意，同意后自动发出')
      refreshAsks()
      close()
    },
  })
  const isAbove = told?.needsAgreement === true
  const isReady = unitIds.length > 0 && title.trim() !== '' && isNumber && dueOn !== ''
  return (
    <PanelForm
      {...{ title: '向基层提要求', act: isAbove ? '报请同意' : '发出', sending: save, close }}
      ready={isReady && (!isAbove || reason.trim() !== '')}
      submit={() =>
        save.mutate({
          ...{ title, kind, unitIds: [...unitIds], fields: typed, dueOn, detail },
          ...{ readReceipt: kind === 'order' && readReceipt, ...(isAbove && { reason }) },
        })
      }
    >
      <PlainField label="事项" value={title} set={setTitle} maxLength={80} />
      <SelectField label="种类" value={kind} set={setKind} words={ASK_KIND} />
      <Labelled label="发给" hint="街道、社区、窗口单位">
        {({ id }) => (
          <Combobox
            {...{ id, chosen: unitIds, choose: setUnitIds, multiple: true, placeholder: '可选多个' }}
            options={units.map(({ unit }) => ({ value: unit.id, label: unit.name }))}
          />
        )}
      </Labelled>
      <PlainField
        {...{ label: '每个单位要填的字段数', type: 'number', min: '0', value: fields, set: setFields }}
        hint="台账里已有的不要再让基层填"
      />
      <PlainField label="完成日" type="date" value={dueOn} set={setDueOn} />
      <PlainField label="说明" optional value={detail} set={setDetail} maxLength={500} />
      {kind === 'order' && (
        <label className="check">
          <input type="checkbox" checked={readReceipt} onChange={(event) => setReadReceipt(event.target.checked)} />
          <span>要求已读回执</span>
        </label>
      )}
      {unitIds.length > 0 && told && (
        <section className="ask-told" aria-label="发出前先看" aria-live="polite">
          <p className={isAbove ? 'notice notice-warn' : 'hint'}>
            {isAbove && '▲ '}每周上限 {told.limit.asksPerWeek} 项、{told.limit.fieldsPerWeek} 个字段。
            {isAbove ? '加上这项就超了：请减少，或写明理由，报区领导或督查室同意后发出。' : '加上这项都在上限之内。'}
          </p>
          <ul className="burden-list">
            {told.items.map(({ unit, total, fields: now, after }) => (
              <li key={unit.id}>
                <b>{unit.name}</b>
                <BurdenBar now={{ total, fields: now }} after={after} limit={told.limit} />
                <span>
                  本周已有 {total} 项、{now} 个字段，加上这项 {after.total} 项、{after.fields} 个字段
                  {after.over && <span className="tag tag-bad">■ 超上限</span>}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {isAbove && <PlainField label="为何非发不可" value={reason} set={setReason} maxLength={200} />}
      {error && (
        <p className="notice notice-bad" role="alert">
          {error.message}
        </p>
      )}
    </PanelForm>
  )
}
