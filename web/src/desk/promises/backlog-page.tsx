import { BACKLOG_AGE, type BacklogAge } from '@banjie/contract'
import { Link } from '../link.tsx'
import { MorePages } from '../page/more-pages.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace, withQuery } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { useBacklog, useBacklogRows } from './query.ts'
import '../page/page.css'
import './promises.css'

const AGES = Object.keys(BACKLOG_AGE) as BacklogAge[]
const PERCENT = 100

/** Open matters of enterprises by age (涉企积压); each bar leads to its rows. */
export function BacklogPage() {
  const place = usePlace()
  const age = AGES.find((one) => one === place.query.get('age'))
  const unit = place.query.get('unit')
  const { data, error, isPending, refetch } = useBacklog()
  const rows = useBacklogRows({ ...(age && { age }), ...(unit && { unit }) })
  useTitle('涉企积压')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  const unassigned = data.total - data.units.reduce((sum, { total }) => sum + total, 0)
  const most = Math.max(1, ...data.ages.map(({ count }) => count))
  return (
    <div className="page page-wide promises table-cards">
      <header className="page-head">
        <h1>涉企积压</h1>
        <Link to="/w/promises" className="button button-small">
          失信违诺
        </Link>
      </header>
      <p className="page-lead">
        与企业有关、还没有办结的事项 {data.total} 件，从受理那天算起
        {unassigned > 0 && `；其中 ${unassigned} 件尚未分办，不在任何单位名下`}。
      </p>
      <ul className="promise-ages" aria-label="按时长">
        {data.ages.map(({ age: one, count }) => (
          <li key={one}>
            <Link to={withQuery(place, { age: one === age ? null : one })} aria-current={one === age}>
              <span>{BACKLOG_AGE[one]}</span>
              <span className="promise-bar">
                <span style={{ width: `${Math.round((count / most) * PERCENT)}%` }} />
              </span>
              <b>{count} 件</b>
            </Link>
          </li>
        ))}
      </ul>
      <TableSection
        title="按单位"
        head={['单位', '件数', '一年以上']}
        counts={['件数', '一年以上']}
        empty="没有积压事项。"
      >
        {data.units.map(({ unit: one, total, ages }) => (
          <tr key={one.id}>
            <td>
              <Link to={withQuery(place, { unit: one.id === unit ? null : one.id })}>{one.name}</Link>
            </td>
            <td className="is-count">{total}</td>
            <td className="is-count">{ages.older}</td>
          </tr>
        ))}
      </TableSection>
      {rows.data === undefined ? (
        <Skeleton rows={4} />
      ) : (
        <TableSection
          title="逐件"
          count={rows.data.pages[0]?.total.value ?? 0}
          head={['事项', '企业', '单位', '环节', '受理', '已过天数']}
          counts={['已过天数']}
          empty="没有符合条件的事项。"
        >
          {rows.data.pages
            .flatMap(({ items }) => items)
            .map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to={`/w/c/${row.number}`}>{row.title}</Link>
                </td>
                <td>{row.enterprise.name}</td>
                <td>{row.unit ?? '尚未分办'}</td>
                <td>{row.stageLabel}</td>
                <td>{row.receivedOn}</td>
                <td className="is-count">{row.days}</td>
              </tr>
            ))}
        </TableSection>
      )}
      <MorePages {...rows} />
    </div>
  )
}
