import { SHIFT } from '@banjie/contract'
import { useState } from 'react'
import { clockText } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { TabList } from '../page/tab-list.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { CallsTab } from './calls-tab.tsx'
import { MonthGrid } from './month-grid.tsx'
import { OvertimeTab } from './overtime-tab.tsx'
import { PostForm } from './post-form.tsx'
import { type Roster, useOnDuty, useRoster } from './query.ts'
import { SwapTable } from './swap-table.tsx'
import '../page/page.css'
import './roster.css'

const TABS = ['roster', 'calls', 'overtime'] as const
type Tab = (typeof TABS)[number]
const TAB: Readonly<Record<Tab, string>> = { roster: '值班表', calls: '值班电话', overtime: '加班' }

/** Who is on duty now, who will be, what nobody has taken; the calls that came, and the overtime. */
export function RosterPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const tab = TABS.find((one) => one === place.query.get('tab')) ?? 'roster'
  useTitle('值班加班')
  return (
    <div className="page page-wide roster table-cards">
      <header className="page-head no-print">
        <h1>值班加班</h1>
      </header>
      <Now />
      <TabList
        label="值班加班"
        panel="roster-panel"
        tabs={TABS}
        tab={tab}
        choose={(one) => go(withQuery(place, { tab: one === 'roster' ? null : one }), { replace: true })}
        face={(one) => TAB[one]}
      />
      <div role="tabpanel" id="roster-panel" aria-labelledby={`roster-panel-${tab}`} className="roster-panel">
        {tab === 'roster' && <Months session={session} />}
        {tab === 'calls' && <CallsTab />}
        {tab === 'overtime' && <OvertimeTab session={session} />}
      </div>
    </div>
  )
}

/** Who is on duty at this moment; a post that nobody has is red. */
function Now() {
  const { data, error, refetch } = useOnDuty()
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (data === undefined || data.items.length === 0) return null
  return (
    <section className="no-print" aria-label="现在值班">
      <h2 className="roster-title">现在值班</h2>
      <ul className="on-duty">
        {data.items.map(({ post, person, leader, shift, until, gap }) => (
          <li key={post.id} className={gap ? 'is-gap' : ''}>
            <span className="muted">{post.name}</span>
            <b>
              {gap ? `■ ${person === null ? '没有人值班' : `${person.name}不能到岗`}` : (person?.name ?? '现在不设班')}
            </b>
            <span>
              <a href={`tel:${post.phone}`}>{post.phone}</a>
            </span>
            <span className="muted">
              {[shift && SHIFT[shift], until && `到 ${clockText(until)}`, leader && `带班 ${leader.name}`]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The month before or after `2026-10`. */
const monthBeside = (month: string, step: 1 | -1) => {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + step, 1)).toISOString().slice(0, 7)
}

function Months({ session }: { readonly session: Session }) {
  const place = usePlace()
  const asked = place.query.get('month') ?? undefined
  const { data, error, isPending, refetch } = useRoster(asked)
  const [adding, setAdding] = useState(false)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} />
  const to = (step: 1 | -1) => withQuery(place, { month: monthBeside(data.month, step) })
  const [year, month] = data.month.split('-').map(Number)
  return (
    <>
      <div className="roster-bar no-print">
        <Link to={to(-1)} className="button button-small">
          上月
        </Link>
        <h2>
          {year}年{month}月
        </h2>
        <Link to={to(1)} className="button button-small">
          下月
        </Link>
        <span className="roster-acts">
          {data.mayKeep && (
            <button type="button" className="button button-small" onClick={() => setAdding(true)}>
              设值班岗
            </button>
          )}
          {data.posts.length > 0 && (
            <button type="button" className="button button-small" onClick={() => window.print()}>
              打印
            </button>
          )}
        </span>
      </div>
      {adding && <PostForm unit={session.unitId} close={() => setAdding(false)} />}
      <Posts roster={data} session={session} />
      <SwapTable month={asked} />
    </>
  )
}

function Posts({ roster, session }: { readonly roster: Roster; readonly session: Session }) {
  if (roster.posts.length === 0)
    return (
      <EmptyView>
        {roster.mayKeep ? '还没有值班岗。点“设值班岗”，再按轮次排班。' : '还没有值班岗，请联系本单位负责人设岗。'}
      </EmptyView>
    )
  return roster.posts.map((post) => <MonthGrid key={post.id} roster={roster} post={post} me={session.personId} />)
}
