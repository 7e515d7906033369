import { useState } from 'react'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { refreshPlans } from './query.ts'

interface ReasonProps {
  readonly label: string
  readonly send: (reason: string, key: string) => Promise<unknown>
}
/** Takes something back, with the reason that stays to be read. */
export function ReasonForm({ label, send }: ReasonProps) {
  const [reason, setReason] = useState<string | null>(null)
  const save = useSubmission((body: { reason: string }, key) => send(body.reason, key), {
    done: () => {
      announce(`已${label}`)
      refreshPlans()
    },
  })
  if (reason === null)
    return (
      <button type="button" className="button button-small plan-void no-print" onClick={() => setReason('')}>
        {label}
      </button>
    )
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ reason })
      }}
    >
      <PlainField label={`${label}的原因`} value={reason} set={setReason} maxLength={200} />
      <button type="submit" className="button button-small" disabled={reason.trim() === '' || save.isPending}>
        确认
      </button>
      <FaultNotice fault={save.error} />
    </form>
  )
}
