import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { columnText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { OwedBox } from '../duties/owed-box.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { CheckInForm } from './check-in-form.tsx'
import { Money, wan } from './money.tsx'
import { Lacks, ProgressBar, ProgressLight } from './progress-mark.tsx'
import { refreshPlans, type TargetDetail, useTarget } from './query.ts'
import { TargetForm } from './target-form.tsx'
import { Versions } from './versions.tsx'
import '../lists/lists.css'
import '../page/page.css'
import './plan.css'

/** One target: the four, how far it is and why, every object, every check-in, every version. */
export function TargetPage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useTarget(id)
  const [edits, setEdits] = useState(false)
  const owed = usePlace().query.get('owed')
  useTitle(data?.title ?? '目标')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  const { progress } = data
  return (
    <div className="page page-wide lists plan-page">
      <header className="page-head">
        <h1>{data.title}</h1>
        <div className="page-acts no-print">
          {data.may.edit && (
            <button type="button" className="button button-small" onClick={() => setEdits(true)}>
              修改
            </button>
          )}
          <Link to={`/w/plan?plan=${data.plan.id}`} className="button button-small">
            {data.plan.year} 年{data.plan.title}
          </Link>
        </div>
      </header>
      <p className="page-lead">
        {data.field} · {data.kindLabel} · {data.words}
        {data.dueOn && ` · ${data.dueOn} 前`} · 第 {data.version} 版
      </p>
      {owed !== null && <OwedBox key={owed} id={owed} />}
      {edits && <TargetForm at={data} year={data.plan.year} close={() => setEdits(false)} />}
      <section className="panel plan-standing" aria-label="进度">
        <p>
          <ProgressLight light={progress.light} /> {progress.reason}
        </p>
        <ProgressBar progress={progress} />
        {progress.nextCheckInBy && <p className="hint">下次点检在 {progress.nextCheckInBy} 之前</p>}
      </section>
      <Four target={data} />
      {data.may.checkIn && <CheckInForm target={data} />}
      {data.definition.kind !== 'count' && <Objects target={data} />}
      <Tasks target={data} />
      <CheckIns target={data} />
      <Versions target={data} />
    </div>
  )
}

const money = ({ fen, qualifier }: NonNullable<TargetDetail['definition']['budget']>) =>
  `${(fen / 1_000_000).toLocaleString('zh-CN')}${qualifier === 'over' ? '余' : ''}万元${qualifier === 'atLeast' ? '以上' : ''}`

/** Person, duty, time, check (定人、定责、定时、定查). */
function Four({ target }: { readonly target: TargetDetail }) {
  const { unit, person, duty, startOn, dueOn, checkUnit, cadenceLabel, definition } = target
  const rows = [
    ['定人', [unit?.name, person?.name].filter(Boolean).join(' · ')],
    ['定责', duty],
    ['定时', startOn && dueOn && `${startOn} 至 ${dueOn}`],
    ['定查', checkUnit && `${checkUnit.name}${cadenceLabel ?? ''}点检`],
    ...(definition.budget
      ? ([
          ['预算', money(definition.budget)],
          ['各任务已支出', wan(target.tasks.reduce((sum, { spentFen }) => sum + spentFen, 0))],
        ] as const)
      : []),
  ] as const
  return (
    <dl className="plan-four">
      {rows.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>{value || <span className="tag tag-bad">未定</span>}</dd>
        </div>
      ))}
      <Lacks lacks={target.lacks} />
    </dl>
  )
}

function Objects({ target }: { readonly target: TargetDetail }) {
  const [open, setOpen] = useState(false)
  const rows = open ? target.objects.filter(({ done }) => !done) : target.objects
  const left = target.objects.filter(({ done }) => !done).length
  return (
    <>
      <TableSection
        {...{ title: '对象', count: target.objects.length, empty: '还没有点名。' }}
        head={['对象', '现状', '实况', '所属单位', '最近点检']}
        note={
          <>
            {target.unnamed > 0 &&
              `目标 ${target.definition.value} ${target.definition.unit}，还有 ${target.unnamed} 个没有点名。`}{' '}
            <label className="check no-print">
              <input type="checkbox" checked={open} onChange={() => setOpen(!open)} />
              <span>只看未完成的 {left} 个</span>
            </label>
          </>
        }
      >
        {rows.map((object) => (
          <tr key={object.id}>
            <td>{object.name}</td>
            <td>
              {object.done ? <span className="tag tag-good">✓ 已完成</span> : <span className="tag">未完成</span>}
            </td>
            <td>{object.text}</td>
            <td>{object.unit?.name ?? '—'}</td>
            <td>{object.lastOn ?? '—'}</td>
          </tr>
        ))}
      </TableSection>
      {target.may.addObjects && target.unnamed > 0 && target.definition.kind !== 'coverage' && (
        <NameMore target={target} />
      )}
    </>
  )
}

