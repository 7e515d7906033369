import { useEffect, useRef, useState } from 'react'
import { api } from '../../shared/api.ts'
import { columnText, dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { ProgressBar, ProgressLight } from './progress-mark.tsx'
import { refreshPlans, type TaskDetail, useTarget, useTask } from './query.ts'
import { SlipPanel } from './slip-panel.tsx'
import { TaskForm } from './task-form.tsx'
import { TaskProblems } from './task-problems.tsx'
import { TaskSpendings } from './task-spendings.tsx'
import { TaskVersions } from './task-versions.tsx'
import '../lists/lists.css'
import '../page/page.css'
import './plan.css'

/** One task: who answers, when it has to begin and end, what holds it up, what it costs, how it changed. */
export function TaskPage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useTask(id)
  const [shows, setShows] = useState<'slip' | 'propose' | null>(null)
  useTitle(data?.title ?? '任务')
  useOpened(data)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  const { progress } = data
  const toggle = (what: 'slip' | 'propose') => setShows((now) => (now === what ? null : what))
  return (
    <div className="page page-wide lists plan-page">
      <header className="page-head">
        <h1>
          {data.title} {data.redLine && <span className="tag tag-bad">时间红线</span>}{' '}
          {data.critical && <span className="tag">关键任务</span>}
        </h1>
        <div className="page-acts no-print">
          {data.latestStart && progress.share < 1 && (
            <button type="button" className="button button-small" onClick={() => toggle('slip')}>
              后延预演
            </button>
          )}
          {data.may.propose && (
            <button type="button" className="button button-small" onClick={() => toggle('propose')}>
              报批变更
            </button>
          )}
          <Link to={`/w/plan/targets/${data.target.id}`} className="button button-small">
            目标：{data.target.title}
          </Link>
          <Link to={`/w/plan?plan=${data.plan.id}`} className="button button-small">
            {data.plan.year} 年{data.plan.title}
          </Link>
        </div>
      </header>
      <p className="page-lead">
        {[
          data.field,
          data.latestStart && `最迟 ${data.latestStart} 开工、${data.latestFinish} 完成`,
          `工期 ${data.days} 个工作日`,
          data.slack !== null && `机动 ${data.slack} 个工作日`,
          `第 ${data.version} 版`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <OrderNote task={data} />
      {shows === 'slip' && (
        <SlipPanel plan={data.plan.id} task={data} today={data.today} close={() => setShows(null)} />
      )}
      {shows === 'propose' && <ProposePanel task={data} close={() => setShows(null)} />}
      <section className="panel plan-standing" aria-label="进度">
        <p>
          <ProgressLight light={progress.light} /> {progress.reason}
        </p>
        <ProgressBar progress={progress} />
        {data.plan.state === 'published' && (
          <div className="chips no-print">
            <Link to={`/w/plan/targets/${data.target.id}`} className="button button-small">
              去点检
            </Link>
            {progress.nextCheckInBy && <span className="hint">下次点检在 {progress.nextCheckInBy} 之前</span>}
          </div>
        )}
      </section>
      <Facts task={data} />
      <TaskProblems task={data} />
      <TaskSpendings task={data} />
      <TaskVersions task={data} />
    </div>
  )
}

/** Seen by the addressee, the order is opened (知悉); nobody has to press anything. */
function useOpened(task: TaskDetail | undefined): void {
  const sent = useRef(false)
  const opens = task?.may.open === true
  const id = task?.id
  useEffect(() => {
    if (!opens || id === undefined || sent.current) return
    sent.current = true
    void api('openTask', { params: { id } }).then(refreshPlans, () => {
      sent.current = false
    })
  }, [opens, id])
}

function OrderNote({ task: { order, person } }: { readonly task: TaskDetail }) {
  if (order === null) return null
  const issued = `${dayOf(order.issuedAt)} 交办给${person?.name ?? ''}`
  return (
    <p className={`notice ${order.openedAt === null ? 'notice-warn' : ''}`}>
      {order.openedAt === null
        ? `${issued}，还没有知悉，已等 ${order.waitingDays} 个工作日。`
        : `${issued}，${columnText(order.openedAt)} 知悉。`}
    </p>
  )
}

function Facts({ task }: { readonly task: TaskDetail }) {
  const { unit, person, duty, dueOn, checkUnit, cadenceLabel, before, next, milestones } = task
  const linked = (tasks: TaskDetail['before']) =>
    tasks.map(({ id, title }) => (
      <Link key={id} to={`/w/plan/tasks/${id}`} className="plan-milestone">
        {title}
      </Link>
    ))
  const rows = [
    ['定人', [unit?.name, person?.name].filter(Boolean).join(' · ')],
    ['定责', duty],
    ['定时', dueOn && `${dueOn} 前`],
    ['定查', checkUnit && `${checkUnit.name}${cadenceLabel ?? ''}点检`],
  ] as const
  return (
    <dl className="plan-four">
      {rows.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{value || <span className="tag tag-bad">未定</span>}</dd>
        </div>
      ))}
      {milestones.length > 0 && (
        <div>
          <dt>节点</dt>
          <dd>
            {milestones.map(({ id, title, dueOn: on, reachedOn }) => (
              <span key={id} className="plan-milestone">
                {reachedOn ? '✓' : '○'} {title} {reachedOn ?? `${on} 前`}
              </span>
            ))}
          </dd>
        </div>
      )}
      {before.length > 0 && (
        <div>
          <dt>前置</dt>
          <dd>{linked(before)}</dd>
        </div>
      )}
      {next.length > 0 && (
        <div>
          <dt>后续</dt>
          <dd>{linked(next)}</dd>
        </div>
      )}
    </dl>
  )
}

/** Proposes a change in the form of the task itself; the other tasks of its target may be waited for. */
function ProposePanel({ task, close }: { readonly task: TaskDetail; readonly close: () => void }) {
  const { data } = useTarget(task.target.id)
  return data === undefined ? (
    <Skeleton rows={4} className="skeleton-table" />
  ) : (
    <TaskForm target={data} task={task} proposes close={close} />
  )
}
