import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { refreshPlans } from './query.ts'

interface Props {
  readonly kind: 'target' | 'task'
  readonly id: string
  readonly version: number
}
/** Approves a change of a target or task, or returns it with a reason (批准或退回). */
export function DecideForm({ kind, id, version }: Props) {
  const [reason, setReason] = useState('')
  const told = (word: string) => ({
    done: () => {
      announce(word)
      refreshPlans()
    },
  })
  const params = { id, version: String(version) } as never
  const approve = useSubmission(
    (_: object, key): Promise<unknown> =>
      kind === 'task' ? api('approveTask', { params, body: {}, key }) : api('approveTarget', { params, body: {}, key }),
    told('已批准'),
  )
  const giveBack = useSubmission(
    (body: { reason: string }, key): Promise<unknown> =>
      kind === 'task' ? api('returnTask', { params, body, key }) : api('returnTarget', { params, body, key }),
    told('已退回'),
  )
  const busy = approve.isPending || giveBack.isPending
  return (
    <>
      <form
        className="chips plan-decide no-print"
        onSubmit={(event) => {
          event.preventDefault()
          giveBack.mutate({ reason })
        }}
      >
        <button type="button" className="button button-primary" disabled={busy} onClick={() => approve.mutate({})}>
          批准
        </button>
        <PlainField label="退回原因" value={reason} set={setReason} maxLength={300} />
        <button type="submit" className="button" disabled={busy || reason.trim() === ''}>
          退回
        </button>
      </form>
      <FaultNotice fault={approve.error ?? giveBack.error} />
    </>
  )
}
