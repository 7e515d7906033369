import { useState } from 'react'
import { type Answer, api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import type { Enterprise } from './query.ts'
import { useSheetRows } from './sheet.ts'

type Contact = Answer<'revealEnterpriseContacts'>['items'][number]
const MOST = 10

/** Whom to call at an enterprise (联系人): read with a reason that stays on record, and changed by whoever keeps the register. */
export function Contacts({ enterprise }: { readonly enterprise: Enterprise }) {
  const { id, contacts, mayCall, mayEdit } = enterprise
  const [isOpen, setOpen] = useState(false)
  const read = useSubmission(
    (body: { reason: string }, key) => api('revealEnterpriseContacts', { params: { id }, body, key }),
    { done: () => announce('已读取联系人') },
  )
  const known = contacts === 0 ? [] : read.data?.items
  // What was read is old once it was changed: it is asked for anew, with a reason.
  const close = () => {
    setOpen(false)
    read.reset()
  }
  if (contacts === 0 && !mayEdit) return null
  return (
    <section className="table-section" aria-label="联系人">
      <h2>
        联系人 <span className="table-count">{contacts}</span>
      </h2>
      {contacts === 0 && <p className="muted">还没有登记联系人。</p>}
      {contacts > 0 && !mayCall && <p className="muted">联系方式由包保人和督查查看。</p>}
      {contacts > 0 && mayCall && known === undefined && <Reveal count={contacts} read={read} />}
      {known !== undefined && known.length > 0 && (
        <ul className="enterprise-contacts">
          {known.map(({ name, role, phone, platform }, i) => (
            <li key={i}>
              {[name, role, platform && '政企平台'].filter(Boolean).join(' · ')}{' '}
              {phone && <a href={`tel:${phone}`}>{phone}</a>}
            </li>
          ))}
        </ul>
      )}
      {mayEdit && known !== undefined && !isOpen && (
        <p className="no-print">
          <button type="button" className="button button-small" onClick={() => setOpen(true)}>
            {contacts === 0 ? '登记联系人' : '增减联系人'}
          </button>
        </p>
      )}
      {isOpen && known !== undefined && <ContactForm {...{ enterprise, known, close }} />}
    </section>
  )
}

function Reveal({
  count,
  read,
}: {
  readonly count: number
  readonly read: {
    readonly isPending: boolean
    readonly error: Parameters<typeof FaultNotice>[0]['fault']
    readonly mutate: (body: { reason: string }) => void
  }
}) {
  const [reason, setReason] = useState('')
  return (
    <form
      className="enterprise-reveal no-print"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') read.mutate({ reason })
      }}
    >
      <PlainField
        {...{ label: '查看联系人的原因', hint: `登记了 ${count} 名联系人；查看会留下记录`, maxLength: 200 }}
        value={reason}
        set={setReason}
      />
      <button type="submit" className="button button-small" disabled={reason.trim() === '' || read.isPending}>
        查看联系人
      </button>
      <FaultNotice fault={read.error} />
    </form>
  )
}

interface Draft {
  readonly key: string
  readonly name: string
  readonly role: string
  readonly phone: string
}
const blank = (): Draft => ({ key: crypto.randomUUID(), name: '', role: '', phone: '' })

/** The contacts anew; those of the platform are kept there and stay. */
function ContactForm({
  enterprise,
  known,
  close,
}: {
  readonly enterprise: Enterprise
  readonly known: readonly Contact[]
  readonly close: () => void
}) {
  const [rows, setRows] = useState<readonly Draft[]>(() => {
    const own = known.filter(({ platform }) => platform !== true)
    return own.length === 0
      ? [blank()]
      : own.map(({ name = '', role = '', phone = '' }) => ({ ...blank(), name, role, phone }))
  })
  const save = useSheetRows(enterprise, '联系人已保存', close)
  const change = (key: string, part: Partial<Draft>) =>
    setRows((before) => before.map((row) => (row.key === key ? { ...row, ...part } : row)))
  return (
    <PanelForm
      title={known.length === 0 ? '登记联系人' : '增减联系人'}
      ready={rows.every(({ name, phone }) => name.trim() !== '' || phone.trim() !== '')}
      sending={save}
      close={close}
      submit={() => save.mutate({ contacts: rows.map(({ name, role, phone }) => ({ name, role, phone })) })}
    >
      <div className="enterprise-rows">
        {rows.map((row, i) => (
          <fieldset key={row.key}>
            <legend>联系人 {i + 1}</legend>
            <PlainField
              {...{ label: `姓名 ${i + 1}`, value: row.name, maxLength: 50 }}
              set={(name) => change(row.key, { name })}
            />
            <PlainField
              {...{ label: `职务 ${i + 1}`, optional: true, value: row.role, maxLength: 30 }}
              set={(role) => change(row.key, { role })}
            />
            <PlainField
              {...{ label: `电话 ${i + 1}`, type: 'tel', value: row.phone }}
              set={(phone) => change(row.key, { phone })}
            />
            <button
              type="button"
              className="button button-small"
              aria-label={`删去联系人 ${i + 1}`}
              onClick={() => setRows((before) => before.filter(({ key }) => key !== row.key))}
            >
              删去
            </button>
          </fieldset>
        ))}
        {rows.length < MOST && (
          <button
            type="button"
            className="button button-small enterprise-more"
            onClick={() => setRows((before) => [...before, blank()])}
          >
            再加一名
          </button>
        )}
      </div>
    </PanelForm>
  )
}
