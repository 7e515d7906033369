import { moneyText, POLICY_MODE, POLICY_STATE } from '@banjie/contract'
import type { Session } from '../../shared/shape.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { usePolicies } from './query.ts'
import '../page/page.css'
import './policies.css'

const WRITERS = ['supervisor', 'admin', 'head', 'handler']

/** The library of policies (政策库): how many are entitled, how many were paid, who has not been told. */
export function PoliciesPage({ session }: { readonly session: Session }) {
  const { data, error, isPending, refetch } = usePolicies()
  useTitle('惠企政策')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  const sum = (of: 'entitled' | 'paid' | 'paidFen' | 'waiting') => data.items.reduce((total, row) => total + row[of], 0)
  return (
    <div className="page page-wide policies table-cards">
      <header className="page-head">
        <h1>惠企政策</h1>
        <div className="page-acts">
          {WRITERS.some((role) => session.roles.some((own) => own === role)) && (
            <Link to="/w/policies/new" className="button button-primary">
              起草政策
            </Link>
          )}
          <Link to="/w/needs" className="button">
            企业需求
          </Link>
        </div>
      </header>
      <p className="page-lead">
        规则对着企业名录自动匹配：谁应享、为什么、缺哪个部门的数据，一看便知；缺的数据由部门补，不向企业要。
      </p>
      <FigureList
        label="合计"
        figures={[
          { label: '应享', value: sum('entitled'), unit: '户次' },
          { label: '已享', value: sum('paid'), unit: '户次' },
          { label: '已兑现', value: moneyText(sum('paidFen')) },
          { label: '应享未告知', value: sum('waiting'), unit: '户次', bad: sum('waiting') > 0 },
        ]}
      />
      <TableSection
        title="政策"
        count={data.items.length}
        head={['政策', '责任单位', '方式', '应享', '已享', '已兑现', '状态']}
        counts={['应享', '已享', '已兑现']}
        empty="还没有政策。点“起草政策”，写明文件、扶持内容和符合规则。"
      >
        {data.items.map((row) => (
          <tr key={row.id}>
            <td>
              <Link to={`/w/policies/${row.id}`}>{row.title}</Link>
              <span className="hint">
                {row.documentNo} · {row.benefit}
              </span>
            </td>
            <td>{row.unit.name}</td>
            <td>{POLICY_MODE[row.mode]}</td>
            <td className="is-count">{row.entitled}</td>
            <td className="is-count">{row.paid}</td>
            <td className="is-count">{moneyText(row.paidFen)}</td>
            <td>{POLICY_STATE[row.state]}</td>
          </tr>
        ))}
      </TableSection>
    </div>
  )
}
