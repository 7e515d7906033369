import { useState } from 'react'
import { Link } from '../link.tsx'
import { go, type Place, withQuery } from '../router.ts'
import { EmptyView } from '../state-view.tsx'
import { type Choice, drillAddress, GROUPS } from './choice.ts'
import { COLUMNS, type Figures, figureText, type GroupRow, groupRows, type Indicator, nextSort } from './figure.ts'
import { Bar } from './spark.tsx'

interface FigureTableProps {
  readonly place: Place
  readonly choice: Choice
  readonly indicators: readonly Indicator[]
  readonly figures: Figures
  readonly whole: string
}

/** Rows are units, columns are indicators, the last row is the whole; each figure leads to the cases behind it. */
export function FigureTable({ place, choice, indicators, figures, whole }: FigureTableProps) {
  const [told, setTold] = useState<string | null>(null)
  const sort = place.query.get('sort') ?? ''
  const rows = groupRows(figures, sort)
  const columns = COLUMNS.flatMap((id) => indicators.find((one) => one.id === id) ?? [])
  const formula = indicators.find(({ id }) => id === told)
  const most = Object.fromEntries(
    columns.map(({ id }) => [id, Math.max(1, ...rows.map(({ cells }) => cells[id]?.value ?? 0))]),
  )
  const sum: GroupRow = { key: '', label: whole, cells: figures }
  if (rows.length === 0) return <EmptyView>这段时间没有可统计的事项，请换一个期间。</EmptyView>
  return (
    <section className="figure-part" aria-label="指标表">
      <p className="figure-formula" aria-hidden="true">
        {formula === undefined ? (
          '指向栏目名称可看算法；点数字可看是哪些事项；点栏目名称可排序。'
        ) : (
          <>
            <b>{formula.label}</b>（{formula.axisLabel}）：{formula.formula}
          </>
        )}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <section className="figure-scroll" tabIndex={0} aria-label={`指标表，${GROUPS[choice.by]}`}>
        <table className="figure-table">
          <thead>
            <tr>
              <th scope="col" className="figure-name">
                {GROUPS[choice.by].slice(1)}
              </th>
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  aria-sort={sort === column.id ? 'ascending' : sort === `-${column.id}` ? 'descending' : undefined}
                >
                  <button
                    type="button"
                    className="figure-sort"
                    aria-describedby={`formula-${column.id}`}
                    onMouseEnter={() => setTold(column.id)}
                    onFocus={() => setTold(column.id)}
                    onClick={() => go(withQuery(place, { sort: nextSort(sort, column.id) }), { replace: true })}
                  >
                    {column.label}
                    {sort.replace('-', '') === column.id && (
                      <span aria-hidden="true">{sort.startsWith('-') ? ' ↓' : ' ↑'}</span>
                    )}
                  </button>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <FigureRow key={row.key} place={place} row={row} columns={columns} most={most} />
            ))}
          </tbody>
          <tfoot>
            <FigureRow place={place} row={sum} columns={columns} most={{}} />
          </tfoot>
        </table>
      </section>
    </section>
  )
}

interface FigureRowProps {
  readonly place: Place
  readonly row: GroupRow
  readonly columns: readonly Indicator[]
  readonly most: Readonly<Record<string, number>>
}

function FigureRow({ place, row, columns, most }: FigureRowProps) {
  return (
    <tr>
      <th scope="row" className="figure-name" title={row.label}>
        {row.label}
      </th>
      {columns.map(({ id, label, unit }) => {
        const value = row.cells[id]?.value ?? null
        // A count that a group does not have is none; a rate that it does not have is unknown.
        const shown = value === null && unit === '件' ? 0 : value
        const text = figureText(shown, unit)
        const isBad = id === 'overdueOpen' && (shown ?? 0) > 0
        return (
          <td key={id} className={isBad ? 'is-bad' : ''}>
            {shown === null || (shown === 0 && unit === '件') ? (
              <span className="muted">{text}</span>
            ) : (
              <Link
                to={drillAddress(place.query, { show: id, ...(row.key !== '' && { key: row.key }) })}
                aria-label={`${row.label}，${label} ${text}，看是哪些事项`}
              >
                {text}
              </Link>
            )}
            {row.key !== '' && shown !== null && (
              <Bar share={unit === '%' ? shown / 100 : shown / (most[id] ?? 1)} bad={isBad} />
            )}
          </td>
        )
      })}
    </tr>
  )
}
