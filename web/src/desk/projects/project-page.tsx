import { moneyText, PROJECT_MATURITY, PROJECT_STATE, PROJECT_TYPE } from '@banjie/contract'
import { useState } from 'react'
import { Link } from '../link.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { Baselines } from './baselines.tsx'
import { Bottlenecks } from './bottlenecks.tsx'
import { DropForm, PauseForm } from './end-forms.tsx'
import { Factors } from './factors.tsx'
import { Officers } from './officers.tsx'
import { Shortfalls } from './project-card.tsx'
import { ProjectForm } from './project-form.tsx'
import { type Project, useProject } from './query.ts'
import { Schedule } from './schedule.tsx'
import { StageForm } from './stage-form.tsx'
import { StageStrip } from './stage-strip.tsx'
import '../page/page.css'
import './projects.css'

type Shown = 'edit' | 'stages' | 'pause' | 'drop'
const BUTTONS = [
  ['stages', '填写环节', 'edit'],
  ['edit', '修改台账', 'edit'],
  ['pause', '暂停', 'edit'],
  ['drop', '取消或并入', 'keep'],
] as const satisfies readonly (readonly [Shown, string, 'edit' | 'keep'])[]

/** One project: its stages, who answers for it, what holds it up, what it still needs, when it has to be begun. */
export function ProjectPage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useProject(id)
  const [shows, setShows] = useState<Shown | null>(null)
  useTitle(data?.name ?? '项目')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  const close = () => setShows(null)
  return (
    <div className="page page-wide projects table-cards">
      <header className="page-head">
        <h1>
          {data.name} <span className="project-amount">{moneyText(data.amountFen)}</span>
        </h1>
        <div className="page-acts no-print">
          {BUTTONS.filter(([, , right]) => data.may[right]).map(([what, word]) => (
            <button key={what} type="button" className="button button-small" onClick={() => setShows(what)}>
              {word}
            </button>
          ))}
          <Link to={`/w/liaison/${id}`} className="button button-small">
            走访与包保
          </Link>
          <Link to="/w/projects" className="button button-small">
            全部项目
          </Link>
        </div>
      </header>
      <Lead project={data} />
      <Shortfalls row={data} />
      {shows === 'edit' && <ProjectForm before={data} close={close} />}
      {shows === 'stages' && <StageForm project={data} close={close} />}
      {shows === 'pause' && <PauseForm id={id} close={close} />}
      {shows === 'drop' && <DropForm project={data} close={close} />}
      <StageStrip stages={data.stages} />
      <Officers project={data} />
      <Bottlenecks project={data} />
      <Factors project={data} />
      <Schedule project={data} />
      <Baselines project={data} />
    </div>
  )
}

const Lead = ({ project }: { readonly project: Project }) => (
  <>
    <p className="page-lead">
      {[
        PROJECT_TYPE[project.type],
        PROJECT_MATURITY[project.maturity],
        project.single ? '单体项目' : '非单体项目',
        project.chain,
        `责任单位 ${project.unit.name}`,
        project.person && `环节责任人 ${project.person.name}`,
        project.agent && `社会招商 ${project.agent}`,
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>
    {(project.groups.length > 0 || project.enterprise) && (
      <p className="project-links">
        {project.enterprise && (
          <span>
            业主 <Link to={`/w/enterprises/${project.enterprise.id}`}>{project.enterprise.name}</Link>
          </span>
        )}
        {project.groups.map(({ id, name }) => (
          <Link key={id} to={`/w/projects?group=${id}`} className="tag">
            {name}
          </Link>
        ))}
      </p>
    )}
    {project.state !== 'active' && (
      <p className="notice notice-warn">
        {PROJECT_STATE[project.state]}：{project.stateNote}。不计入任何统计。
      </p>
    )}
    {project.pauses.map(({ from, to, reason }) => (
      <p key={from} className="notice">
        {from} 至 {to} 暂停：{reason}
      </p>
    ))}
  </>
)
