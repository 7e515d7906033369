import { ASK_KIND, ASK_STATE } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { columnText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { type Ask, refreshAsks } from './query.ts'

type Sort = 'agreeAsk' | 'declineAsk' | 'withdrawAsk' | 'readAsk'
const WORD = { declineAsk: '不同意', withdrawAsk: '撤回' } as const

/** One ask (一项要求): who asks whom for what, and what the caller may do about it. */
export function AskCard({ ask }: { readonly ask: Ask }) {
  const [form, setForm] = useState<keyof typeof WORD>()
  const send = useSubmission(
    ({ sort, reason }: { sort: Sort; reason: string }, key) => {
      const params = { id: ask.id }
      if (sort === 'agreeAsk') return api(sort, { params, body: {}, key })
      if (sort === 'readAsk') return api(sort, { params, key })
      return api(sort, { params, body: { reason }, key })
    },
    {
      done: ({ state }) => {
        announce(`${ask.title}：${ASK_STATE[state]}`)
        setForm(undefined)
        refreshAsks()
      },
    },
  )
  const act = (sort: Sort, reason = '') => send.mutate({ sort, reason })
  const read = ask.units.filter(({ readAt }) => readAt !== null).length
  return (
    <li className="ask-card">
      <div className="ask-words">
        <b>
          {ask.title} <span className="tag">{ASK_KIND[ask.kind]}</span>
        </b>
        <span>
          {ask.asker.name} → {ask.units.map(({ name }) => name).join('、')}
        </span>
        <span className="muted">
          {[
            ASK_STATE[ask.state],
            `${ask.fields} 个字段`,
            `${ask.dueOn} 前完成`,
            `${ask.by} ${columnText(ask.at)}`,
            ask.readReceipt && `已读 ${read}/${ask.units.length}`,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
        {ask.detail !== null && <span>{ask.detail}</span>}
        {ask.reason !== null && <span>超上限的理由：{ask.reason}</span>}
        {ask.decision !== null && (
          <span className="muted">
            {ask.decision.by}：{ask.state === 'declined' ? '不同意' : '同意'}
            {ask.decision.note !== null && `，${ask.decision.note}`}
          </span>
        )}
      </div>
      <span className="row-acts">
        {ask.may.decide && (
          <button
            type="button"
            className="button button-small button-primary"
            disabled={send.isPending}
            onClick={() => act('agreeAsk')}
          >
            同意发出
          </button>
        )}
        {ask.may.decide && (
          <button type="button" className="button button-small" onClick={() => setForm('declineAsk')}>
            不同意
          </button>
        )}
        {ask.may.read && (
          <button
            type="button"
            className="button button-small button-primary"
            disabled={send.isPending}
            onClick={() => act('readAsk')}
          >
            已读
          </button>
        )}
        {ask.may.withdraw && !ask.may.decide && (
          <button type="button" className="button button-small" onClick={() => setForm('withdrawAsk')}>
            撤回
          </button>
        )}
      </span>
      {form === undefined ? (
        <FaultNotice fault={send.error} />
      ) : (
        <ReasonForm
          {...{ title: `${WORD[form]}：${ask.title}`, act: WORD[form], sending: send }}
          submit={(reason) => act(form, reason)}
          close={() => setForm(undefined)}
        />
      )}
    </li>
  )
}

interface ReasonFormProps {
  readonly title: string
  readonly act: string
  readonly sending: Parameters<typeof PanelForm>[0]['sending']
  readonly submit: (reason: string) => void
  readonly close: () => void
}
function ReasonForm({ submit, ...rest }: ReasonFormProps) {
  const [reason, setReason] = useState('')
  return (
    <PanelForm {...rest} ready={reason.trim() !== ''} submit={() => submit(reason)}>
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}
