import { MINUTES_STATE, PRESENCE } from '@banjie/contract'
import { type ReactNode, useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { MeetingFinancings } from '../finance/meeting-financings.tsx'
import { BANK_MEETING } from '../finance/query.ts'
import { Link } from '../link.tsx'
import { CaseName } from '../page/case-name.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { DecisionList } from './decision-list.tsx'
import { IssueList } from './issue-list.tsx'
import { MeetingForm } from './meeting-form.tsx'
import { MinutesForm } from './minutes-form.tsx'
import { type Meeting, refreshMeetings, useMeeting } from './query.ts'
import '../page/page.css'
import './meetings.css'

/** One meeting: its minutes on their way, and each decision with its light. */
export function MeetingPage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useMeeting(id)
  const [open, setOpen] = useState<'meeting' | 'minutes' | 'return'>()
  useTitle(data?.title ?? '会议')
  const close = () => setOpen(undefined)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} />
  return (
    <div className="page page-wide meetings">
      <header className="page-head">
        <div>
          <h1>{data.title}</h1>
          <p className="muted">
            {data.on} {data.at} · {data.kind.label} · {data.place} · 主持 {data.chair.name}
          </p>
        </div>
        <div className="page-acts">
          <Link to="/w/meetings" className="button button-small">
            全部会议
          </Link>
          {data.may.edit && (
            <button type="button" className="button button-small" onClick={() => setOpen('meeting')}>
              修改会议
            </button>
          )}
          {data.text !== null && (
            <Link to={`/w/meetings/${id}/minutes`} className="button button-small">
              打印纪要
            </Link>
          )}
        </div>
      </header>
      {open === 'meeting' && <MeetingForm meeting={data} close={close} />}
      {open === 'minutes' && <MinutesForm meeting={data} close={close} />}
      {open === 'return' && <ReturnForm meeting={data} close={close} />}
      {open === undefined && <MinutesState meeting={data} open={setOpen} />}
      {open !== 'minutes' && <DecisionList meeting={data} />}
      <IssueList meeting={id} />
      <MeetingFinancings meeting={id} isBank={data.kind.code === BANK_MEETING} />
      <About meeting={data} />
    </div>
  )
}

const NEXT = {
  none: '纪要还没有起草。',
  draft: '纪要等待审定，审定人不能是起草人。',
  returned: '纪要已退回，请修改后再送审。',
  approved: '纪要已审定。印发时编号，议定事项同时交办。',
  issued: '纪要已印发，议定事项已交办。',
} as const