function NameMore({ target }: { readonly target: TargetDetail }) {
  const [names, setNames] = useState('')
  const given = names
    .split(/[\n，、,]/)
    .map((name) => name.trim())
    .filter(Boolean)
  const send = useSubmission(
    (body: Parameters<typeof api<'newTargetObjects'>>[1]['body'], key) =>
      api('newTargetObjects', { params: { id: target.id }, body, key }),
    {
      done: () => {
        announce('已登记')
        setNames('')
        refreshPlans()
      },
    },
  )
  return (
    <details className="mapping no-print">
      <summary>登记更多对象</summary>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate({ objects: given.map((name) => ({ name })) })
        }}
      >
        <Labelled label="对象" hint="一行一个">
          {(field) => (
            <textarea
              {...field}
              className="input"
              rows={4}
              value={names}
              onChange={(event) => setNames(event.target.value)}
            />
          )}
        </Labelled>
        <div className="panel-acts">
          <button type="submit" className="button" disabled={given.length === 0 || send.isPending}>
            登记 {given.length} 个
          </button>
        </div>
      </form>
      <FaultNotice fault={send.error} />
    </details>
  )
}

const Tasks = ({ target }: { readonly target: TargetDetail }) =>
  target.tasks.length === 0 ? null : (
    <TableSection
      {...{ title: '任务', count: target.tasks.length, empty: '' }}
      head={['任务', '灯', '进度', '最迟开工', '最迟完成', '节点', '资金']}
    >
      {target.tasks.map((task) => (
        <tr key={task.id}>
          <td>
            <Link to={`/w/plan/tasks/${task.id}`}>{task.title}</Link>{' '}
            {task.critical && <span className="tag">关键</span>}
            {task.redLine && <span className="tag tag-bad">时间红线</span>}
          </td>
          <td>
            <ProgressLight light={task.progress.light} />
          </td>
          <td>{task.progress.text}</td>
          <td>{task.latestStart ?? '—'}</td>
          <td>{task.latestFinish ?? '—'}</td>
          <td>
            {task.milestones.map(({ id, title, dueOn, reachedOn }) => (
              <span key={id} className="plan-milestone">
                {reachedOn ? '✓' : '○'} {title} {reachedOn ?? `${dueOn} 前`}
              </span>
            ))}
          </td>
          <td>
            <Money budget={task.budget} spentFen={task.spentFen} />
          </td>
        </tr>
      ))}
    </TableSection>
  )

type CheckIn = TargetDetail['checkIns'][number]
const countedOf = ({ quantity, measured, words, done, milestone }: CheckIn, target: TargetDetail) =>
  [
    quantity !== null && `+${quantity}`,
    measured !== null && `实测 ${measured}${target.definition.each?.unit ?? ''}`,
    words.length > 0 && words.join('、'),
    milestone,
    done && '完成',
  ]
    .filter(Boolean)
    .join(' ') || '情况'

function CheckIns({ target }: { readonly target: TargetDetail }) {
  return (
    <TableSection
      {...{ title: '点检记录', count: target.checkIns.length, empty: '还没有点检。' }}
      head={['截至', '对象或任务', '完成', '佐证', '情况与问题', '报告人']}
    >
      {target.checkIns.map((row) => (
        <tr key={row.id} className={row.voided ? 'plan-voided' : ''}>
          <td>{row.day}</td>
          <td>{row.object ?? row.task ?? '本目标'}</td>
          <td>{countedOf(row, target)}</td>
          <td>
            {row.evidence ?? '—'}
            {row.files.length > 0 && <CheckInFiles files={row.files} />}
          </td>
          <td>
            {[row.note, row.issues && `问题：${row.issues}`, row.next && `下一步：${row.next}`]
              .filter(Boolean)
              .join('；') || '—'}
          </td>
          <td>
            <span>
              {row.by} {columnText(row.at)}
              {row.voided ? (
                <span className="plan-reason">
                  已作废：{row.voided.by}，{row.voided.reason}
                </span>
              ) : (
                row.voidable && <VoidForm id={row.id} />
              )}
            </span>
          </td>
        </tr>
      ))}
    </TableSection>
  )
}

/** Photos are shown small and open large; recordings play. */
const CheckInFiles = ({ files }: { readonly files: CheckIn['files'] }) => (
  <span className="plan-files">
    {files.map(({ id, name, mediaType }) => {
      const url = `/api/v1/check-in-files/${id}`
      return mediaType.startsWith('image/') ? (
        <a key={id} href={url} target="_blank" rel="noopener noreferrer">
          <img src={url} alt={name} loading="lazy" />
        </a>
      ) : (
        // biome-ignore lint/a11y/useMediaCaption: a recording of the place has no captions
        <audio key={id} src={url} controls preload="none" aria-label={name} />
      )
    })}
  </span>
)

function VoidForm({ id }: { readonly id: string }) {
  const [reason, setReason] = useState<string | null>(null)
  const send = useSubmission((body: { reason: string }, key) => api('voidCheckIn', { params: { id }, body, key }), {
    done: () => {
      announce('已作废')
      refreshPlans()
    },
  })
  if (reason === null)
    return (
      <button type="button" className="button button-small plan-void no-print" onClick={() => setReason('')}>
        作废
      </button>
    )
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate({ reason })
      }}
    >
      <PlainField label="作废原因" value={reason} set={setReason} maxLength={300} />
      <button type="submit" className="button button-small" disabled={reason.trim() === '' || send.isPending}>
        确认作废
      </button>
      <FaultNotice fault={send.error} />
    </form>
  )
}
