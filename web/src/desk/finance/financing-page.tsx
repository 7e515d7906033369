import { FINANCING_STATE, type FinancingState, moneyText } from '@banjie/contract'
import { useState } from 'react'
import { TabList } from '../page/tab-list.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { FinancingCard } from './financing-card.tsx'
import { IntentForm, ProductForm } from './intent-form.tsx'
import { QualityTab } from './quality-rows.tsx'
import { useFinancingFigures, useFinancings } from './query.ts'
import { WhitelistsTab } from './whitelists-tab.tsx'
import '../page/page.css'
import './finance.css'

const TABS = ['pipeline', 'whitelists', 'quality'] as const
type Tab = (typeof TABS)[number]
const TAB: Readonly<Record<Tab, string>> = { pipeline: '融资进度', whitelists: '白名单', quality: '质量服务' }

/** Financing (融资): from intent to repaid, the whitelists, and the quality one-stop. */
export function FinancingPage() {
  const place = usePlace()
  const tab = TABS.find((one) => one === place.query.get('tab')) ?? 'pipeline'
  useTitle('融资')
  return (
    <div className="page page-wide finance table-cards">
      <header className="page-head no-print">
        <h1>融资</h1>
      </header>
      <TabList
        label="融资"
        panel="finance-panel"
        tabs={TABS}
        tab={tab}
        choose={(one) => go(withQuery(place, { tab: one === 'pipeline' ? null : one }), { replace: true })}
        face={(one) => TAB[one]}
      />
      <div role="tabpanel" id="finance-panel" aria-labelledby={`finance-panel-${tab}`} className="finance-panel">
        {tab === 'pipeline' && <Pipeline />}
        {tab === 'whitelists' && <WhitelistsTab />}
        {tab === 'quality' && <QualityTab />}
      </div>
    </div>
  )
}

const STATES = Object.keys(FINANCING_STATE) as FinancingState[]
function Pipeline() {
  const { data, error, isPending, refetch } = useFinancings({})
  const figures = useFinancingFigures({ by: 'state' }).data?.items ?? []
  const [doing, setDoing] = useState<'intent' | 'product'>()
  const close = () => setDoing(undefined)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} />
  return (
    <>
      {data.mayKeep && (
        <span className="finance-acts no-print">
          <button type="button" className="button button-primary" onClick={() => setDoing('intent')}>
            登记意向
          </button>
          <button type="button" className="button" onClick={() => setDoing('product')}>
            增加产品
          </button>
        </span>
      )}
      {doing === 'intent' && <IntentForm close={close} />}
      {doing === 'product' && <ProductForm close={close} />}
      {data.items.length === 0 ? (
        <EmptyView>还没有融资记录。先增加融资产品，再登记企业的融资意向。</EmptyView>
      ) : (
        <div className="finance-columns">
          {STATES.map((state) => {
            const sum = figures.find(({ key }) => key === state)
            const fen = state === 'lent' || state === 'repaid' ? sum?.lentFen : sum?.intendedFen
            return (
              <section key={state} aria-label={FINANCING_STATE[state]}>
                <h2>
                  {FINANCING_STATE[state]} <span className="table-count">{sum?.rows ?? 0}</span>
                </h2>
                <p className="muted">{sum === undefined ? '暂无' : `${sum.enterprises} 户 · ${moneyText(fen ?? 0)}`}</p>
                <ul>
                  {data.items
                    .filter((one) => one.state === state)
                    .map((one) => (
                      <FinancingCard key={one.id} one={one} />
                    ))}
                </ul>
              </section>
            )
          })}
        </div>
      )}
    </>
  )
}
