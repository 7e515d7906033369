import { LIAISON_ROLE, LIAISON_TARGET_KIND, type LiaisonRole, PERIOD_STATE, VISIT_KIND } from '@banjie/contract'
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
import { ErrorView, Skeleton } from '../state-view.tsx'
import { refreshDuties, type Target, useTarget } from './query.ts'
import { VisitForm } from './visit-form.tsx'
import '../page/page.css'
import './duties.css'

type Bond = Target['liaisons'][number]
type Form = 'visit' | 'bind' | Bond

/** One liaison target (包保对象): who answers for it, every visit and what came of it. */
export function LiaisonTargetPage({ id, session }: { readonly id: string; readonly session: Session }) {
  const { data, error, isPending, refetch } = useTarget(id)
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
        <div className="page-acts">
          <Link to={`/w/contacts/${id}`} className="button button-small">
            接触日历
          </Link>
          {data.mayKeep && data.closedOn === null && (
            <button type="button" className="button button-small" onClick={() => setForm('bind')}>
              确定包保人
            </button>
          )}
          {data.closedOn === null && (
            <button type="button" className="button button-small button-primary" onClick={() => setForm('visit')}>
              记走访
            </button>
          )}
        </div>
      </header>
      <p className="page-lead">
        {[LIAISON_TARGET_KIND[data.kind], data.uscc, data.closedOn && `包保已于 ${data.closedOn} 结束`]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {form === 'visit' && <VisitForm session={session} target={data} close={close} />}
      {form !== undefined && form !== 'visit' && (
        <BindForm
          key={form === 'bind' ? 'bind' : form.id}
          target={data}
          from={form === 'bind' ? undefined : form}
          close={close}
        />
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
                <button type="button" className="button button-small" onClick={() => setForm(bond)}>
                  交接
                </button>
              )}
            </td>
          </tr>
        ))}
      </TableSection>
      <Visits visits={data.history} />
    </div>
  )
}

const Visits = ({ visits }: { readonly visits: Target['history'] }) => (
  <section className="duty-group" aria-label="走访记录">
    <h2>
      走访记录<span className="table-count">{visits.length}</span>
    </h2>
    {visits.length === 0 && <p className="muted">还没有走访。</p>}
    <ol className="visit-list">
      {visits.map((visit) => (
        <li key={visit.id}>
          <b>
            第 {visit.ordinal} 次 · {visit.on} · {VISIT_KIND[visit.kind]}
          </b>
          <span>
            {visit.officials.map(({ name }) => name).join('、')}
            {visit.place && ` · ${visit.place}`}
          </span>
          {[visit.note, visit.policies, visit.facts, visit.wishes].filter(Boolean).map((text) => (
            <span key={text}>{text}</span>
          ))}
          {visit.quote && (
            <blockquote>
              “{visit.quote}”{!visit.mayQuote && <span className="muted">（未同意引用，仅走访人可见）</span>}
            </blockquote>
          )}
          {visit.cases.map((kase) => (
            <span key={kase.id}>
              {kase.mayOpen ? <Link to={`/w/c/${kase.number}`}>{kase.title}</Link> : kase.title} · {kase.stageLabel} ·
              为此第 {kase.ordinal} 次
            </span>
          ))}
          {visit.tags.length > 0 && (
            <span className="chips">
              {visit.tags.map((tag) => (
                <span key={tag} className="tag">
                  {tag}
                </span>
              ))}
            </span>
          )}
        </li>
      ))}
    </ol>
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
