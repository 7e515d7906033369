import { OUTCOME_QUANTITY } from '@banjie/contract'
import { columnText } from '../../shared/moment.ts'
import { CaseName } from '../page/case-name.tsx'
import { go, type Place } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { type Choice, drillAddress } from './choice.ts'
import { ListDialog } from './list-dialog.tsx'
import { type OutcomeKind, useOutcomeRows } from './query.ts'

interface OutcomeDialogProps {
  readonly place: Place
  readonly choice: Choice
  readonly kind: OutcomeKind
}

/** The cases behind a sum of what was brought about. */
export function OutcomeDialog({ place, choice, kind }: OutcomeDialogProps) {
  const { rows, total, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useOutcomeRows(
    choice,
    kind,
    place.query.get('key') ?? undefined,
  )
  return (
    <ListDialog
      title={`办理成效 · ${OUTCOME_QUANTITY[kind] ?? ''}`}
      under={`${choice.from} 至 ${choice.to} 答复的事项${total === undefined ? '' : `，共 ${total} 件`}`}
      close={() => go(drillAddress(place.query, {}))}
    >
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} className="skeleton-text" />}
      {!isPending && !error && rows.length === 0 && <EmptyView>没有这样的事项。</EmptyView>}
      {rows.length > 0 && (
        <table className="table drill-table">
          <thead>
            <tr>
              <th scope="col">事项</th>
              <th scope="col">单位</th>
              <th scope="col">答复</th>
              <th scope="col">成效</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.id} ${row.round}`}>
                <td>
                  <CaseName number={row.number} title={row.title} />
                </td>
                <td>{row.unit}</td>
                <td>{columnText(row.at)}</td>
                <td>{row.quantities.map(({ what, text }) => [what, text].filter(Boolean).join(' ')).join('；')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? '正在读取…' : '再看一些'}
        </button>
      )}
    </ListDialog>
  )
}
