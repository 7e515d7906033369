import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import { Link } from '../link.tsx'
import { Bar, Months, type Scale, scaleOf } from './gantt.tsx'
import { Lacks, ProgressBar, ProgressLight } from './progress-mark.tsx'
import type { Field, Plan, Target, Task } from './query.ts'
import { SlipPanel } from './slip-panel.tsx'
import { TargetForm } from './target-form.tsx'
import { TaskForm } from './task-form.tsx'

interface TreeProps {
  readonly plan: Plan
  /** Only targets with this light; a link from a figure. */
  readonly light: string | null
}
/** More tasks than this are shown target by target, when somebody asks for them. */
const MOST_OPEN = 150
/** More targets than this in a field are shown page by page. */
const MOST_TARGETS = 60
/** Up to so many tasks all of them go onto paper; of a larger plan, the targets and what is opened. */
const MOST_PRINTED = 1500

/** True while the page goes to paper: what is folded on the screen is unfolded for it. */
function usePrinting(): boolean {
  const [prints, setPrints] = useState(false)
  useEffect(() => {
    // The sheet is taken right after the event, so that waiting for the next frame would be too late.
    const begin = () => flushSync(() => setPrints(true))
    const end = () => setPrints(false)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  return prints
}

/** The battle map by field: each target with its tasks, how far it is, and when it has to begin and end. */
export function PlanTree({ plan, light }: TreeProps) {
  const scale = plan.beginOn && plan.endOn ? scaleOf(plan.beginOn, plan.endOn) : null
  const tasks = plan.fields.reduce(
    (sum, { targets }) => sum + targets.reduce((all, one) => all + one.tasks.length, 0),
    0,
  )
  const prints = usePrinting()
  const paper = prints ? (tasks <= MOST_PRINTED ? 'all' : 'targets') : null
  return plan.fields.map((field) => {
    const targets = field.targets.filter(({ progress }) => light === null || progress.light === light)
    return light !== null && targets.length === 0 ? null : (
      <FieldSection key={field.id} {...{ plan, field, targets, scale, open: tasks <= MOST_OPEN, paper }} />
    )
  })
}

interface FieldProps {
  readonly plan: Plan
  readonly field: Field
  readonly targets: readonly Target[]
  readonly scale: Scale | null
  /** Whether the tasks are shown before anybody asks. */
  readonly open: boolean
  /** What goes onto paper; null on the screen. */
  readonly paper: 'all' | 'targets' | null
}
function FieldSection({ plan, field, targets, scale, open, paper }: FieldProps) {
  const [adds, setAdds] = useState(false)
  const [shown, setShown] = useState(MOST_TARGETS)
  const done = field.targets.filter(({ progress }) => progress.light === 'done').length
  return (
    <section className="plan-field" aria-label={field.name}>
      <header className="plan-field-head">
        <h2>{field.name}</h2>
        <span className="muted">
          {field.targets.length} 个目标{plan.state === 'published' && `，已完成 ${done}`}
        </span>
        {plan.may.edit && !adds && (
          <button type="button" className="button button-small no-print" onClick={() => setAdds(true)}>
            加目标
          </button>
        )}
      </header>
      {adds && <TargetForm at={{ field: field.id }} year={plan.year} close={() => setAdds(false)} />}
      {targets.length > 0 && scale && (
        <div className="plan-row plan-row-head" aria-hidden="true">
          <span>目标与任务</span>
          <span>责任</span>
          <span>进度</span>
          <Months scale={scale} />
        </div>
      )}
      <ul className="plan-rows">
        {targets.slice(0, paper === null ? shown : undefined).map((target) => (
          <TargetItem key={target.id} {...{ plan, target, scale, open, paper }} />
        ))}
      </ul>
      {targets.length > shown && (
        <button
          type="button"
          className="button plan-add no-print"
          onClick={() => setShown((before) => before + MOST_TARGETS)}
        >
          再看 {Math.min(MOST_TARGETS, targets.length - shown)} 个目标（还有 {targets.length - shown} 个）
        </button>
      )}
    </section>
  )
}

interface TargetProps {
  readonly plan: Plan
  readonly target: Target
  readonly scale: Scale | null
}
function TargetItem({ plan, target, scale, open, paper }: TargetProps & Pick<FieldProps, 'open' | 'paper'>) {
  const [adds, setAdds] = useState(false)
  const [shows, setShows] = useState(open)
  const [most, setMost] = useState(MOST_OPEN)
  const { progress, tasks } = target
  const red = tasks.filter((task) => task.progress.light === 'red').length
  return (
    <li className={`plan-item plan-item-${progress.light ?? 'none'}`}>
      <div className="plan-row">
        <span className="plan-name">
          <span className="plan-title">
            <ProgressLight light={progress.light} />
            <Link to={`/w/plan/targets/${target.id}`}>{target.title}</Link>
          </span>
          <span className="plan-words">{target.words}</span>
          {target.changeWaits && <span className="tag">有一版变更待批准</span>}
          <Lacks lacks={target.lacks} />
          {(progress.light === 'red' || progress.light === 'yellow') && (
            <span className="plan-reason">{progress.reason}</span>
          )}
        </span>
        <Who row={target} />
        <ProgressBar progress={progress} />
        {scale && (
          <Bar
            {...{ scale, today: plan.today, from: target.startOn, to: target.dueOn, light: progress.light }}
            share={progress.share}
            label={`${target.startOn ?? '未定'} 至 ${target.dueOn ?? '未定'}`}
          />
        )}
      </div>
      {!open && tasks.length > 0 && (
        <button
          type="button"
          className="button button-small plan-add no-print"
          aria-expanded={shows}
          onClick={() => setShows(!shows)}
        >
          {shows ? '收起' : '展开'} {tasks.length} 项任务{red > 0 && `，其中超期 ${red} 项`}
        </button>
      )}
      {(shows || paper === 'all') &&
        tasks
          .slice(0, paper === 'all' ? undefined : most)
          .map((task) => <TaskRow key={task.id} {...{ plan, target, task, scale }} />)}
      {shows && tasks.length > most && (
        <button
          type="button"
          className="button button-small plan-add no-print"
          onClick={() => setMost((before) => before + MOST_OPEN)}
        >
          再看 {Math.min(MOST_OPEN, tasks.length - most)} 项任务（还有 {tasks.length - most} 项）
        </button>
      )}
      {plan.may.edit && !adds && (
        <button type="button" className="button button-small plan-add no-print" onClick={() => setAdds(true)}>
          加任务
        </button>
      )}
      {adds && <TaskForm target={target} close={() => setAdds(false)} />}
    </li>
  )
}

const Who = ({ row }: { readonly row: Pick<Target, 'unit' | 'person' | 'dueOn' | 'checkUnit' | 'cadenceLabel'> }) => (
  <span className="plan-who">
    <span>
      {row.unit?.name ?? '责任单位未定'}
      {row.person && ` · ${row.person.name}`}
    </span>
    <span className="muted">
      {row.dueOn ? `${row.dueOn} 前` : '未定时'}
      {row.checkUnit && ` · ${row.checkUnit.name}${row.cadenceLabel ?? ''}查`}
    </span>
  </span>
)

const slackWord = ({ critical, slack }: Task) =>
  critical ? '关键任务' : slack === null ? '' : `可后延 ${slack} 个工作日`
function TaskRow({ task, plan, target, scale }: TargetProps & { readonly task: Task }) {
  const [edits, setEdits] = useState(false)
  const [slips, setSlips] = useState(false)
  const { progress, latestStart, latestFinish, order } = task
  const facts = [
    latestStart && `最迟 ${latestStart} 开工`,
    `工期 ${task.days} 个工作日`,
    slackWord(task),
    task.problems > 0 && `难点 ${task.problems} 个`,
  ]
  if (edits) return <TaskForm target={target} task={task} close={() => setEdits(false)} />
  return (
    <>
      <div className="plan-row plan-task">
        <span className="plan-name">
          <span className="plan-title">
            <ProgressLight light={progress.light} />
            <Link to={`/w/plan/tasks/${task.id}`}>{task.title}</Link>
            {task.redLine && <span className="tag tag-bad">时间红线</span>}
            {task.changeWaits && <span className="tag">变更待批准</span>}
            {order !== null && order.openedAt === null && (
              <span className="tag plan-unopened">
                未知悉{order.waitingDays > 0 && ` ${order.waitingDays} 个工作日`}
              </span>
            )}
            {plan.may.edit && (
              <button type="button" className="button button-small no-print" onClick={() => setEdits(true)}>
                修改
              </button>
            )}
            {latestStart && progress.share < 1 && (
              <button
                type="button"
                className="button button-small no-print"
                aria-expanded={slips}
                onClick={() => setSlips(!slips)}
              >
                后延预演
              </button>
            )}
          </span>
          <span className="plan-words">{facts.filter(Boolean).join(' · ')}</span>
          <Lacks lacks={task.lacks} />
          {progress.light === 'red' && <span className="plan-reason">{progress.reason}</span>}
        </span>
        <Who row={task} />
        <ProgressBar progress={progress} />
        {scale && (
          <Bar
            {...{ scale, today: plan.today, from: latestStart, to: latestFinish, light: progress.light }}
            {...{ share: progress.share, critical: task.critical, redLine: task.redLine }}
            label={`${latestStart ?? '未定'} 至 ${latestFinish ?? '未定'}${task.critical ? '，关键任务' : ''}${task.redLine ? '，时间红线' : ''}`}
          />
        )}
      </div>
      {slips && <SlipPanel plan={plan.id} task={task} today={plan.today} close={() => setSlips(false)} />}
    </>
  )
}
