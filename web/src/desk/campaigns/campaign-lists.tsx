import { CAMPAIGN_PROBLEM, LIAISON_TARGET_KIND, VISIT_KIND } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf, dueText } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ErrorView, Skeleton } from '../state-view.tsx'
import {
  type Campaign,
  type Problem,
  refreshCampaigns,
  type Subject,
  useCountedVisits,
  useProblems,
  useSubjects,
} from './query.ts'

const SUBJECT_TITLE = { reached: '已对接', missing: '尚未对接', excluded: '已移出' } as const
const SUBJECT_EMPTY = {
  reached: '还没有对接任何对象。走访时勾选本活动的标签，对象就算对接。',
  missing: '范围内的对象都已对接。',
  excluded: '没有移出的对象。',
} as const

/** Whom the campaign is to reach, by whether it has. */
export function SubjectList({
  campaign,
  state,
}: {
  readonly campaign: Campaign
  readonly state: keyof typeof SUBJECT_TITLE
}) {
  const { data, error, isPending, refetch } = useSubjects(campaign.id, state)
  const [leaving, setLeaving] = useState<Subject>()
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={4} />
  const mayTake = campaign.mayKeep && state === 'missing' && campaign.scope.by !== 'children'
  return (
    <>
      {leaving && <LeaveForm {...{ campaign, subject: leaving }} close={() => setLeaving(undefined)} />}
      <TableSection
        {...{ title: SUBJECT_TITLE[state], count: data.total, empty: emptyOf(campaign, state) }}
        {...(data.items.length < data.total && { note: `只列出前 ${data.items.length} 个，全部在导出的表中` })}
        head={['对象', '类别', '主包保人', state === 'excluded' ? '移出原因' : '对接']}
      >
        {data.items.map((subject) => (
          <tr key={subject.id}>
            <td>
              {subject.kind === 'unit' ? subject.name : <Link to={`/w/liaison/${subject.id}`}>{subject.name}</Link>}
            </td>
            <td>{subject.kind === 'unit' ? '单位' : LIAISON_TARGET_KIND[subject.kind]}</td>
            <td>{subject.main?.name ?? '—'}</td>
            <td>
              {standingOf(subject, campaign.least)}
              {mayTake && (
                <button
                  type="button"
                  className="button button-plain button-small no-print"
                  onClick={() => setLeaving(subject)}
                >
                  移出
                </button>
              )}
            </td>
          </tr>
        ))}
      </TableSection>
    </>
  )
}
const emptyOf = ({ figures }: Campaign, state: keyof typeof SUBJECT_EMPTY) =>
  state === 'missing' && figures.inScope === 0 ? '范围内还没有对象。' : SUBJECT_EMPTY[state]
function standingOf({ excluded, reachedOn, contacts, lastOn, closedOn }: Subject, least: number): string {
  if (excluded !== null) return excluded
  const times = lastOn === null ? '还没有' : `${contacts} 次，最近 ${lastOn}`
  return [
    reachedOn === null && least > 1 && lastOn !== null ? `${times}（应 ${least} 次）` : times,
    closedOn === null ? '' : `${closedOn} 结束包保`,
  ]
    .filter(Boolean)
    .join('；')
}

function LeaveForm({
  campaign,
  subject,
  close,
}: {
  readonly campaign: Campaign
  readonly subject: Subject
  readonly close: () => void
}) {
  const [reason, setReason] = useState('')
  const save = useSubmission(
    (body: Request<'leaveCampaignScope'>['body'], key) =>
      api('leaveCampaignScope', { params: { id: campaign.id }, body, key }),
    {
      done: () => {
        announce(`已移出“${subject.name}”`)
        refreshCampaigns()
        close()
      },
    },
  )
  return (
    <PanelForm
      {...{ title: `移出：${subject.name}`, act: '移出', ready: reason.trim() !== '', sending: save, close }}
      submit={() =>
        save.mutate(subject.kind === 'unit' ? { unitId: subject.id, reason } : { targetId: subject.id, reason })
      }
    >
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} hint="移出的对象仍在册，原因可查" />
    </PanelForm>
  )
}

const PROBLEM_TITLE = { ...CAMPAIGN_PROBLEM, open: '在办问题', all: '收集的问题' } as const
const PROBLEM_EMPTY = '没有这样的问题。走访时登记的问题自动记入本活动。'

/** What the campaign has collected. */
export function ProblemList({
  campaign,
  state,
}: {
  readonly campaign: Campaign
  readonly state: keyof typeof PROBLEM_TITLE
}) {
  const { data, error, isPending, refetch } = useProblems(campaign.id, state === 'all' ? undefined : state)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={4} />
  return (
    <TableSection
      {...{ title: PROBLEM_TITLE[state], count: data.total, empty: PROBLEM_EMPTY }}
      note={<ProblemNote campaign={campaign} />}
      head={['问题', '反映对象', '主办', '进展', '时限']}
    >
      {data.items.map((problem) => (
        <tr key={problem.id}>
          <td>
            <Link to={`/w/c/${problem.number}`} className="case-name">
              {problem.number}
              <span>{problem.title}</span>
            </Link>
          </td>
          <td>{problem.target ?? '—'}</td>
          <td>{problem.leadUnit?.name ?? '待分办'}</td>
          <td>{problem.stageLabel}</td>
          <td>{limitOf(problem)}</td>
        </tr>
      ))}
    </TableSection>
  )
}
const ProblemNote = ({ campaign: { id, partial } }: { readonly campaign: Campaign }) => (
  <>
    {partial && '只列出您可以看到的问题。'}
    <Link to={`/w/c?campaign=${id}`} className="no-print">
      在台账中打开
    </Link>
  </>
)
function limitOf({ closedAt, dueAt }: Problem): string {
  if (closedAt !== null) return `${dayOf(closedAt)} 办结`
  return dueAt === null ? '—' : dueText(dueAt)
}

/** The visits that count, of one unit or week where one is chosen. */
export function VisitList({
  campaign,
  window,
}: {
  readonly campaign: Campaign
  readonly window: NonNullable<Request<'campaignVisits'>['query']>
}) {
  const { data, error, isPending, refetch } = useCountedVisits(campaign.id, window)
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={4} />
  return (
    <TableSection
      {...{ title: titleOf(campaign, window), count: data.total }}
      empty={`还没有记入本活动的走访。走访时勾选“${campaign.tag}”。`}
      {...(data.items.length < data.total && { note: `只列出最近 ${data.items.length} 次` })}
      head={['日期', '对象', '方式', '走访人', '情况']}
    >
      {data.items.map(({ id, on, target, kind, officials, note }) => (
        <tr key={id}>
          <td>{on}</td>
          <td>
            <Link to={`/w/liaison/${target.id}`}>{target.name}</Link>
          </td>
          <td>{VISIT_KIND[kind]}</td>
          <td>{officials.map(({ name }) => name).join('、')}</td>
          <td>{note ?? '—'}</td>
        </tr>
      ))}
    </TableSection>
  )
}
const titleOf = ({ byUnit }: Campaign, { unit, from, to }: NonNullable<Request<'campaignVisits'>['query']>): string => {
  const who = byUnit.find((row) => row.unit.id === unit)?.unit.name
  return [who, from && `${from} 至 ${to}`, '走访'].filter(Boolean).join(' ')
}
