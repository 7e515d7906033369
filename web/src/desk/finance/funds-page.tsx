import { DISBURSEMENT_BY, type DisbursementBy, moneyText } from '@banjie/contract'
import { useState } from 'react'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { SelectField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { PaymentForm, VoidForm } from './payment-forms.tsx'
import { PaymentRows } from './payment-rows.tsx'
import { PaymentUpload } from './payment-upload.tsx'
import { type Payment, usePayments, useTotals } from './query.ts'
import '../page/page.css'
import './finance.css'

const BYS = Object.keys(DISBURSEMENT_BY) as DisbursementBy[]
const SHARE = 100

/** Money that was paid to enterprises (涉企资金): the bars are sums of rows, and each leads to its rows. */
export function FundsPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const by = BYS.find((one) => one === place.query.get('by')) ?? 'year'
  const key = place.query.get('key')
  const filter = key === null ? {} : { [by]: key }
  const payments = usePayments(filter)
  const [doing, setDoing] = useState<'pay' | 'upload' | Payment>()
  const close = () => setDoing(undefined)
  useTitle('涉企资金')
  if (payments.error) return <ErrorView error={payments.error} retry={() => void payments.refetch()} />
  const { data } = payments
  return (
    <div className="page page-wide finance table-cards">
      <header className="page-head no-print">
        <h1>涉企资金</h1>
        {data?.mayKeep && (
          <span className="finance-acts">
            <button type="button" className="button button-primary" onClick={() => setDoing('pay')}>
              登记拨付
            </button>
            {session.unitId && (
              <button type="button" className="button" onClick={() => setDoing('upload')}>
                导入
              </button>
            )}
          </span>
        )}
      </header>
      {doing === 'pay' && <PaymentForm unit={session.unitId ?? undefined} close={close} />}
      {doing === 'upload' && session.unitId && <PaymentUpload unitId={session.unitId} close={close} />}
      {typeof doing === 'object' && <VoidForm key={doing.id} payment={doing} close={close} />}
      <div className="finance-by no-print">
        <SelectField
          label="合计口径"
          value={by}
          set={(one) => go(withQuery(place, { by: one, key: null }), { replace: true })}
          words={DISBURSEMENT_BY}
        />
      </div>
      <Bars by={by} chosen={key} />
      {data === undefined ? (
        <Skeleton rows={6} />
      ) : (
        <>
          <FigureList
            label="合计"
            figures={[
              { label: '拨付金额', value: moneyText(data.fen) },
              { label: '笔数', value: data.rows, unit: '笔' },
              { label: '企业', value: data.enterprises, unit: '户' },
            ]}
          />
          <PaymentRows
            {...{ title: '拨付明细', count: data.rows, items: data.items, voiding: setDoing }}
            empty="没有拨付记录。"
          />
        </>
      )}
    </div>
  )
}

function Bars({ by, chosen }: { readonly by: DisbursementBy; readonly chosen: string | null }) {
  const place = usePlace()
  const { data, error, refetch } = useTotals({ by })
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (data === undefined) return <Skeleton rows={3} />
  if (data.items.length === 0) return <EmptyView>还没有拨付记录。点“登记拨付”记一笔，或导入拨付表。</EmptyView>
  const most = Math.max(...data.items.map(({ fen }) => fen))
  return (
    <ul className="finance-bars" aria-label={`按${DISBURSEMENT_BY[by]}合计`}>
      {data.items.map(({ key, label, fen, rows, enterprises }) => (
        <li key={key}>
          <Link
            to={withQuery(place, { by, key: key === chosen ? null : key })}
            className={key === chosen ? 'is-chosen' : ''}
          >
            <span className="finance-bar-words">
              <b>{label}</b>
              <span>
                {moneyText(fen)} · {rows} 笔 · {enterprises} 户
              </span>
            </span>
            <span className="finance-track">
              <span style={{ width: `${Math.max(1, Math.round((fen / most) * SHARE))}%` }} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
