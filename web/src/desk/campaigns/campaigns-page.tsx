import { CAMPAIGN_KIND, CAMPAIGN_STATE } from '@banjie/contract'
import { useState } from 'react'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { useTitle } from '../page/title.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { CampaignForm } from './campaign-form.tsx'
import { CoverBar } from './cover-bar.tsx'
import { type CampaignRow, useCampaigns } from './query.ts'
import '../page/page.css'
import './campaigns.css'

const KEEPERS = ['supervisor', 'admin'] as const
const STATES = ['running', 'coming', 'over'] as const

/** Campaigns (专项活动): what runs, how far each has come and what it has solved. */
export function CampaignsPage({ session }: { readonly session: Session }) {
  const { data, error, isPending, refetch } = useCampaigns()
  const [starts, setStarts] = useState(false)
  useTitle('专项活动')
  const keeps = KEEPERS.some((role) => session.roles.includes(role))
  return (
    <div className="page page-wide campaigns">
      <header className="page-head">
        <h1>专项活动</h1>
        <div className="page-acts">
          {keeps && (
            <button type="button" className="button button-small button-primary" onClick={() => setStarts(true)}>
              发起活动
            </button>
          )}
        </div>
      </header>
      <p className="page-lead">覆盖、走访和问题都由走访记录算出，不用填报。</p>
      {starts && <CampaignForm campaigns={data?.items ?? []} close={() => setStarts(false)} />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} />}
      {data?.items.length === 0 && (
        <EmptyView>
          {keeps ? '还没有活动。发起一个，走访时勾选它，进度就自动算出。' : '还没有活动。活动由督查室发起。'}
        </EmptyView>
      )}
      {data &&
        STATES.map((state) => {
          const rows = data.items.filter((one) => one.state === state)
          return rows.length === 0 ? null : (
            <section key={state} className="campaign-group" aria-label={CAMPAIGN_STATE[state]}>
              <h2>
                {CAMPAIGN_STATE[state]}
                <span className="table-count">{rows.length}</span>
              </h2>
              <CampaignCards rows={rows} />
            </section>
          )
        })}
    </div>
  )
}

export const CampaignCards = ({ rows }: { readonly rows: readonly CampaignRow[] }) => (
  <ul className="campaign-cards">
    {rows.map((row) => (
      <li key={row.id} className="campaign-card">
        <span className="campaign-name">
          <Link to={`/w/campaigns/${row.id}`}>{row.title}</Link>
          {row.kind === 'rectification' && <span className="tag">{CAMPAIGN_KIND[row.kind]}</span>}
        </span>
        <span className="muted">
          {row.from} 至 {row.to} · {row.ownerUnit.name}
          {row.parent !== null && ` · 属于${row.parent.title}`}
        </span>
        <CoverBar figures={row.figures} />
        <span>
          收集问题 <b>{row.figures.problems}</b> 条，已解决 <b>{row.figures.solved}</b> 条
          {row.figures.open > 0 && (
            <>
              ，
              <Link to={`/w/campaigns/${row.id}?show=open`} className="campaign-open">
                在办 {row.figures.open} 条
              </Link>
            </>
          )}
        </span>
      </li>
    ))}
  </ul>
)
