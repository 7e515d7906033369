import { LIAISON_ROLE, LIAISON_TARGET_KIND, type LiaisonRole, PERIOD_STATE, PIPELINE } from '@banjie/contract'
import { useState } from 'react'
import { PersonPicker } from '../../form/pickers.tsx'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import type { Session } from '../../shared/shape.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { usePlace } from '../router.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { EndForm, NormalTrackForm, PipelineForm } from './end-forms.tsx'
import { Tracks } from './normal-tracks.tsx'
import { OwedBox } from './owed-box.tsx'
import { refreshDuties, type Target, useTarget } from './query.ts'
import { VisitForm } from './visit-form.tsx'
import { VisitList } from './visit-list.tsx'
import type { WaitingVisit } from './visit-outbox.ts'
import { WaitingVisits } from './waiting-visits.tsx'
import '../page/page.css'
import './duties.css'

type Bond = Target['liaisons'][number]
type Form =
  | { readonly do: 'visit'; readonly refused?: WaitingVisit }
  | { readonly do: 'bind' | 'close' | 'normalTrack' | 'pipeline' }
  | { readonly do: 'handOver' | 'end'; readonly bond: Bond }

/** One liaison target (包保对象): who answers for it, every visit and what came of it. */
export function LiaisonTargetPage({ id, session }: { readonly id: string; readonly session: Session }) {
  const { data, error, isPending, refetch } = useTarget(id)
  const owed = usePlace().query.get('owed')
  const [form, setForm] = useState<Form>()
  useTitle(data?.name ?? '包保对象')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} />
  const close = () => setForm(undefined)
  const missed = data.duties.filter(({ state }) => state === 'missed').length
  return (
    <div className="page page-wide duties">
      <header className="page-head">
        <h1>{data.name}</h1>
        {data.closedOn === null && <Acts target={data} open={setForm} />}
      </header>
      <p className="page-lead">
        {[
          LIAISON_TARGET_KIND[data.kind],
          data.pipeline && PIPELINE[data.pipeline],
          data.uscc,
          data.closedOn && `包保已于 ${data.closedOn} 结束`,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {owed !== null && <OwedBox key={owed} id={owed} />}
      <WaitingVisits session={session} edit={(refused) => setForm({ do: 'visit', refused })} />
      {form && <Opened form={form} target={data} session={session} close={close} />}
      {data.normalTracks.length > 0 && (
        <section className="duty-group" aria-label="步入正常轨道">
          <h2>步入正常轨道</h2>
          <Tracks tracks={data.normalTracks} />
        </section>
      )}
      <FigureList
        label="走访与责任"
        figures={[
          {
            label: '走访',
            value: data.visits,
            unit: '次',
            under: data.lastVisitOn ? `最近 ${data.lastVisitOn}` : undefined,
          },
          { label: '在办问题', value: data.openCases, unit: '件' },
          { label: PERIOD_STATE.missed, value: missed, unit: '期', bad: missed > 0 },
        ]}
      />
      {data.hasContact && <Contact id={id} />}
      <TableSection
        {...{ title: '包保人', count: data.liaisons.length, empty: '还没有确定包保人。' }}
        head={['姓名', '角色', '起止', '走访次数', '依据', '操作']}
        counts={['走访次数']}
      >
        {data.liaisons.map((bond) => (
          <tr key={bond.id}>
            <td>{bond.person.name}</td>
            <td>{LIAISON_ROLE[bond.role]}</td>
            <td>
              {bond.from} 至 {bond.to ?? '今'}
            </td>
            <td className="is-count">{bond.visits}</td>
            <td>{bond.ended ?? bond.reason}</td>
            <td>
              {data.mayKeep && bond.ended === null && data.closedOn === null && (
                <span className="row-acts">
                  <button
                    type="button"
                    className="button button-small"
                    onClick={() => setForm({ do: 'handOver', bond })}
                  >
                    交接
                  </button>
                  <button type="button" className="button button-small" onClick={() => setForm({ do: 'end', bond })}>
                    结束
                  </button>
                </span>
              )}
            </td>
          </tr>
        ))}
      </TableSection>
      <Visits visits={data.history} />
    </div>
  )
}

interface ActsProps {
  readonly target: Target
  readonly open: (form: Form) => void
}
function Acts({ target, open }: ActsProps) {
  const { mayKeep, kind } = target
  const acts = [
    ...(mayKeep ? [['确定包保人', { do: 'bind' }] as const] : []),
    ...(mayKeep && kind === 'project' ? [['项目阶段', { do: 'pipeline' }] as const] : []),
    ...(target.mayAskNormalTrack && target.normalTracks.every(({ state }) => state !== 'waiting')
      ? [['步入正常轨道', { do: 'normalTrack' }] as const]
      : []),
    ...(mayKeep && kind !== 'enterprise' ? [['结束包保', { do: 'close' }] as const] : []),
  ]
  return (
    <div className="page-acts">
      <Link to={`/w/contacts/${target.id}`} className="button button-small">
        接触日历
      </Link>
      {kind === 'enterprise' && (
        <Link to={`/w/enterprises/${target.id}`} className="button button-small">
          企业页
        </Link>
      )}
      {acts.map(([word, form]) => (
        <button key={word} type="button" className="button button-small" onClick={() => open(form)}>
          {word}
        </button>
      ))}
      <button type="button" className="button button-small button-primary" onClick={() => open({ do: 'visit' })}>
        记走访
      </button>
    </div>
  )
}

interface OpenedProps {
  readonly form: Form
  readonly target: Target
  readonly session: Session
  readonly close: () => void
}
function Opened({ form, target, session, close }: OpenedProps) {
  switch (form.do) {
    case 'visit':
      return (
        <VisitForm key={form.refused?.body.clientId ?? 'new'} {...{ session, target, close, refused: form.refused }} />
      )
    case 'bind':
      return <BindForm target={target} from={undefined} close={close} />
    case 'handOver':
      return <BindForm key={form.bond.id} target={target} from={form.bond} close={close} />
    case 'end':
      return <EndForm key={form.bond.id} target={target} bond={form.bond} close={close} />
    case 'close':
      return <EndForm target={target} bond={undefined} close={close} />
    case 'normalTrack':
      return <NormalTrackForm target={target} close={close} />
    case 'pipeline':
      return <PipelineForm target={target} close={close} />
  }
}

const Visits = ({ visits }: { readonly visits: Target['history'] }) => (
  <section className="duty-group" aria-label="走访记录">
    <h2>
      走访记录<span className="table-count">{visits.length}</span>
    </h2>
    {visits.length === 0 && <p className="muted">还没有走访。</p>}
    <VisitList visits={visits} />
  </section>
)

function Contact({ id }: { readonly id: string }) {
  const [reason, setReason] = useState('')
  const read = useSubmission(
    (body: { reason: string }, key) => api('revealLiaisonContact', { params: { id }, body, key }),
    { done: () => announce('已读取联系人') },
  )
  if (read.data)
    return (
      <p>
        联系人：{read.data.name ?? '—'} {read.data.phone && <a href={`tel:${read.data.phone}`}>{read.data.phone}</a>}
      </p>
    )
  return (
    <details>
      <summary>查看联系人（会留痕）</summary>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          read.mutate({ reason })
        }}
      >
        <PlainField label="为何查看" value={reason} set={setReason} maxLength={200} />
        <div className="panel-acts">
          <button type="submit" className="button" disabled={reason.trim() === '' || read.isPending}>
            查看
          </button>
        </div>
      </form>
      <FaultNotice fault={read.error} />
    </details>
  )
}

