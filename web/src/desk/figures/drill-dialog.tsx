import { columnText } from '../../shared/moment.ts'
import { CaseName } from '../page/case-name.tsx'
import { go, type Place, withQuery } from '../router.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { type Choice, drillAddress } from './choice.ts'
import { type Figures, figureText, type Indicator } from './figure.ts'
import { ListDialog } from './list-dialog.tsx'
import { useRows } from './query.ts'

interface DrillDialogProps {
  readonly place: Place
  readonly choice: Choice
  readonly indicator: Indicator
  readonly figures: Figures
  readonly whole: string
}

/** The rounds that a figure counts, each with the date that counted. */
export function DrillDialog({ place, choice, indicator, figures, whole }: DrillDialogProps) {
  const key = place.query.get('key') ?? undefined
  const onlyCounted = place.query.get('counted') === '1'
  const { rows, total, error, isPending, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useRows(choice, {
    ...{ id: indicator.id, key, onlyCounted },
  })
  const answer = figures[indicator.id]
  const group = key === undefined ? answer : answer?.rows.find((row) => row.key === key)
  const isRate = indicator.unit === '%'
  const inDays = rows.some(({ days }) => days !== null)
  const of = key === undefined ? whole : (answer?.rows.find((row) => row.key === key)?.label ?? '')
  const sum = group && isRate && group.denominator !== null ? `，${group.numerator} ÷ ${group.denominator}` : ''
  return (
    <ListDialog
      title={`${of} · ${indicator.label} ${figureText(group?.value ?? null, indicator.unit)}`}
      under={`${choice.from} 至 ${choice.to}，${indicator.axisLabel}${indicator.id === 'stoppedShare' ? '' : sum}`}
      close={() => go(drillAddress(place.query, {}))}
    >
      <p className="drill-formula">{indicator.formula}。</p>
      {isRate && (
        <label className="check drill-only">
          <input
            type="checkbox"
            checked={onlyCounted}
            onChange={() => go(withQuery(place, { counted: onlyCounted ? null : '1' }), { replace: true })}
          />
          只看计入分子的
        </label>
      )}
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={6} className="skeleton-text" />}
      {!isPending && !error && rows.length === 0 && <EmptyView>没有这样的事项。</EmptyView>}
      {rows.length > 0 && (
        <>
          <p className="hint" role="status">
            共 {total?.toLocaleString('zh-CN')} 轮次
          </p>
          <table className="table drill-table">
            <thead>
              <tr>
                <th scope="col">事项</th>
                <th scope="col">单位</th>
                <th scope="col">轮次</th>
                <th scope="col">计入日期</th>
                {isRate && <th scope="col">计入</th>}
                {inDays && <th scope="col">天数</th>}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={`${row.id} ${row.round}`}>
                  <td>
                    <CaseName number={row.number} title={row.title} />
                  </td>
                  <td>{row.unit}</td>
                  <td>第 {row.round} 轮</td>
                  <td>{columnText(row.at)}</td>
                  {isRate && <td className={row.counted ? '' : 'is-out'}>{row.counted ? '✓ 计入' : '✕ 未计入'}</td>}
                  {inDays && <td>{row.days}</td>}
                </tr>
              ))}
            </tbody>
          </table>
          {hasNextPage && (
            <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {isFetchingNextPage ? '正在读取…' : `再看 ${Math.min(50, (total ?? 0) - rows.length)} 条`}
            </button>
          )}
        </>
      )}
    </ListDialog>
  )
}
