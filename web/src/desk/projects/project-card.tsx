import { moneyText, PROJECT_MATURITY, PROJECT_OFFICER, PROJECT_STATE, PROJECT_TYPE } from '@banjie/contract'
import { Link } from '../link.tsx'
import type { ProjectRow } from './query.ts'
import { StageStrip } from './stage-strip.tsx'

const ROLES = ['chief', 'secretary'] as const

/** One project of a list: its amount, where it stands, who answers for it, what is wrong. */
export const ProjectCard = ({ row }: { readonly row: ProjectRow }) => (
  <li className="panel project-card">
    <h3>
      <Link to={`/w/projects/${row.id}`}>{row.name}</Link> <b className="project-amount">{moneyText(row.amountFen)}</b>
    </h3>
    <p className="chips">
      <span className="tag">{PROJECT_TYPE[row.type]}</span>
      <span className="tag">{PROJECT_MATURITY[row.maturity]}</span>
      {row.groups.map(({ id, name }) => (
        <span key={id} className="tag">
          {name}
        </span>
      ))}
      {row.chain && <span className="tag">{row.chain}</span>}
      {row.state !== 'active' && <span className="tag tag-bad">{PROJECT_STATE[row.state]}</span>}
      {row.pausedUntil && <span className="tag">暂停至 {row.pausedUntil}</span>}
      {row.openBottlenecks > 0 && <span className="tag tag-bad">瓶颈 {row.openBottlenecks} 个</span>}
    </p>
    <StageStrip stages={row.stages} />
    <p className="project-officers">
      {[
        row.unit.name,
        ...ROLES.flatMap((role) => {
          const names = row.officers.filter((one) => one.role === role).map(({ person }) => person.name)
          return names.length === 0 ? [] : `${PROJECT_OFFICER[role]} ${names.join('、')}`
        }),
        row.agent && `社会招商 ${row.agent}`,
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
    <Shortfalls row={row} />
  </li>
)

/** What the rule asks for and the project does not have. */
export const Shortfalls = ({ row }: { readonly row: Pick<ProjectRow, 'violations' | 'appointBy'> }) =>
  row.violations.length === 0 ? null : (
    <p className="notice notice-warn">
      {row.violations.map(({ words }) => words).join('；')}
      {row.appointBy && (
        <>
          。须于 <span className="day">{row.appointBy}</span> 前配齐。
        </>
      )}
    </p>
  )
