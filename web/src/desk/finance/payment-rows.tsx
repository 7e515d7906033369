import { moneyText } from '@banjie/contract'
import { Link } from '../link.tsx'
import { TableSection } from '../page/table-section.tsx'
import type { Payment } from './query.ts'

interface PaymentRowsProps {
  readonly title: string
  readonly count: number
  readonly items: readonly Payment[]
  readonly empty: string
  readonly voiding?: (payment: Payment) => void
}
/** Payments row by row; a voided one stands struck out with its reason. */
export const PaymentRows = ({ title, count, items, empty, voiding }: PaymentRowsProps) => (
  <TableSection
    {...{ title, count, empty }}
    head={['日期', '企业', '金额', '资金项目', '拨付单位', '凭证号', '状态']}
    counts={['金额']}
  >
    {items.map((one) => (
      <tr key={one.id} className={one.voided ? 'is-voided' : undefined}>
        <td>{one.on}</td>
        <td>
          <Link to={`/w/enterprises/${one.enterprise.id}`}>{one.enterprise.name}</Link>
        </td>
        <td className="is-count">{one.voided ? <s>{moneyText(one.fen)}</s> : moneyText(one.fen)}</td>
        <td>{one.programme}</td>
        <td>{one.unit.name}</td>
        <td>{one.voucher}</td>
        <td>
          <span className="finance-acts finance-state">
            {one.voided ? `已作废：${one.voided.reason}（${one.voided.by}）` : '有效'}
            {voiding && one.mayVoid && (
              <button
                type="button"
                className="button button-small"
                aria-label={`作废 ${one.voucher}`}
                onClick={() => voiding(one)}
              >
                作废
              </button>
            )}
          </span>
        </td>
      </tr>
    ))}
  </TableSection>
)
