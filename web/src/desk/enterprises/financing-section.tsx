import { moneyText, SCREENING_STATE } from '@banjie/contract'
import { useState } from 'react'
import { FinancingCard } from '../finance/financing-card.tsx'
import { IntentForm } from '../finance/intent-form.tsx'
import { QualityRequestForm } from '../finance/quality-forms.tsx'
import { QualityRows } from '../finance/quality-rows.tsx'
import { useEnterpriseFinancing } from '../finance/query.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import '../finance/finance.css'

/** An enterprise's financings, the whitelists on which it stands, and its quality requests (融资和质量服务). */
export function FinancingSection({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useEnterpriseFinancing(id)
  const [doing, setDoing] = useState<'intent' | 'quality'>()
  const close = () => setDoing(undefined)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={4} />
  return (
    <>
      <section className="table-section" aria-label="融资">
        <h2>
          融资 <span className="table-count">{data.items.length}</span>
        </h2>
        <p className="muted">
          {data.items.length === 0 ? '还没有融资记录。' : `已放款 ${moneyText(data.lentFen)}`}
          {data.whitelists.map(({ title, state }) => ` · ${title}：${SCREENING_STATE[state]}`).join('')}
        </p>
        <ul className="finance-cards">
          {data.items.map((one) => (
            <FinancingCard key={one.id} one={one} place="enterprise" />
          ))}
        </ul>
        {data.mayKeep && (
          <span className="finance-acts no-print">
            <button type="button" className="button button-small" onClick={() => setDoing('intent')}>
              登记融资意向
            </button>
            <button type="button" className="button button-small" onClick={() => setDoing('quality')}>
              登记质量服务需求
            </button>
          </span>
        )}
        {doing === 'intent' && <IntentForm enterprise={id} close={close} />}
        {doing === 'quality' && <QualityRequestForm enterprise={id} close={close} />}
      </section>
      <QualityRows items={data.quality} count={data.quality.length} />
    </>
  )
}
