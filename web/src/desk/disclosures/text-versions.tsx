import { PUBLIC_TEXT_STATE } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { columnText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PlainField } from '../page/plain-field.tsx'
import type { PublicText } from './query.ts'

/** The text that waits for review: read it, publish it or send it back; whoever wrote it only waits. */
export function WaitingText({ text, done }: { readonly text: PublicText; readonly done: () => void }) {
  const [returns, setReturns] = useState(false)
  const [reason, setReason] = useState('')
  const told = (word: string) => ({
    done: () => {
      announce(word)
      done()
    },
  })
  const publish = useSubmission(
    (body: Parameters<typeof api<'publishText'>>[1]['body'], key) =>
      api('publishText', { params: { id: text.id }, body, key }),
    told('已公开'),
  )
  const giveBack = useSubmission(
    (body: Parameters<typeof api<'returnText'>>[1]['body'], key) =>
      api('returnText', { params: { id: text.id }, body, key }),
    told('已退回'),
  )
  const busy = publish.isPending || giveBack.isPending
  return (
    <div className="text-waiting">
      <p>
        <span className="tag">待审核</span> {text.author} {columnText(text.submittedAt)} 提交
        {text.reason && `，更正原因：${text.reason}`}
      </p>
      <TextBody text={text} />
      {text.reviewable ? (
        <div className="row-acts">
          <button type="button" className="button button-primary" disabled={busy} onClick={() => publish.mutate({})}>
            审核通过并公开
          </button>
          <button type="button" className="button" disabled={busy} onClick={() => setReturns(!returns)}>
            退回
          </button>
        </div>
      ) : (
        <p className="hint">由本单位负责人或督查室审核；写的人不能审核自己的。</p>
      )}
      {returns && (
        <form
          className="panel-grid"
          onSubmit={(event) => {
            event.preventDefault()
            if (reason.trim() !== '') giveBack.mutate({ reason: reason.trim() })
          }}
        >
          <PlainField label="退回原因" value={reason} set={setReason} maxLength={300} />
          <div className="panel-acts">
            <button type="submit" className="button button-primary" disabled={reason.trim() === '' || busy}>
              确认退回
            </button>
          </div>
        </form>
      )}
      <FaultNotice fault={publish.error ?? giveBack.error} />
    </div>
  )
}

export const TextBody = ({ text }: { readonly text: PublicText }) => (
  <>
    <div className="text-body">{text.text}</div>
    <p className="hint">
      {text.version !== null && `第 ${text.version} 版 · `}
      {text.effectiveOn} 至 {text.validUntil} · 依据：{text.source}
      {text.state === 'published' && ` · ${text.author} 写，${text.reviewer} 审核`}
    </p>
  </>
)

/** Versions that are no longer, or never were, what is public. */
export function EarlierTexts({ texts }: { readonly texts: readonly PublicText[] }) {
  if (texts.length === 0) return null
  return (
    <details className="mapping">
      <summary>
        以前各版 <span className="muted">{texts.length}</span>
      </summary>
      <ol className="text-earlier">
        {texts.map((text) => (
          <li key={text.id}>
            <p>
              <b>{text.version === null ? PUBLIC_TEXT_STATE[text.state] : `第 ${text.version} 版`}</b>{' '}
              {text.reviewedAt && columnText(text.reviewedAt)}{' '}
              {text.reviewNote && `${text.reviewer}：${text.reviewNote}`}
              {text.reason && `（更正原因：${text.reason}）`}
            </p>
            <p className="text-body">{text.state === 'published' ? <del>{text.text}</del> : text.text}</p>
          </li>
        ))}
      </ol>
    </details>
  )
}
