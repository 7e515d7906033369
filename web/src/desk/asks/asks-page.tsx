import { BURDEN_SOURCE } from '@banjie/contract'
import { useState } from 'react'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { Steps } from '../page/steps.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { type Place, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { AskCard } from './ask-card.tsx'
import { AskForm } from './ask-form.tsx'
import { BurdenBar } from './burden-bar.tsx'
import { type Ask, type Burden, type Burdens, useAsks, useBurdenRows, useBurdens } from './query.ts'
import '../page/page.css'
import './asks.css'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const DAY_MS = 86_400_000
const dayAfter = (day: string, days: number) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
const dayIn = (typed: string | null) =>
  typed !== null && DAY.test(typed) && !Number.isNaN(Date.parse(typed)) ? typed : dayOf(new Date())

/** What is asked of the grass roots this week (基层减负): each unit against the cap, what waits for agreement, and one's own asks. */
export function AsksPage() {
  const place = usePlace()
  const day = dayIn(place.query.get('day'))
  const { data, error, isPending, refetch } = useBurdens(day)
  const { data: asks } = useAsks()
  const [asking, setAsking] = useState(false)
  useTitle('基层减负')
  const items = asks?.items ?? []
  const waiting = items.filter(({ state }) => state === 'waiting')
  return (
    <div className="page page-wide asks">
      <header className="page-head">
        <h1>基层减负</h1>
        <div className="page-acts">
          <button
            type="button"
            className="button button-small button-primary"
            disabled={data === undefined}
            onClick={() => setAsking(true)}
          >
            向基层提要求
          </button>
        </div>
      </header>
      <p className="page-lead">
        街道、社区、窗口每周被要求了什么，由排查单、协同任务和这里发出的要求数出来，谁也不用填。超上限的须经同意才发出。
      </p>
      {asking && data && <AskForm units={data.items} close={() => setAsking(false)} />}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={8} />}
      {data && (
        <>
          <Figures {...{ data, place }} waiting={waiting.length} />
          <AskGroup title="待同意" asks={waiting} />
          <Steps
            {...{ label: '星期', now: `${data.from.slice(5)} 至 ${data.to.slice(5)}` }}
            before={{ to: withQuery(place, { day: dayAfter(data.from, -7), unit: null }), word: '上一周' }}
            after={{ to: withQuery(place, { day: dayAfter(data.from, 7), unit: null }), word: '下一周' }}
          />
          <Bars {...{ data, place, day }} />
          <AskGroup title="要求" asks={items.filter(({ state }) => state !== 'waiting')} />
        </>
      )}
    </div>
  )
}

interface FiguresProps {
  readonly data: Burdens
  readonly place: Place
  readonly waiting: number
}
function Figures({ data, place, waiting }: FiguresProps) {
  const over = data.items.filter((one) => one.over).length
  const isOver = place.query.get('show') === 'over'
  return (
    <FigureList
      label="本周"
      figures={[
        { label: '基层单位', value: data.items.length, unit: '个', to: withQuery(place, { show: null }) },
        {
          ...{ label: '超上限', value: over, unit: '个', bad: over > 0 },
          to: withQuery(place, { show: isOver ? null : 'over' }),
        },
        { label: '待同意', value: waiting, unit: '项' },
      ]}
    />
  )
}

const AskGroup = ({ title, asks }: { readonly title: string; readonly asks: readonly Ask[] }) =>
  asks.length === 0 ? null : (
    <section className="ask-group" aria-label={title}>
      <h2>
        {title}
        <span className="table-count">{asks.length}</span>
      </h2>
      <ul className="ask-cards">
        {asks.map((ask) => (
          <AskCard key={ask.id} ask={ask} />
        ))}
      </ul>
    </section>
  )

interface BarsProps {
  readonly data: Burdens
  readonly place: Place
  readonly day: string
}
function Bars({ data, place, day }: BarsProps) {
  const chosen = place.query.get('unit')
  const shown = data.items
    .filter(({ over }) => over || place.query.get('show') !== 'over')
    .sort((a, b) => b.total - a.total || b.fields - a.fields)
  if (shown.length === 0)
    return (
      <EmptyView>
        {data.items.length === 0 ? '还没有街道、社区或窗口单位，请先在机构里登记。' : '这一周没有超上限的基层单位。'}
      </EmptyView>
    )
  return (
    <section className="ask-group" aria-label="各基层单位">
      <h2>各基层单位</h2>
      <p className="hint">
        每周上限 {data.limit.asksPerWeek} 项、{data.limit.fieldsPerWeek} 个填报字段（{data.limit.basis}）
      </p>
      <ul className="burden-list">
        {shown.map((burden) => (
          <li key={burden.unit.id}>
            <Link
              to={withQuery(place, { unit: chosen === burden.unit.id ? null : burden.unit.id })}
              aria-expanded={chosen === burden.unit.id}
            >
              {burden.unit.name}
            </Link>
            <BurdenBar now={burden} limit={data.limit} />
            <span>
              {wordsOf(burden)}
              {burden.over && <span className="tag tag-bad">■ 超上限</span>}
              {burden.waiting > 0 && <span className="tag">待同意 {burden.waiting}</span>}
            </span>
            {chosen === burden.unit.id && <Rows burden={burden} day={day} />}
          </li>
        ))}
      </ul>
    </section>
  )
}
const wordsOf = ({ total, fields, counts }: Burden) =>
  total === 0
    ? '没有要求'
    : `${total} 项、${fields} 个字段：${counts.map(({ source, count }) => `${BURDEN_SOURCE[source]} ${count}`).join('，')}`

function Rows({ burden, day }: { readonly burden: Burden; readonly day: string }) {
  const { data, error, isPending, refetch } = useBurdenRows(burden.unit.id, day)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={3} />
  return (
    <div className="burden-rows">
      <TableSection
        {...{ title: `${burden.unit.name}这一周`, count: data.items.length, empty: '这一周没有要求。' }}
        head={['日期', '种类', '事项', '谁提的', '字段']}
        counts={['字段']}
      >
        {data.items.map((row, place) => (
          <tr key={`${row.number ?? row.title} ${place + 1}`}>
            <td>{row.on}</td>
            <td>{BURDEN_SOURCE[row.source]}</td>
            <td>{row.number === null ? (row.title ?? '—') : <Link to={`/w/c/${row.number}`}>{row.title}</Link>}</td>
            <td>{row.asker ?? '—'}</td>
            <td className="is-count">{row.fields}</td>
          </tr>
        ))}
      </TableSection>
    </div>
  )
}