interface BindFormProps {
  readonly target: Target
  /** Handed over from, where it is a handover. */
  readonly from: Bond | undefined
  readonly close: () => void
}
function BindForm({ target, from: bond, close }: BindFormProps) {
  const [personId, setPersonId] = useState<string>()
  const [role, setRole] = useState<LiaisonRole>(target.main === null ? 'main' : 'assisting')
  const [from, setFrom] = useState(() => dayOf(new Date()))
  const [reason, setReason] = useState('')
  const save = useSubmission(
    (given: { personId: string; from: string; reason: string; role: LiaisonRole }, key) => {
      const { role: _, ...body } = given
      return bond === undefined
        ? api('newLiaison', { body: { ...given, targetId: target.id }, key })
        : api('handOverLiaison', { params: { id: bond.id }, body, key })
    },
    {
      done: ({ person }) => {
        announce(`${person.name} 自 ${from} 起包保${target.name}`)
        refreshDuties()
        close()
      },
    },
  )
  const title = bond === undefined ? '确定包保人' : `交接：${bond.person.name}`
  return (
    <PanelForm
      title={title}
      ready={personId !== undefined && reason.trim() !== '' && from !== ''}
      sending={save}
      close={close}
      submit={() => {
        if (personId !== undefined) save.mutate({ personId, from, reason, role })
      }}
    >
      <Labelled label={bond === undefined ? '包保人' : '接任人'} hint="已有的走访仍记给去的人">
        {({ id }) => (
          <PersonPicker
            {...{ id, unit: undefined, chosen: personId === undefined ? [] : [personId] }}
            choose={([one]) => setPersonId(one)}
          />
        )}
      </Labelled>
      {bond === undefined && <SelectField label="角色" value={role} set={setRole} words={LIAISON_ROLE} />}
      <PlainField label="自哪天起" type="date" value={from} set={setFrom} />
      <PlainField label="依据" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}
