import { ENTERPRISE_SIZE, PARTY_ORGANISATION } from '@banjie/contract'
import { useState } from 'react'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { Contacts } from './contacts.tsx'
import { EnterpriseForm } from './enterprise-form.tsx'
import { type Enterprise, useEnterprise } from './query.ts'
import { SECTIONS } from './sections.tsx'
import { Titles } from './titles.tsx'
import { Years } from './years.tsx'
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
      <Contacts enterprise={data} />
      {SECTIONS.map(([key, Section]) => (
        <div key={key} className={key === 'figures' ? undefined : 'enterprise-section table-cards'}>
          <Section id={id} />
        </div>
      ))}
      <div className="enterprise-section table-cards">
        <Titles enterprise={data} />
        <Years enterprise={data} />
      </div>
    </div>
  )
}

const Tags = ({ enterprise }: { readonly enterprise: Enterprise }) => {
  const { size, aboveScale, chain, titles, closedOn } = enterprise
  const tags = [
    ...(size ? [ENTERPRISE_SIZE[size]] : []),
    ...(aboveScale ? ['规上'] : []),
    ...(chain ? [`${chain}产业链`] : []),
    ...titles
      .filter(({ to }) => to === null || to >= dayOf(new Date()))
      .map(({ title, to }) => (to === null ? title : `${title}（至 ${to}）`)),
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
