import { FINANCING_STATE, moneyText, parseMoney } from '@banjie/contract'
import { Fragment, useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { WanField } from './payment-forms.tsx'
import { type Financing, refreshFinance } from './query.ts'

type Move = Financing['next'][number]
const ACT = { approval: '转入审批', lent: '记放款', repaid: '记还清', failed: '记失败' } as const
const shownOf = (one: Financing) => one.lentFen ?? one.approvedFen ?? one.intendedFen

/** One financing as a card: who, from whom, how much, when it is expected, and the steps that may follow. */
export function FinancingCard({
  one,
  place,
}: {
  readonly one: Financing
  /** On whose page the card stands: it says nothing that the page says, and an enterprise's page takes no steps. */
  readonly place?: 'enterprise' | 'meeting'
}) {
  const [to, setTo] = useState<Move>()
  const { expected, meeting } = one
  return (
    <li className="finance-card">
      {place !== 'enterprise' && (
        <Link to={`/w/enterprises/${one.enterprise.id}`}>
          <b>{one.enterprise.name}</b>
        </Link>
      )}
      <span>
        {moneyText(shownOf(one))} · {one.product.label} · {one.partner}
      </span>
      {shownOf(one) !== one.intendedFen && <span className="muted">意向 {moneyText(one.intendedFen)}</span>}
      {expected && (
        <span className={one.late ? 'finance-late' : 'muted'}>
          {one.late ? '已过' : ''}预计到位：{expected.words && `${expected.words}，`}
          <span className="day">{expected.from}</span> 至 <span className="day">{expected.to}</span>
        </span>
      )}
      {meeting && place !== 'meeting' && (
        <span className="muted">
          来自 <span className="day">{meeting.on}</span> <Link to={`/w/meetings/${meeting.id}`}>{meeting.title}</Link>
        </span>
      )}
      <span className="muted">
        {one.events.map(({ state, on }, i) => (
          <Fragment key={state}>
            {i > 0 && ' → '}
            <span className="day">
              {FINANCING_STATE[state]} {on}
            </span>
          </Fragment>
        ))}
      </span>
      {place !== 'enterprise' && one.next.length > 0 && (
        <span className="finance-acts no-print">
          {one.next.map((next) => (
            <button
              key={next}
              type="button"
              className="button button-small"
              aria-label={`${ACT[next]} ${one.enterprise.name}`}
              onClick={() => setTo(next)}
            >
              {ACT[next]}
            </button>
          ))}
        </span>
      )}
      {to && <MoveForm key={to} one={one} to={to} close={() => setTo(undefined)} />}
    </li>
  )
}

function MoveForm({ one, to, close }: { readonly one: Financing; readonly to: Move; readonly close: () => void }) {
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [wan, setWan] = useState('')
  const [note, setNote] = useState('')
  const asks = to === 'approval' || to === 'lent'
  const fen = asks && wan !== '' ? parseMoney(wan, '万元') : undefined
  const save = useSubmission(
    (body: Request<'moveFinancing'>['body'], key) => api('moveFinancing', { params: { id: one.id }, body, key }),
    {
      done: (made) => {
        announce(`${made.enterprise.name} ${FINANCING_STATE[made.state]}`)
        refreshFinance()
        close()
      },
    },
  )
  const ready = (to !== 'lent' || fen !== undefined) && (to !== 'failed' || note.trim() !== '')
  return (
    <PanelForm
      title={ACT[to]}
      ready={ready && (wan === '' || !asks || fen !== undefined)}
      sending={save}
      close={close}
      submit={() => save.mutate({ to, on, ...(fen !== undefined && { fen }), ...(note !== '' && { note }) })}
    >
      <PlainField label="日期" type="date" value={on} set={setOn} />
      {asks && <WanField label="金额" value={wan} set={setWan} {...(to === 'approval' && { optional: true })} />}
      <PlainField
        label={to === 'failed' ? '原因' : '说明'}
        {...(to !== 'failed' && { optional: true })}
        value={note}
        set={setNote}
        maxLength={200}
      />
    </PanelForm>
  )
}
