import { LIAISON_TARGET_KIND } from '@banjie/contract'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { SearchBox } from '../page/search-box.tsx'
import { Steps } from '../page/steps.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { monthAfter, monthIn, monthText } from './entry.ts'
import { EntryList } from './entry-list.tsx'
import { LimitBox } from './limit-box.tsx'
import { useMonth, useSavings } from './query.ts'
import '../page/page.css'
import './contacts.css'

/** Contacts (接触日历): who is contacted how often this month, and what was saved by going together. */
export function ContactsPage({ session }: { readonly session: Session }) {
  const place = usePlace()
  const month = monthIn(place.query.get('month'), dayOf(new Date()))
  const q = place.query.get('q') ?? ''
  const show = place.query.get('show')
  const { data, error, isPending, refetch } = useMonth({ month, ...(q !== '' && { q }) })
  const span = spanIn(place.query)
  const { data: savings } = useSavings(span)
  useTitle('接触日历')
  const over = data?.items.filter((one) => one.over) ?? []
  const rows = show === 'over' ? over : (data?.items ?? [])
  return (
    <div className="page page-wide contacts">
      <header className="page-head">
        <h1>接触日历</h1>
        <Steps
          {...{ label: '月份', now: monthText(month) }}
          before={{ to: withQuery(place, { month: monthAfter(month, -1) }), word: '上个月' }}
          after={{ to: withQuery(place, { month: monthAfter(month, 1) }), word: '下个月' }}
        />
      </header>
      <p className="page-lead">
        无事不扰：去之前先看别的单位去过没有、要不要同去。每次走访、检查、问卷、电话都算一次。
      </p>
      <SearchBox
        {...{ q, label: '查找对象', className: 'contacts-search', placeholder: '企业、项目名称或信用代码' }}
        look={(words) => go(withQuery(place, { q: words, show: null }), { replace: true })}
      />
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} />}
      {data && savings && (
        <FigureList
          label="接触情况"
          figures={[
            {
              ...{
                label: span.from === undefined ? '今年合并少跑' : '合并少跑',
                value: savings.saved,
                unit: '次',
                under: `${span.from === undefined ? '' : `${savings.from} 至 ${savings.to}，`}其中已成行 ${savings.done} 次`,
              },
              to: withQuery(place, { show: show === 'saved' ? null : 'saved' }),
            },
            {
              ...{ label: `${monthText(month)}被接触`, value: data.items.filter(({ used }) => used > 0).length },
              ...{ unit: '户', to: withQuery(place, { show: null }) },
            },
            {
              ...{ label: '超过预算', value: over.length, unit: '户', bad: over.length > 0 },
              to: withQuery(place, { show: 'over' }),
            },
          ]}
        />
      )}
      {show === 'saved' && savings && (
        <section className="contact-group" aria-label="合并的接触">
          <h2>
            合并的接触<span className="table-count">{savings.items.length}</span>
          </h2>
          {savings.items.length === 0 ? (
            <EmptyView>今年还没有合并走访。计划走访时，相近的计划会列出来，点“合并”即可同去。</EmptyView>
          ) : (
            <EntryList items={savings.items} withTarget />
          )}
        </section>
      )}
      {show !== 'saved' && data && rows.length === 0 && (
        <EmptyView>
          {q === ''
            ? `${monthText(month)}没有${show === 'over' ? '超过预算的对象' : '接触'}。在上面查找一个对象，就能看它的日历、计划走访。`
            : `没有名称含“${q}”的对象。请换个词，或先在“包保走访”登记对象。`}
        </EmptyView>
      )}
      {show !== 'saved' && data && rows.length > 0 && (
        <TableSection
          {...{ title: titleOf(month, q, show), count: rows.length, empty: '' }}
          {...(data.cut && { note: '只列出前一部分，请用名称查找' })}
          head={['对象', '类别', '次数', '接下来', '免打扰']}
          counts={['次数']}
        >
          {rows.map(({ target, used, budget, over: isOver, next, quiet }) => (
            <tr key={target.id}>
              <td>
                <Link to={`/w/contacts/${target.id}?month=${month}`}>{target.name}</Link>
              </td>
              <td>{LIAISON_TARGET_KIND[target.kind]}</td>
              <td className="is-count">
                {used}/{budget} {isOver && <span className="tag tag-bad">■ 超预算</span>}
              </td>
              <td>{next ?? '—'}</td>
              <td>{quiet ? <span className="tag">免打扰</span> : '—'}</td>
            </tr>
          ))}
        </TableSection>
      )}
      <LimitBox session={session} />
    </div>
  )
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
/** The days whose savings a figure elsewhere has led to; without any, the year's. */
function spanIn(query: URLSearchParams): { from?: string; to?: string } {
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
  return DAY.test(from) && DAY.test(to) ? { from, to } : {}
}
function titleOf(month: string, q: string, show: string | null): string {
  const what = show === 'over' ? '超过预算的对象' : '的接触'
  return q === '' ? `${monthText(month)}${what}` : `名称含“${q}”的对象`
}
