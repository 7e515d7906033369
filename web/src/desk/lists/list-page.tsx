import { LIST_KIND, LIST_STATE } from '@banjie/contract'
import { Icon } from '../../shared/icon.tsx'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { TabList } from '../page/tab-list.tsx'
import { useTitle } from '../page/title.ts'
import { go, type Place, usePlace, withQuery } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { CommitmentsTab } from './commitments-tab.tsx'
import { CrosswalkTab } from './crosswalk-tab.tsx'
import { HistoryTab } from './history-tab.tsx'
import { ItemsTab } from './items-tab.tsx'
import { type ListView, useList } from './query.ts'
import { SelfCheckTab } from './self-check-tab.tsx'
import { Turn } from './turn.tsx'
import '../page/page.css'
import './lists.css'

const TABS = { items: '问题', commitments: '公开承诺', crosswalk: '对照', selfCheck: '自查', history: '变动' } as const
type Tab = keyof typeof TABS
const isTab = (text: string | null): text is Tab => text !== null && text in TABS

/** One list (清单): its items by aspect, and what stands around them. */
export function ListPage({ id, session }: { readonly id: string; readonly session: Session }) {
  const place = usePlace()
  const asOf = place.query.get('asOf') ?? undefined
  const { data, error, isPending, refetch } = useList(id, asOf)
  useTitle(data?.list.title ?? '问题清单')
  const wanted = place.query.get('tab')
  const tab: Tab = isTab(wanted) ? wanted : 'items'
  return (
    <div className="page page-wide lists">
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={8} className="skeleton-text" />}
      {data && (
        <>
          <Head view={data} place={place} />
          <TabList
            label="清单内容"
            panel="list-panel"
            tabs={Object.keys(TABS) as Tab[]}
            tab={tab}
            choose={(next) => go(withQuery(place, { tab: next === 'items' ? null : next }), { replace: true })}
            face={(id) => TABS[id]}
          />
          <div role="tabpanel" id="list-panel" aria-labelledby={`list-panel-${tab}`} className="list-panel">
            {panelOf(tab, data, session)}
          </div>
        </>
      )}
    </div>
  )
}

function panelOf(tab: Tab, view: ListView, session: Session) {
  switch (tab) {
    case 'items':
      return <ItemsTab view={view} />
    case 'commitments':
      return <CommitmentsTab view={view} session={session} />
    case 'crosswalk':
      return <CrosswalkTab list={view.list} session={session} />
    case 'selfCheck':
      return <SelfCheckTab view={view} session={session} />
    case 'history':
      return <HistoryTab id={view.list.id} />
  }
}

function Head({ view, place }: { readonly view: ListView; readonly place: Place }) {
  const { list, asOf, editable } = view
  const facts = [
    LIST_KIND[list.kind],
    list.ownerUnit?.name,
    list.sourceDocument && `${list.sourceDocument}${list.sourceOn ? `（${list.sourceOn}）` : ''}`,
    list.publishedAt && `${dayOf(list.publishedAt)} 公布`,
    `第 ${list.version} 版`,
  ].filter(Boolean)
  return (
    <>
      <header className="list-name">
        <Link to="/w/lists">← 问题清单</Link>
        <h1>
          {list.title}{' '}
          <span className={`tag ${list.state === 'published' ? 'tag-good' : ''}`}>{LIST_STATE[list.state]}</span>
        </h1>
        <p className="muted">{facts.join(' · ')}</p>
      </header>
      <div className="list-bar">
        <label className="check">
          <span>某日的清单</span>
          <input
            type="date"
            className="input input-days"
            max={dayOf(new Date())}
            value={asOf ?? ''}
            onChange={(event) => go(withQuery(place, { asOf: event.target.value || null }))}
          />
        </label>
        <a
          className="button button-small"
          href={`/api/v1/problem-lists/${list.id}/workbook.xlsx${asOf ? `?asOf=${asOf}` : ''}`}
          download
        >
          <Icon name="download" size={14} />
          导出表格
        </a>
        <Link className="button button-small" to={`/w/lists/${list.id}/circular`}>
          通报
        </Link>
        {list.state !== 'draft' && (
          <a className="button button-small" href={`/open/lists/${list.id}`} target="_blank" rel="noreferrer">
            <Icon name="open" size={14} />
            公开页面
          </a>
        )}
        {editable && <Turn list={list} />}
      </div>
      {asOf && (
        <p className="notice notice-warn" role="status">
          这是 {asOf} 当日结束时的清单，按办理记录还原，只供查看。{' '}
          <Link to={withQuery(place, { asOf: null })}>看现在的清单</Link>
        </p>
      )}
    </>
  )
}
