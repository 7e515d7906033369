import { useEffect, useRef, useState } from 'react'
import { api } from '../../shared/api.ts'
import { columnText, dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { LightMark } from '../light-mark.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { DecideForm } from './decide-form.tsx'
import { Money, wan } from './money.tsx'
import { ProgressBar, ProgressLight } from './progress-mark.tsx'
import { refreshPlans, type TaskDetail, useTarget, useTask } from './query.ts'
import { SlipPanel } from './slip-panel.tsx'
import { TaskForm } from './task-form.tsx'
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
      <Problems task={data} />
      <Spendings task={data} />
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

function Problems({ task }: { readonly task: TaskDetail }) {
  const [adds, setAdds] = useState(false)
  const [number, setNumber] = useState('')
  const [note, setNote] = useState('')
  const add = useSubmission(
    (body: { number: string; note: string }, key) => api('linkProblem', { params: { id: task.id }, body, key }),
    {
      done: () => {
        announce('已关联')
        setNumber('')
        setNote('')
        setAdds(false)
        refreshPlans()
      },
    },
  )
  return (
    <>
      <TableSection
        {...{ title: '难点', count: task.linked.length }}
        head={['事项', '灯', '环节', '主办', '清单', '说明']}
        empty="没有关联的问题。有难点的，把问题清单或诉求的编号挂到任务上，一个难点一个难点攻克。"
      >
        {task.linked.map((problem) => (
          <tr key={problem.caseId}>
            <td>
              <Link to={`/w/c/${problem.number}`}>{problem.title}</Link>
            </td>
            <td>
              <LightMark light={problem.light} />
            </td>
            <td>{problem.stageLabel}</td>
            <td>{problem.leadUnit?.name ?? '—'}</td>
            <td>{problem.list ?? '—'}</td>
            <td>
              {problem.note ?? ''} {task.may.link && <Unlink task={task.id} caseId={problem.caseId} />}
            </td>
          </tr>
        ))}
      </TableSection>
      {task.problems > task.linked.length && (
        <p className="hint">另有 {task.problems - task.linked.length} 个难点不在您的可见范围。</p>
      )}
      {task.may.link && !adds && (
        <button type="button" className="button plan-add no-print" onClick={() => setAdds(true)}>
          挂难点
        </button>
      )}
      {adds && (
        <PanelForm
          {...{ title: '挂难点', ready: number.trim() !== '', sending: add, act: '关联', close: () => setAdds(false) }}
          submit={() => add.mutate({ number, note })}
        >
          <PlainField
            {...{ label: '事项编号', value: number, set: setNumber, maxLength: 40 }}
            hint="问题或诉求的编号"
          />
          <PlainField {...{ label: '难在哪里', optional: true, value: note, set: setNote, maxLength: 200 }} />
        </PanelForm>
      )}
    </>
  )
}

function Unlink({ task, caseId }: { readonly task: string; readonly caseId: string }) {
  return (
    <ReasonForm
      label="取消关联"
      send={(reason, key) => api('unlinkProblem', { params: { id: task, caseId }, body: { reason }, key })}
    />
  )
}

interface ReasonProps {
  readonly label: string
  readonly send: (reason: string, key: string) => Promise<unknown>
}
/** Takes something back, with the reason that stays to be read. */
function ReasonForm({ label, send }: ReasonProps) {
  const [reason, setReason] = useState<string | null>(null)
  const save = useSubmission((body: { reason: string }, key) => send(body.reason, key), {
    done: () => {
      announce(`已${label}`)
      refreshPlans()
    },
  })
  if (reason === null)
    return (
      <button type="button" className="button button-small plan-void no-print" onClick={() => setReason('')}>
        {label}
      </button>
    )
  return (
    <form
      className="no-print"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate({ reason })
      }}
    >
      <PlainField label={`${label}的原因`} value={reason} set={setReason} maxLength={200} />
      <button type="submit" className="button button-small" disabled={reason.trim() === '' || save.isPending}>
        确认
      </button>
      <FaultNotice fault={save.error} />
    </form>
  )
}

const FEN_IN_YUAN = 100
function Spendings({ task }: { readonly task: TaskDetail }) {
  const [adds, setAdds] = useState(false)
  const [draft, setDraft] = useState({ yuan: '', document: '', day: task.today })
  const set = (name: keyof typeof draft) => (value: string) => setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission(
    (body: Parameters<typeof api<'newSpending'>>[1]['body'], key) =>
      api('newSpending', { params: { id: task.id }, body, key }),
    {
      done: () => {
        announce('已登记支出')
        setDraft({ yuan: '', document: '', day: task.today })
        setAdds(false)
        refreshPlans()
      },
    },
  )
  if (task.budget === null && task.spendings.length === 0 && !task.may.spend) return null
  return (
    <>
      <TableSection
        {...{ title: '资金', count: task.spendings.length, empty: '还没有支出。' }}
        note={<Money budget={task.budget} spentFen={task.spentFen} />}
        head={['日期', '金额', '凭证', '登记人']}
      >
        {task.spendings.map((row) => (
          <tr key={row.id} className={row.voided ? 'plan-voided' : ''}>
            <td>{row.day}</td>
            <td>{wan(row.fen)}</td>
            <td>{row.document}</td>
            <td>
              {row.by} {columnText(row.at)}
              {row.voided ? (
                <span className="plan-reason">
                  已作废：{row.voided.by}，{row.voided.reason}
                </span>
              ) : (
                task.may.spend && (
                  <ReasonForm
                    label="作废"
                    send={(reason, key) => api('voidSpending', { params: { id: row.id }, body: { reason }, key })}
                  />
                )
              )}
            </td>
          </tr>
        ))}
      </TableSection>
      {task.may.spend && !adds && (
        <button type="button" className="button plan-add no-print" onClick={() => setAdds(true)}>
          登记支出
        </button>
      )}
      {adds && (
        <PanelForm
          {...{ title: '登记支出', sending: save, act: '登记', close: () => setAdds(false) }}
          ready={draft.yuan !== '' && draft.document.trim() !== ''}
          submit={() => {
            const { yuan, document, day } = draft
            save.mutate({ fen: Math.round(Number(yuan) * FEN_IN_YUAN), document, day })
          }}
        >
          <PlainField {...{ label: '金额（元）', type: 'number', min: '0', value: draft.yuan, set: set('yuan') }} />
          <PlainField {...{ label: '支付凭证', value: draft.document, set: set('document'), maxLength: 120 }} />
          <PlainField label="支出日期" type="date" value={draft.day} set={set('day')} />
        </PanelForm>
      )}
    </>
  )
}

const TaskVersions = ({ task }: { readonly task: TaskDetail }) =>
  task.versions.length === 0 ? null : (
    <section className="table-section" aria-label="任务各版">
      <h2>
        任务各版<span className="table-count">{task.versions.length}</span>
      </h2>
      <ol className="plan-versions">
        {task.versions.map((version) => (
          <li key={version.version}>
            <p>
              <b>第 {version.version} 版</b> <span className="tag">{version.stateLabel}</span> {version.words}
            </p>
            <p className="hint">
              {version.proposer} {columnText(version.proposedAt)} {version.reason ? `报批：${version.reason}` : '公布'}
              {version.version > 1 &&
                version.approver &&
                version.decidedAt &&
                ` · ${version.approver} ${columnText(version.decidedAt)} ${version.stateLabel.slice(1)}`}
              {version.note && `：${version.note}`}
            </p>
            {version.decidable && <DecideForm kind="task" id={task.id} version={version.version} />}
          </li>
        ))}
      </ol>
    </section>
  )
