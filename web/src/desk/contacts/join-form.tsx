import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { weekdayText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { wordsOf } from './entry.ts'
import { BLANK_ERRAND, ErrandFields, isReady, sentOf } from './errand-fields.tsx'
import { type Entry, refreshContacts } from './query.ts'

interface JoinFormProps {
  readonly entry: Entry
  /** What the caller's unit has planned itself and may merge into this one instead. */
  readonly own: readonly Entry[]
  readonly close: () => void
}
/** Going along on what another unit has planned (合并走访). */
export function JoinForm({ entry, own, close }: JoinFormProps) {
  const [errand, setErrand] = useState(BLANK_ERRAND)
  const joined = () => {
    announce('已合并，同去一次')
    refreshContacts()
    close()
  }
  const send = useSubmission(
    (body: Request<'joinContact'>['body'], key) => api('joinContact', { params: { id: entry.id }, body, key }),
    {
      done: joined,
    },
  )
  const merge = useSubmission(
    ({ id }: { id: string }, key) => api('mergeContact', { params: { id }, body: { planId: entry.id }, key }),
    { done: joined },
  )
  return (
    <PanelForm
      {...{ title: `合并走访：${weekdayText(entry.on)} ${wordsOf(entry)}`, act: '合并', sending: send, close }}
      ready={isReady(errand)}
      submit={() => send.mutate(sentOf(errand))}
    >
      <ErrandFields errand={errand} set={setErrand} />
      {own.length > 0 && (
        <div className="contact-told">
          <p className="hint">本单位已另有计划的，直接并入，不必再填：</p>
          {own.map((one) => (
            <div key={one.id} className="contact-near">
              <span>
                {weekdayText(one.on)} {wordsOf(one)}
              </span>
              <button
                type="button"
                className="button button-small"
                disabled={merge.isPending}
                onClick={() => merge.mutate({ id: one.id })}
              >
                并入
              </button>
            </div>
          ))}
          <FaultNotice fault={merge.error} />
        </div>
      )}
    </PanelForm>
  )
}
