import { moneyText } from '@banjie/contract'
import { useState } from 'react'
import { ApiFault } from '../../shared/api.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { FinancingCard } from './financing-card.tsx'
import { IntentForm } from './intent-form.tsx'
import { useFinancingFigures, useFinancings } from './query.ts'
import './finance.css'

/** What came of a bank–enterprise meeting (银企对接会): each intent, and where it has got to; nothing for whoever may not read financings. */
export function MeetingFinancings({ meeting, isBank }: { readonly meeting: string; readonly isBank: boolean }) {
  const { data, error, isPending, refetch } = useFinancings({ meeting })
  const sum = useFinancingFigures({ by: 'meeting', meeting }).data?.items[0]
  const [isOpen, setOpen] = useState(false)
  if (error instanceof ApiFault && error.code === 'forbidden') return null
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={3} />
  if (data.items.length === 0 && !isBank) return null
  return (
    <section className="panel" aria-label="融资意向">
      <h2>
        融资意向 <span className="table-count">{data.total}</span>
      </h2>
      {sum === undefined ? (
        <p className="muted">还没有登记来自这次会议的融资意向。</p>
      ) : (
        <p className="muted">
          {sum.enterprises} 户企业 · 意向 {moneyText(sum.intendedFen)} · 审批 {moneyText(sum.approvedFen)} · 放款{' '}
          {moneyText(sum.lentFen)}
        </p>
      )}
      {data.items.length > 0 && (
        <ul className="finance-cards">
          {data.items.map((one) => (
            <FinancingCard key={one.id} one={one} place="meeting" />
          ))}
        </ul>
      )}
      {isOpen ? (
        <IntentForm meeting={meeting} close={() => setOpen(false)} />
      ) : (
        data.mayKeep && (
          <span className="finance-acts no-print">
            <button type="button" className="button button-small" onClick={() => setOpen(true)}>
              登记融资意向
            </button>
          </span>
        )
      )}
    </section>
  )
}
