import { useEffect } from 'react'
import { Icon } from '../../shared/icon.tsx'
import { useLedger } from '../../shared/query.ts'
import { Link } from '../link.tsx'
import { useNarrow } from '../media.ts'
import { CaseRow } from '../queue/case-row.tsx'
import { LoadMore } from '../queue/load-more.tsx'
import { go, usePlace, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { filterOf, nextSort, questionOf, workbookAddress } from './filter.ts'
import { LedgerFilters } from './ledger-filters.tsx'
import { LedgerTable } from './ledger-table.tsx'
import { placeOf } from './place.ts'

/** Ledger (台账): everything owed, by any condition, and the Excel file of it. */
export function LedgerPage() {
  const place = usePlace()
  const narrow = useNarrow()
  const filter = filterOf(place.query)
  const { rows, total, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } =
    useLedger(questionOf(filter))
  useEffect(() => {
    document.title = '台账 · 工作台'
  }, [])
  const more = () => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }
  return (
    <div className="ledger-page">
      <header className="ledger-head">
        <h1>台账</h1>
        <span className="list-total" role="status">
          {total && `${total.value.toLocaleString('zh-CN')}${total.exact ? '' : '+'} 项`}
        </span>
        <a className="button button-small ledger-export" href={workbookAddress(filter)} download>
          <Icon name="download" size={14} />
          导出 Excel
        </a>
        <LedgerFilters place={place} filter={filter} />
      </header>
      <div className={`ledger-body ${isPlaceholderData ? 'is-stale' : ''}`}>
        {error && rows.length === 0 && <ErrorView error={error} retry={() => void refetch()} />}
        {isPending && <Skeleton rows={narrow ? 7 : 16} className={narrow ? 'skeleton-list' : 'skeleton-table'} />}
        {!isPending && !error && rows.length === 0 && (
          <EmptyView
            action={
              <Link to="/w/c" className="button">
                清除条件
              </Link>
            }
          >
            没有符合条件的事项。
          </EmptyView>
        )}
        {rows.length > 0 &&
          (narrow ? (
            <div className="list-scroll">
              <ul className="rows">
                {rows.map((row) => (
                  <CaseRow key={row.id} row={row} to={placeOf(row)} current={false} showStage />
                ))}
              </ul>
              <LoadMore more={hasNextPage} busy={isFetchingNextPage} load={more} />
            </div>
          ) : (
            <LedgerTable
              rows={rows}
              total={total?.value ?? rows.length}
              sort={filter.sort}
              choose={(key) => go(withQuery(place, { sort: nextSort(filter.sort, key) }), { replace: true })}
              more={more}
            />
          ))}
      </div>
    </div>
  )
}
