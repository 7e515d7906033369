import { Link } from '../link.tsx'
import { CaseName } from '../page/case-name.tsx'
import { TableSection } from '../page/table-section.tsx'
import { type Drive, rowsOf } from './query.ts'

const NO_ASPECT = '未分方面'

/** What the opinions were merged into (归并): by aspect, then each problem with its opinions and how many were answered. */
export function Problems({ drive: { id, figures } }: { readonly drive: Drive }) {
  const { problems, aspects, merged } = figures
  return (
    <>
      {aspects.length > 0 && (
        <div className="chips">
          <span className="muted">方面</span>
          {aspects.map(({ aspect, problems: own, count }) => (
            <Link key={aspect ?? 'none'} to={rowsOf(id, { aspect: aspect ?? 'none' })} className="chip">
              {aspect ?? NO_ASPECT} {own} 个问题、{count.toLocaleString('zh-CN')} 条
            </Link>
          ))}
        </div>
      )}
      <div className="drive-problems">
        <TableSection
          title={`归并成的问题${merged > 0 ? `（${merged.toLocaleString('zh-CN')} → ${problems.length}）` : ''}`}
          head={['问题', '方面', '环节', '意见', '已答复']}
          counts={['意见', '已答复']}
          empty="还没有意见归并成问题。在意见的页面上选“并案”，或到归并台成批归并。"
        >
          {problems.map((problem) => (
            <tr key={problem.id}>
              <td>
                <CaseName number={problem.number} title={problem.title} />
                <span className="is-narrow muted">
                  {problem.aspect ?? NO_ASPECT} · {problem.stageLabel}
                </span>
              </td>
              <td>{problem.aspect ?? NO_ASPECT}</td>
              <td>{problem.stageLabel}</td>
              <td className="is-count">
                <Link to={rowsOf(id, { problem: problem.number })}>{problem.count.toLocaleString('zh-CN')}</Link>
              </td>
              <td className="is-count">
                <Link to={rowsOf(id, { problem: problem.number, answered: 'yes' })}>
                  {problem.answered.toLocaleString('zh-CN')}
                </Link>
              </td>
            </tr>
          ))}
        </TableSection>
      </div>
    </>
  )
}
