import { CONTACT_KIND } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { weekdayText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { standingOf } from './entry.ts'
import { type Entry, refreshContacts } from './query.ts'

interface EntryListProps {
  readonly items: readonly Entry[]
  /** Given where the caller may go along; called with the contact to join. */
  readonly join?: ((entry: Entry) => void) | undefined
  readonly withTarget?: boolean
}
/** Contacts one under the other, with what each unit came for and what may be done. */
export function EntryList({ items, join, withTarget = false }: EntryListProps) {
  const [cancelled, setCancelled] = useState<Entry>()
  return (
    <>
      {cancelled && <CancelForm key={cancelled.id} entry={cancelled} close={() => setCancelled(undefined)} />}
      <ul className="contact-list">
        {items.map((entry) => (
          <Row key={entry.id} {...{ entry, join, withTarget }} cancel={() => setCancelled(entry)} />
        ))}
      </ul>
    </>
  )
}

interface RowProps {
  readonly entry: Entry
  readonly join: EntryListProps['join']
  readonly withTarget: boolean
  readonly cancel: () => void
}
function Row({ entry, join, withTarget, cancel }: RowProps) {
  const { shape, word, name } = standingOf(entry)
  const done = useSubmission(
    (body: { on: string }, key) => api('contactDone', { params: { id: entry.id }, body, key }),
    {
      done: () => {
        announce('已登记完成')
        refreshContacts()
      },
    },
  )
  return (
    <li className={`contact-row is-${name}`}>
      <div className="contact-words">
        <b>
          {withTarget && <Link to={`/w/contacts/${entry.target.id}`}>{entry.target.name}</Link>}
          {withTarget && ' · '}
          {weekdayText(entry.on)} {CONTACT_KIND[entry.kind]}
          {entry.statutory && <span className="tag">法定</span>}
          {entry.units.length > 1 && <span className="tag tag-good">合并 {entry.units.length} 个单位</span>}
        </b>
        <span className="contact-standing">
          <span aria-hidden="true">{shape} </span>
          {word}
        </span>
        {entry.units.map((unit) => (
          <span key={unit.id}>
            {unit.name}：{unit.purpose}
            {unit.basis !== null && `（依据：${unit.basis}）`}
          </span>
        ))}
        {entry.reason !== null && <span className="muted">超预算的理由：{entry.reason}</span>}
        <FaultNotice fault={done.error} />
      </div>
      <span className="row-acts">
        {join !== undefined && entry.may.join && (
          <button type="button" className="button button-small" onClick={() => join(entry)}>
            合并走访
          </button>
        )}
        {entry.may.done && (
          <button
            type="button"
            className="button button-small"
            disabled={done.isPending}
            onClick={() => done.mutate({ on: entry.on })}
          >
            已完成
          </button>
        )}
        {entry.may.cancel && (
          <button type="button" className="button button-small" onClick={cancel}>
            取消计划
          </button>
        )}
      </span>
    </li>
  )
}

function CancelForm({ entry, close }: { readonly entry: Entry; readonly close: () => void }) {
  const [reason, setReason] = useState('')
  const send = useSubmission(
    (body: { reason: string }, key) => api('cancelContact', { params: { id: entry.id }, body, key }),
    {
      done: ({ state }) => {
        announce(state === 'cancelled' ? '已取消' : '本单位已退出，其他单位照常')
        refreshContacts()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: `取消 ${weekdayText(entry.on)} 的计划`, act: '确认取消', sending: send, close }}
      ready={reason.trim() !== ''}
      submit={() => send.mutate({ reason })}
    >
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}
