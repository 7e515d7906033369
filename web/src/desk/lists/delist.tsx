import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { type Item, refreshProblemLists } from './query.ts'

/** Takes an item off its list, with a reason that stays in the log. */
export function Delist({ listId, item }: { readonly listId: string; readonly item: Item }) {
  const [reason, setReason] = useState<string | null>(null)
  const send = useSubmission(
    (body: { readonly reason: string }, key) => api('delist', { params: { id: listId, caseId: item.id }, body, key }),
    {
      done: () => {
        announce(`“${item.title}”已移出清单`)
        refreshProblemLists()
      },
    },
  )
  if (reason === null)
    return (
      <button
        type="button"
        className="button button-small button-plain"
        onClick={() => setReason('')}
        aria-label={`移出“${item.title}”`}
      >
        移出
      </button>
    )
  return (
    <form
      className="delist"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') send.mutate({ reason: reason.trim() })
      }}
    >
      <input
        className="input"
        aria-label="移出理由"
        placeholder="移出理由（留痕）"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <button type="submit" className="button button-small" disabled={reason.trim() === '' || send.isPending}>
        移出
      </button>
      <button type="button" className="button button-small button-plain" onClick={() => setReason(null)}>
        取消
      </button>
      <FaultNotice fault={send.error} />
    </form>
  )
}
