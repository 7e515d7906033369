import { type FormEvent, useState } from 'react'
import { api } from '../../shared/api.ts'
import { useFocusOnce } from '../../shared/focus.ts'
import { Icon } from '../../shared/icon.tsx'
import type { Kase } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'

/** Who asked. Name and phone are masked; to see them one says why, and that is recorded. */
export function PartyBox({ kase }: { readonly kase: Kase }) {
  const [asking, setAsking] = useState(false)
  const party = kase.party
  const reveal = useSubmission(
    (body: { id: string; reason: string }, key) =>
      api('reveal', { params: { id: body.id }, body: { reason: body.reason }, key }),
    { done: () => setAsking(false) },
  )
  if (party === null)
    return (
      <div className="party">
        <Icon name="user" />
        <span>匿名，没有留下联系方式</span>
      </div>
    )
  const shown = reveal.data
  const name = shown ? shown.name : party.masked.name
  const proxy = shown ? shown.proxy : party.proxy
  const unnamed = party.kind === 'enterprise' ? '企业' : '未留姓名'
  return (
    <div className="party">
      <Icon name="user" />
      <span className="party-who">
        <b>{name ?? unnamed}</b>
        {party.kind === 'enterprise' && <span className="tag">企业</span>}
        {shown?.phone ? (
          <a className="party-phone number" href={`tel:${shown.phone}`}>
            <Icon name="phone" size={14} />
            {shown.phone}
          </a>
        ) : (
          <span className="number">{party.masked.phone ?? '未留电话'}</span>
        )}
        {shown?.email ? (
          <a className="party-phone" href={`mailto:${shown.email}`}>
            {shown.email}
          </a>
        ) : (
          party.masked.email && <span>{party.masked.email}</span>
        )}
        {shown?.uscc && <span className="number">{shown.uscc}</span>}
        {proxy && (
          <span>
            {`代办人（${proxy.relation}） ${proxy.name ?? ''} `}
            <span className="number">{proxy.phone ?? ''}</span>
          </span>
        )}
      </span>
      {!shown && !asking && (
        <button type="button" className="button button-small" onClick={() => setAsking(true)}>
          <Icon name="eye" size={14} />
          查看联系方式
        </button>
      )}
      {shown && (
        <span className="muted party-note" role="status">
          本次查看已记录
        </span>
      )}
      {shown?.said && <p className="party-said">{shown.said}</p>}
      {asking && (
        <AskReason
          busy={reveal.isPending}
          refusal={reveal.error?.message}
          give={(reason) => reveal.mutate({ id: party.id, reason })}
          cancel={() => setAsking(false)}
        />
      )}
    </div>
  )
}

const REASONS = ['联系诉求人了解情况', '约定上门时间', '回访核实'] as const

interface AskReasonProps {
  readonly busy: boolean
  readonly refusal: string | undefined
  readonly give: (reason: string) => void
  readonly cancel: () => void
}

function AskReason({ busy, refusal, give, cancel }: AskReasonProps) {
  const [reason, setReason] = useState('')
  const field = useFocusOnce<HTMLInputElement>()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (reason.trim() !== '') give(reason)
  }
  return (
    <form className="party-ask" onSubmit={submit}>
      <label className="field-label" htmlFor="reveal-reason">
        为什么要查看
      </label>
      <div className="party-reasons">
        {REASONS.map((text) => (
          <button
            key={text}
            type="button"
            className="chip"
            aria-pressed={reason === text}
            onClick={() => setReason(text)}
          >
            {text}
          </button>
        ))}
      </div>
      <div className="party-line">
        <input
          id="reveal-reason"
          className="input"
          ref={field}
          required
          maxLength={200}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
        <button type="submit" className="button button-primary" disabled={busy || reason.trim() === ''}>
          查看
        </button>
        <button type="button" className="button" onClick={cancel}>
          取消
        </button>
      </div>
      <p className="hint">
        <Icon name="lock" size={13} /> 您的姓名、时间和理由会记入审计；联系方式只能用于办理本事项。
      </p>
      {refusal && (
        <p className="field-error" role="alert">
          {refusal}
        </p>
      )}
    </form>
  )
}
