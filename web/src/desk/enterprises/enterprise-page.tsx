import { ENTERPRISE_SIZE, PARTY_ORGANISATION } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { EnterpriseForm } from './enterprise-form.tsx'
import { type Enterprise, useEnterprise } from './query.ts'
import { SECTIONS } from './sections.tsx'
import '../page/page.css'
import './enterprises.css'

/** One enterprise (一企一页): who it is, who answers for it, and all that concerns it. */
export function EnterprisePage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = useEnterprise(id)
  const [edits, setEdits] = useState(false)
  useTitle(data?.name ?? '企业')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} />
  return (
    <div className="page page-wide enterprises">
      <header className="page-head">
        <h1>{data.name}</h1>
        <div className="page-acts">
          <Link to={`/w/contacts/${id}`} className="button button-small">
            接触日历
          </Link>
          <Link to={`/w/liaison/${id}`} className="button button-small">
            包保与走访
          </Link>
          {data.mayEdit && (
            <button type="button" className="button button-small button-primary" onClick={() => setEdits(true)}>
              修改
            </button>
          )}
        </div>
      </header>
      <p className="page-lead">
        {[data.uscc ?? '没有登记信用代码', data.division, data.industry, data.address].filter(Boolean).join(' · ')}
      </p>
      <Tags enterprise={data} />
      {data.usccFlaw && (
        <p className="notice notice-warn">
          信用代码的校验位不符
          {data.usccConfirmed ? `；${data.usccConfirmed.by}注明：${data.usccConfirmed.note}` : '，请对照营业执照核对。'}
        </p>
      )}
      {edits && <EnterpriseForm known={data} close={() => setEdits(false)} />}
      <Facts enterprise={data} />
      {data.mayCall && data.contacts > 0 && <Contacts id={id} count={data.contacts} />}
      {SECTIONS.map(([key, Section]) => (
        <Section key={key} id={id} />
      ))}
    </div>
  )
}

const Tags = ({ enterprise }: { readonly enterprise: Enterprise }) => {
  const { size, aboveScale, chain, titles, closedOn } = enterprise
  const tags = [
    ...(size ? [ENTERPRISE_SIZE[size]] : []),
    ...(aboveScale ? ['规上'] : []),
    ...(chain ? [`${chain}产业链`] : []),
    ...titles.map(({ title, to }) => (to === null ? title : `${title}（至 ${to}）`)),
    ...(closedOn ? [`包保已于 ${closedOn} 结束`] : []),
  ]
  if (tags.length === 0) return null
  return (
    <ul className="enterprise-tags" aria-label="标签">
      {tags.map((tag) => (
        <li key={tag} className="tag">
          {tag}
        </li>
      ))}
    </ul>
  )
}

const Facts = ({ enterprise }: { readonly enterprise: Enterprise }) => (
  <FigureList
    label="要情"
    figures={[
      {
        ...{ label: '主包保人', value: enterprise.main?.name ?? '无人', bad: enterprise.main === null },
        under: enterprise.assisting.map(({ name }) => name).join('、') || undefined,
      },
      {
        ...{ label: '走访', value: enterprise.visits, unit: '次' },
        under: enterprise.lastVisitOn ? `最近 ${enterprise.lastVisitOn}` : undefined,
      },
      { label: '在办事项', value: enterprise.openCases, unit: '件' },
      {
        label: '党组织',
        value: enterprise.partyOrganisation === null ? '未登记' : PARTY_ORGANISATION[enterprise.partyOrganisation],
        under: enterprise.partyInstructor
          ? `指导员 ${enterprise.partyInstructor}`
          : enterprise.partyOrganisation === null
            ? '党组织情况还没有登记'
            : `党员 ${enterprise.partyMembers} 名`,
      },
    ]}
  />
)

function Contacts({ id, count }: { readonly id: string; readonly count: number }) {
  const [reason, setReason] = useState('')
  const read = useSubmission(
    (body: { reason: string }, key) => api('revealEnterpriseContacts', { params: { id }, body, key }),
    { done: () => announce('已读取联系人') },
  )
  if (read.data)
    return (
      <ul className="enterprise-contacts" aria-label="联系人">
        {read.data.items.map(({ name, role, phone }, i) => (
          <li key={i}>
            {[name, role].filter(Boolean).join(' · ')} {phone && <a href={`tel:${phone}`}>{phone}</a>}
          </li>
        ))}
      </ul>
    )
  return (
    <form
      className="enterprise-reveal no-print"
      onSubmit={(event) => {
        event.preventDefault()
        if (reason.trim() !== '') read.mutate({ reason })
      }}
    >
      <PlainField
        {...{ label: '查看联系人的原因', hint: `登记了 ${count} 名联系人；查看会留下记录`, maxLength: 200 }}
        value={reason}
        set={setReason}
      />
      <button type="submit" className="button button-small" disabled={reason.trim() === '' || read.isPending}>
        查看联系人
      </button>
      <FaultNotice fault={read.error} />
    </form>
  )
}
