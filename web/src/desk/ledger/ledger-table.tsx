import { CHANNEL, OUTCOME } from '@banjie/contract'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useEffectEvent, useRef } from 'react'
import { columnText } from '../../shared/moment.ts'
import { useMeToo } from '../../shared/query.ts'
import type { LedgerItem } from '../../shared/shape.ts'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { Flags } from '../queue/case-row.tsx'
import { go } from '../router.ts'
import { TagMarks } from '../tag-marks.tsx'
import { faceOf, placeOf } from './place.ts'

type SortKey = 'due' | 'received' | 'updated'
interface Column {
  readonly id: string
  readonly label: string
  readonly width: number
  readonly sort?: SortKey
  readonly cell: (row: LedgerItem, meToo: number | undefined) => ReactNode
}

const COLUMNS: readonly Column[] = [
  {
    id: 'number',
    label: '编号',
    width: 200,
    cell: (row) => (
      // The superior's number leads; ours is told on pointing at it.
      <Link to={placeOf(row)} title={row.superiorNumber === null ? undefined : `区内编号 ${row.number}`}>
        {faceOf(row)}
      </Link>
    ),
  },
  {
    id: 'light',
    label: '时限',
    width: 150,
    sort: 'due',
    cell: (row) => <LightMark light={row.light} remaining={row.remaining} />,
  },
  {
    id: 'title',
    label: '事由',
    width: 340,
    cell: (row, meToo) => (
      <span className="ledger-title">
        <span title={row.title}>{row.title}</span>
        <Flags row={row} />
        {meToo !== undefined && <span className="flag">同感 {meToo}</span>}
      </span>
    ),
  },
  { id: 'stage', label: '环节', width: 84, cell: (row) => row.stageLabel },
  { id: 'progress', label: '进度', width: 104, cell: (row) => row.progress },
  { id: 'unit', label: '主办单位', width: 150, cell: (row) => row.leadUnit?.name },
  {
    id: 'owner',
    label: '责任人',
    width: 96,
    cell: (row) => <span title={row.checker === null ? undefined : `检查：${row.checker}`}>{ownersOf(row)}</span>,
  },
  { id: 'category', label: '类别', width: 120, cell: (row) => row.categoryLabel },
  { id: 'tags', label: '标签', width: 120, cell: (row) => <TagMarks tags={row.tags} /> },
  { id: 'channel', label: '渠道', width: 84, cell: (row) => row.channel && CHANNEL[row.channel] },
  { id: 'received', label: '收到', width: 156, sort: 'received', cell: (row) => columnText(row.receivedAt) },
  { id: 'due', label: '期限', width: 156, cell: (row) => row.dueAt && columnText(row.dueAt) },
  { id: 'answered', label: '答复', width: 156, cell: (row) => row.answeredAt && columnText(row.answeredAt) },
  { id: 'closed', label: '办结', width: 156, cell: (row) => row.closedAt && columnText(row.closedAt) },
  { id: 'outcome', label: '结果', width: 100, cell: (row) => row.outcome && OUTCOME[row.outcome] },
  {
    id: 'satisfied',
    label: '满意',
    width: 74,
    cell: (row) => (row.satisfied === null ? null : row.satisfied ? '满意' : '不满意'),
  },
  { id: 'updated', label: '更新', width: 156, sort: 'updated', cell: (row) => columnText(row.updatedAt) },
]
const ownersOf = ({ owners }: LedgerItem) => owners.map(({ name }) => name).join('、')
const FROZEN = 3
const ROW_PX = 38
const WIDTH = COLUMNS.reduce((sum, { width }) => sum + width, 0)

interface LedgerTableProps {
  readonly rows: readonly LedgerItem[]
  readonly total: number
  readonly sort: string
  readonly choose: (key: SortKey) => void
  readonly more: () => void
}

/** The ledger as a table: only the rows in view are in the page, the numbers of all are told to screen readers. */
export function LedgerTable({ rows, total, sort, choose, more }: LedgerTableProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const meToo = useMeToo(rows.flatMap(({ id, form }) => (form === 'once' ? id : [])))
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  })
  const shown = virtual.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  const reach = useEffectEvent(more)
  useEffect(() => {
    if (last >= rows.length - 15) reach()
  }, [last, rows.length])
  const before = shown[0]?.start ?? 0
  const after = virtual.getTotalSize() - (shown.at(-1)?.end ?? 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
    <section ref={scroller} className="ledger-scroll" tabIndex={0} aria-label="台账表格">
      <table className="ledger" aria-rowcount={total + 1} style={{ width: WIDTH }}>
        <colgroup>
          {COLUMNS.map(({ id, width }) => (
            <col key={id} style={{ width }} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map(({ id, label, sort: key }, index) => (
              <th
                key={id}
                scope="col"
                className={index < FROZEN ? `frozen frozen-${index}` : ''}
                aria-sort={key && sort.endsWith(key) ? (sort.startsWith('-') ? 'descending' : 'ascending') : undefined}
              >
                {key ? (
                  <button type="button" className="ledger-sort" onClick={() => choose(key)}>
                    {label}
                    <span aria-hidden="true">{sort === key ? '↑' : sort === `-${key}` ? '↓' : '↕'}</span>
                  </button>
                ) : (
                  label
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {shown.map(({ index }) => {
            const row = rows[index]
            return row && <LedgerRow key={row.id} row={row} index={index} meToo={meToo.get(row.id)} />
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
    </section>
  )
}

// biome-ignore-start lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
const Gap = ({ height }: { readonly height: number }) => (
  <tr aria-hidden="true">
    <td colSpan={COLUMNS.length} style={{ height, padding: 0, border: 0 }} />
  </tr>
)
// biome-ignore-end lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus

interface LedgerRowProps {
  readonly row: LedgerItem
  readonly index: number
  readonly meToo: number | undefined
}
function LedgerRow({ row, index, meToo }: LedgerRowProps) {
  return (
    <tr
      className="ledger-row"
      aria-rowindex={index + 2}
      onClick={(event) => {
        if (
          !(event.target instanceof Element && event.target.closest('a')) &&
          window.getSelection()?.isCollapsed !== false
        )
          go(placeOf(row))
      }}
    >
      {COLUMNS.map(({ id, cell }, column) => (
        <td key={id} className={column < FROZEN ? `frozen frozen-${column}` : ''}>
          {cell(row, meToo)}
        </td>
      ))}
    </tr>
  )
}
