import { moneyText, POLICY_MODE, POLICY_STATE } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { Confirm } from '../page/confirm.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { type Doing, EndForm, StepForm } from './acts.tsx'
import { EntitlementRows } from './entitlement-rows.tsx'
import { GapRows } from './gap-rows.tsx'
import { type PolicyDetail, usePolicy, usePolicyAct } from './query.ts'
import { RuleLines } from './rule-lines.tsx'
import '../page/page.css'
import './policies.css'

const none = () => undefined

/** One policy: its rule in words, who is entitled and why, how long payment takes. */
export function PolicyPage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = usePolicy(id)
  const [doing, setDoing] = useState<Doing>()
  const [ends, setEnds] = useState(false)
  const waiting = data?.versions.find(({ published }) => published === null)
  const publish = usePolicyAct(
    (version: number, key) => api('publishPolicy', { params: { id, version: `${version}` }, key }),
    '已发布，应享企业已列出',
    none,
  )
  const offer = usePolicyAct(
    (enterprise: string, key) => api('offerPolicy', { params: { id, enterprise }, key }),
    '已记录告知',
    none,
  )
  const offerAll = usePolicyAct((_: null, key) => api('offerPolicyToAll', { params: { id }, key }), '已全部告知', none)
  useTitle(data?.title ?? '惠企政策')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  const close = () => setDoing(undefined)
  return (
    <div className="page page-wide policies table-cards">
      <header className="page-head">
        <h1>{data.title}</h1>
        <div className="page-acts no-print">
          {waiting && data.may.publish && (
            <button
              type="button"
              className="button button-primary button-small"
              onClick={() => publish.mutate(waiting.version)}
            >
              发布第{waiting.version}版
            </button>
          )}
          {data.may.write && (
            <Link to={`/w/policies/${id}/next`} className="button button-small">
              {waiting ? `修改第${waiting.version}版` : '起草下一版'}
            </Link>
          )}
          {data.may.end && (
            <button type="button" className="button button-small" onClick={() => setEnds(true)}>
              停止执行
            </button>
          )}
          <Link to="/w/policies" className="button button-small">
            全部政策
          </Link>
        </div>
      </header>
      <FaultNotice fault={publish.error ?? offer.error ?? offerAll.error} />
      <p className="page-lead">{data.benefit}</p>
      <Notices policy={data} />
      {ends && <EndForm policy={data} close={() => setEnds(false)} />}
      <Facts policy={data} />
      <FigureList
        label="数字"
        figures={[
          data.state === 'ended'
            ? { label: '今天符合', value: '—', under: '已停止，不再列入新的企业' }
            : data.match === null
              ? { label: '今天符合', value: '—', under: '规则用到企业指标，由督查员查看' }
              : { label: '今天符合', value: data.match.yes, unit: '户', under: `缺数据 ${data.match.unknown} 户` },
          { label: '应享', value: data.entitled, unit: '户', under: `未告知 ${data.waiting} 户` },
          { label: '已享', value: data.paid, unit: '户', under: moneyText(data.paidFen) },
          {
            ...{ label: '从符合到兑现', value: data.days.median ?? '—' },
            ...(data.days.median !== null && { unit: '天' }),
            ...(data.days.longest !== null && { under: `中位数，最长 ${data.days.longest} 天` }),
          },
        ]}
      />
      <section className="panel" aria-label="符合规则">
        <h2>符合规则</h2>
        <RuleLines words={data.ruleWords} />
      </section>
      {doing && <StepForm key={`${doing.act} ${doing.one.enterprise.id}`} {...{ id, doing, close, fen: data.fen }} />}
      {data.waiting > 1 && data.entitlements.some(({ may }) => may.offer) && (
        <div className="page-acts no-print">
          <Confirm label={`告知全部 ${data.waiting} 户`} busy={offerAll.isPending} run={() => offerAll.mutate(null)}>
            {data.waiting} 户应享未告知的企业记为已告知，登录企业服务即可看到并确认。
          </Confirm>
        </div>
      )}
      <EntitlementRows policy={data} offer={(enterprise) => offer.mutate(enterprise)} act={setDoing} />
      {data.state !== 'ended' && (data.match?.unknown ?? 0) > 0 && <GapRows id={id} />}
      <Versions policy={data} />
    </div>
  )
}

/** What is about to change: a version ahead, one that waits, an end. */
function Notices({ policy: { versions, version, ended, state } }: { readonly policy: PolicyDetail }) {
  const ahead = versions.find((one) => one.published !== null && one.version > version)
  const waiting = versions.find((one) => one.published === null)
  const lines = [
    ...(ended === null
      ? []
      : [`${state === 'ended' ? '已于' : '将于'} ${ended.on} 停止执行：${ended.reason}。已列入的照样兑现。`]),
    ...(ahead ? [`第${ahead.version}版已发布，自 ${ahead.body.validFrom} 起执行；在此之前按第${version}版。`] : []),
    ...(waiting && state !== 'draft'
      ? [`第${waiting.version}版由${waiting.by}起草，等另一人发布；拟自 ${waiting.body.validFrom} 起执行。`]
      : []),
    ...(waiting && state === 'draft' ? [`由${waiting.by}起草，等另一人发布；发布后马上列出应享企业。`] : []),
  ]
  return lines.map((line) => (
    <p key={line} className="notice">
      {line}
    </p>
  ))
}

const Term = ({ from, to }: { readonly from: string; readonly to: string | null }) => (
  <>
    <span className="policy-day">{from}</span> {to === null ? '起' : '至'}{' '}
    {to !== null && <span className="policy-day">{to}</span>}
  </>
)

const Facts = ({ policy }: { readonly policy: PolicyDetail }) => (
  <dl className="policy-facts">
    {(
      [
        ['文件', `${policy.issuer} ${policy.documentNo}`],
        ['状态', `${POLICY_STATE[policy.state]}，第${policy.version}版`],
        ['执行期', <Term key="term" from={policy.validFrom} to={policy.validTo} />],
        ['享受方式', POLICY_MODE[policy.mode]],
        ['每户金额', policy.fen === null ? '按文件逐户核定' : moneyText(policy.fen)],
        ['兑现单位', `${policy.unit.name}，${policy.payWithin} 个工作日内`],
      ] as const
    ).map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
    {policy.sourceUrl !== null && (
      <div>
        <dt>原文</dt>
        <dd>
          <a href={policy.sourceUrl} rel="noreferrer" target="_blank">
            查看原文
          </a>
        </dd>
      </div>
    )}
  </dl>
)

const Versions = ({ policy }: { readonly policy: PolicyDetail }) => (
  <TableSection
    title="各版"
    count={policy.versions.length}
    head={['版次', '执行起', '起草', '发布']}
    empty="还没有版本。"
  >
    {policy.versions.toReversed().map(({ version, by, at, published, body }) => (
      <tr key={version}>
        <td>
          第{version}版{version === policy.version && policy.state === 'published' && '（现行）'}
          <span className="hint">{body.benefit}</span>
        </td>
        <td className="number">{body.validFrom}</td>
        <td>
          {by} <span className="hint">{dayOf(at)}</span>
        </td>
        <td>
          {published === null ? '待发布' : published.by}
          {published && <span className="hint"> {dayOf(published.at)}</span>}
        </td>
      </tr>
    ))}
  </TableSection>
)
