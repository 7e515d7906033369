import { moneyText, PROMISE_CAUSE, PROMISE_KIND, PROMISE_STATE } from '@banjie/contract'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import type { PromiseRow } from './query.ts'

const PERCENT = 100
/** How much of an amount is paid. */
export const PaidBar = ({ paid, of }: { readonly paid: number; readonly of: number }) => (
  <span className="promise-bar" role="img" aria-label={`已付 ${moneyText(paid)}，共 ${moneyText(of)}`}>
    <span style={{ width: `${of === 0 ? 0 : Math.round((paid / of) * PERCENT)}%` }} />
  </span>
)

interface RowsProps {
  readonly title: string
  readonly rows: readonly PromiseRow[]
  /** Of all pages. */
  readonly count: number
  readonly empty: string
}
/** Broken promises row by row (失信违诺清单), what is overdue in words. */
export const PromiseRows = ({ title, rows, count, empty }: RowsProps) => (
  <TableSection
    {...{ title, count, empty }}
    head={['承诺', '企业', '责任单位', '金额', '已付', '下一期限', '状态']}
    counts={['金额']}
  >
    {rows.map((row) => (
      <tr key={row.id}>
        <td>
          <Link to={`/w/promises/${row.id}`}>{row.words}</Link>
          <span className="hint promise-under">
            {PROMISE_KIND[row.kind]} · {PROMISE_CAUSE[row.cause]}
            {row.noExcuse && '（法律不认可的理由）'}
          </span>
        </td>
        <td>{row.enterprise.name}</td>
        <td>
          {(row.now ?? row.unit).name}
          {row.now && <span className="hint promise-under">原{row.unit.name}</span>}
        </td>
        <td className="is-count">{row.fen === null ? '—' : moneyText(row.fen)}</td>
        <td>{row.fen === null ? '—' : <PaidBar paid={row.paidFen} of={row.fen} />}</td>
        <td className={row.overdue ? 'promise-late' : undefined}>
          {row.nextDue ?? '—'}
          {row.overdue && ' 已逾期'}
        </td>
        <td>
          {PROMISE_STATE[row.state]}
          {row.notReceived && <span className="promise-late"> 企业说未收到</span>}
          {row.breaches > 0 && <span className="promise-late"> 二次失信 {row.breaches} 次</span>}
        </td>
      </tr>
    ))}
  </TableSection>
)
