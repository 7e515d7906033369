import { useState } from 'react'
import { Link } from '../link.tsx'
import { Bar, Months, type Scale, scaleOf } from './gantt.tsx'
import { Lacks, ProgressBar, ProgressLight } from './progress-mark.tsx'
import type { Field, Plan, Target, Task } from './query.ts'
import { TargetForm } from './target-form.tsx'
import { TaskForm } from './task-form.tsx'

interface TreeProps {
  readonly plan: Plan
  /** Only targets with this light; a link from a figure. */
  readonly light: string | null
}
/** The battle map by field: each target with its tasks, how far it is, and when it has to begin and end. */
export function PlanTree({ plan, light }: TreeProps) {
  const scale = plan.beginOn && plan.endOn ? scaleOf(plan.beginOn, plan.endOn) : null
  return plan.fields.map((field) => {
    const targets = field.targets.filter(({ progress }) => light === null || progress.light === light)
    return light !== null && targets.length === 0 ? null : (
      <FieldSection key={field.id} {...{ plan, field, targets, scale }} />
    )
  })
}

interface FieldProps {
  readonly plan: Plan
  readonly field: Field
  readonly targets: readonly Target[]
  readonly scale: Scale | null
}
function FieldSection({ plan, field, targets, scale }: FieldProps) {
  const [adds, setAdds] = useState(false)
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
        {targets.map((target) => (
          <TargetItem key={target.id} {...{ plan, target, scale }} />
        ))}
      </ul>
    </section>
  )
}

interface TargetProps {
  readonly plan: Plan
  readonly target: Target
  readonly scale: Scale | null
}
function TargetItem({ plan, target, scale }: TargetProps) {
  const [adds, setAdds] = useState(false)
  const { progress } = target
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
      {target.tasks.map((task) => (
        <TaskRow key={task.id} {...{ plan, target, task, scale }} />
      ))}
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
  const { progress, latestStart, latestFinish } = task
  const facts = [
    latestStart && `最迟 ${latestStart} 开工`,
    `工期 ${task.days} 个工作日`,
    slackWord(task),
    task.redLine && '时间红线',
  ]
  if (edits) return <TaskForm target={target} task={task} close={() => setEdits(false)} />
  return (
    <div className="plan-row plan-task">
      <span className="plan-name">
        <span className="plan-title">
          <ProgressLight light={progress.light} />
          <span>{task.title}</span>
          {plan.may.edit && (
            <button type="button" className="button button-small no-print" onClick={() => setEdits(true)}>
              修改
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
          label={`${latestStart ?? '未定'} 至 ${latestFinish ?? '未定'}${task.critical ? '，关键任务' : ''}`}
        />
      )}
    </div>
  )
}
