import { useQuery } from '@tanstack/react-query'
import { api } from '../../shared/api.ts'
import type { LedgerItem } from '../../shared/shape.ts'
import { placeOf } from '../ledger/place.ts'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { ErrorView } from '../state-view.tsx'
import { owedKey } from './query.ts'

const SHOWN = 100
/** How far ahead, in working days, a target or a task is told of. */
const AHEAD = 10
const isSoon = ({ remaining }: LedgerItem) =>
  remaining !== null && remaining.unit === 'workingDay' && remaining.amount <= AHEAD

/** What the caller owes on the battle map beside visits: check-ins that are due or missed (定期点检), and targets and tasks that are due soon. */
export function OwedRows() {
  const checkIns = useQuery({
    queryKey: owedKey('recurring'),
    queryFn: ({ signal }) =>
      api('ledger', { query: { form: 'recurring', type: 'checkIn', owner: 'me', sort: 'due', limit: SHOWN }, signal }),
  })
  const quantities = useQuery({
    queryKey: owedKey('quantity'),
    queryFn: ({ signal }) =>
      api('ledger', { query: { form: 'quantity', owner: 'me', sort: 'due', limit: SHOWN }, signal }),
  })
  const soon = quantities.data?.items.filter(isSoon) ?? []
  return (
    <>
      {checkIns.error && <ErrorView error={checkIns.error} retry={() => void checkIns.refetch()} />}
      <Rows title="定期点检" rows={checkIns.data?.items ?? []} act="去点检" />
      {quantities.error && <ErrorView error={quantities.error} retry={() => void quantities.refetch()} />}
      <Rows title={`${AHEAD} 个工作日内到期的目标和任务`} rows={soon} act="去办理" />
    </>
  )
}

function Rows({
  title,
  rows,
  act,
}: {
  readonly title: string
  readonly rows: readonly LedgerItem[]
  readonly act: string
}) {
  if (rows.length === 0) return null
  return (
    <section aria-label={title} className="duty-group">
      <h2>
        {title}
        <span className="table-count">{rows.length}</span>
      </h2>
      <ul className="duty-cards">
        {rows.map((row) => (
          <li key={row.id} className={`duty-card ${row.light === 'red' ? 'is-missed' : 'is-running'}`}>
            <div className="duty-words">
              <b>{row.title}</b>
              <LightMark light={row.light} remaining={row.remaining} />
              <span className="muted">
                {[row.stageLabel, row.progress, row.leadUnit?.name].filter(Boolean).join(' · ')}
              </span>
            </div>
            <Link
              to={placeOf(row)}
              className={`button ${row.light === 'red' ? '' : 'button-primary'}`}
              aria-label={`${act}：${row.title}`}
            >
              {act}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