function MinutesState({
  meeting,
  open,
}: {
  readonly meeting: Meeting
  readonly open: (what: 'minutes' | 'return') => void
}) {
  const { id, state, may, text, number, draftedBy, approvedBy, issuedOn, returnedWhy, list } = meeting
  const told = { done: () => refreshMeetings() }
  const approve = useSubmission((_: null, key) => api('approveMinutes', { params: { id }, key }), told)
  const issue = useSubmission((_: null, key) => api('issueMinutes', { params: { id }, key }), {
    done: (one) => {
      announce(`已印发 ${one.number ?? ''}，${one.list.length} 项议定事项已交办`)
      refreshMeetings()
    },
  })
  const lacking = list.filter(({ lacks }) => lacks.length > 0).length
  return (
    <section className="panel" aria-label="会议纪要">
      <h2>
        纪要 <span className={`tag ${state === 'issued' ? 'tag-good' : ''}`}>{number ?? MINUTES_STATE[state]}</span>
      </h2>
      <p>
        {NEXT[state]}
        {returnedWhy !== null && `退回理由：${returnedWhy}`}
        {state !== 'issued' && lacking > 0 && `还有 ${lacking} 项议定事项四定不全，补全才能印发。`}
      </p>
      {text !== null && <p className="minutes-text">{text}</p>}
      <p className="muted">
        {[
          draftedBy && `起草 ${draftedBy.name}`,
          approvedBy && `审定 ${approvedBy.name}`,
          issuedOn && `印发 ${issuedOn}`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <div className="panel-acts">
        {may.draft && (
          <button
            type="button"
            className={`button ${state === 'draft' ? '' : 'button-primary'}`}
            onClick={() => open('minutes')}
          >
            {text === null ? '起草纪要' : '修改纪要'}
          </button>
        )}
        {may.approve && (
          <>
            <Confirm label="审定" busy={approve.isPending} run={() => approve.mutate(null)}>
              审定后纪要和 {list.length} 项议定事项不能再改，要改须退回。
            </Confirm>
            <button type="button" className="button" onClick={() => open('return')}>
              退回
            </button>
          </>
        )}
        {may.issue && (
          <Confirm label="印发" busy={issue.isPending} run={() => issue.mutate(null)}>
            将编号印发，{list.length} 项议定事项立即交到承办人手里，不能撤回。
          </Confirm>
        )}
      </div>
      <FaultNotice fault={approve.error ?? issue.error} />
    </section>
  )
}

function ReturnForm({ meeting, close }: { readonly meeting: Meeting; readonly close: () => void }) {
  const [reason, setReason] = useState('')
  const save = useSubmission(
    (body: { reason: string }, key) => api('returnMinutes', { params: { id: meeting.id }, body, key }),
    {
      done: () => {
        announce('已退回起草人')
        refreshMeetings()
        close()
      },
    },
  )
  return (
    <PanelForm
      title="退回纪要"
      act="退回"
      ready={reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ reason })}
    >
      <PlainField label="退回理由" value={reason} set={setReason} maxLength={300} />
    </PanelForm>
  )
}

const About = ({ meeting: { attendance, agenda, firms, targets, cases, tags } }: { readonly meeting: Meeting }) => (
  <section className="panel" aria-label="会议情况">
    <h2>会议情况</h2>
    <dl className="meeting-facts">
      {(Object.keys(PRESENCE) as (keyof typeof PRESENCE)[]).map((presence) => {
        const rows = attendance.filter((one) => one.presence === presence)
        return (
          rows.length > 0 && (
            <Fact key={presence} word={PRESENCE[presence]}>
              {rows
                .map(
                  ({ unit, person, reason }) =>
                    `${unit.name}${person ? ` ${person.name}` : ''}${reason ? `（${reason}）` : ''}`,
                )
                .join('、')}
            </Fact>
          )
        )
      })}
      {agenda.length > 0 && <Fact word="议题">{agenda.join('；')}</Fact>}
      {firms.length > 0 && <Fact word="到会企业">{firms.join('、')}</Fact>}
      {tags.length > 0 && (
        <Fact word="活动">
          {tags.map((tag, i) => (
            <span key={tag}>
              {i > 0 && '、'}
              <Link to={`/w/meetings?tag=${encodeURIComponent(tag)}`}>{tag}</Link>
            </span>
          ))}
        </Fact>
      )}
    </dl>
    {targets.length > 0 && (
      <p className="chips">
        包保对象：
        {targets.map(({ id, name }) => (
          <Link key={id} to={`/w/liaison/${id}`}>
            {name}
          </Link>
        ))}
      </p>
    )}
    {cases.length > 0 && (
      <>
        <h3>涉及事项</h3>
        <ul>
          {cases.map(({ id, number, title }) => (
            <li key={id}>
              <CaseName number={number} title={title} />
            </li>
          ))}
        </ul>
      </>
    )}
    {attendance.length + agenda.length + firms.length + targets.length + cases.length === 0 && (
      <p className="muted">没有登记参会人员和议题。</p>
    )}
  </section>
)
const Fact = ({ word, children }: { readonly word: string; readonly children: ReactNode }) => (
  <div>
    <dt>{word}</dt>
    <dd>{children}</dd>
  </div>
)
