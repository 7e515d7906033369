import { columnText } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { useTitle } from '../page/title.ts'
import { EmptyView, ErrorView, Skeleton } from '../state-view.tsx'
import { DecideForm } from './decide-form.tsx'
import { useChanges } from './query.ts'
import '../page/page.css'
import './plan.css'

/** Changes of targets and tasks that wait for approval (待批变更), the longest waiting first. */
export function ChangesPage() {
  const { data, error, isPending, refetch } = useChanges()
  useTitle('待批目标变更')
  return (
    <div className="page page-wide plan-page">
      <header className="page-head">
        <h1>待批目标变更</h1>
        <div className="page-acts">
          <Link to="/w/plan" className="button button-small">
            作战图
          </Link>
        </div>
      </header>
      <p className="page-lead">批准之前，原来的目标和任务照旧执行；批准之后重新倒排工期。不能批准自己报的。</p>
      {error && <ErrorView error={error} retry={() => void refetch()} />}
      {isPending && <Skeleton rows={4} className="skeleton-table" />}
      {data?.items.length === 0 && <EmptyView>没有变更在等待批准。要变更，请打开目标或任务，按“报批变更”。</EmptyView>}
      <ul className="plan-changes">
        {data?.items.map((change) => (
          <li key={change.id} className="panel">
            <p className="plan-title">
              <span className="tag">{change.kind === 'task' ? '任务' : '目标'}</span>
              <Link to={`/w/plan/${change.kind === 'task' ? 'tasks' : 'targets'}/${change.id}`}>{change.title}</Link> 第{' '}
              {change.version} 版
            </p>
            <p>
              <b>{change.words}</b>
            </p>
            <p className="hint">
              {change.plan.year} 年{change.plan.title} · {change.proposer} {columnText(change.proposedAt)} 报批：
              {change.reason} · 已等 {change.waitingDays} 个工作日
            </p>
            {change.decidable && <DecideForm kind={change.kind} id={change.id} version={change.version} />}
          </li>
        ))}
      </ul>
    </div>
  )
}
