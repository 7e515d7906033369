import { ENTITLEMENT_STATE, moneyText, POLICY_MODE, POLICY_STATE, parseMoney } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { WanField } from '../finance/payment-forms.tsx'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { type Entitlement, type PolicyDetail, usePolicy, usePolicyAct } from './query.ts'
import { Reasons } from './reasons.tsx'
import '../page/page.css'
import './policies.css'

const none = () => undefined
type Doing = { readonly act: 'confirm' | 'decline' | 'pay'; readonly one: Entitlement }

/** One policy: its rule in words, who is entitled and why, how long payment takes. */
export function PolicyPage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = usePolicy(id)
  const [doing, setDoing] = useState<Doing>()
  const [isEnding, setEnding] = useState(false)
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
            <Link to={`/w/policies/${id}/version`} className="button button-small">
              {waiting ? '修改草稿' : '起草下一版'}
            </Link>
          )}
          {data.may.end && (
            <button type="button" className="button button-small" onClick={() => setEnding(true)}>
              停止执行
            </button>
          )}
          <Link to="/w/policies" className="button button-small">
            全部政策
          </Link>
        </div>
      </header>
      <FaultNotice fault={publish.error ?? offer.error} />
      {isEnding && <EndForm id={id} close={() => setEnding(false)} />}
      <p className="page-lead">
        {data.documentNo} · {data.issuer} · {data.unit.name} · {POLICY_MODE[data.mode]} · {POLICY_STATE[data.state]} ·{' '}
        {data.payWithin} 个工作日内兑现
      </p>
      <p>{data.benefit}</p>
      <FigureList
        label="数字"
        figures={[
          data.match === null
            ? { label: '今天符合', value: '—', under: '规则用到企业指标，由督查员查看' }
            : { label: '今天符合', value: data.match.yes, unit: '户', under: `缺数据 ${data.match.unknown} 户` },
          { label: '应享', value: data.entitled, unit: '户', under: `未告知 ${data.waiting} 户` },
          { label: '已享', value: data.paid, unit: '户', under: moneyText(data.paidFen) },
          {
            ...{ label: '从符合到兑现', value: data.days.median ?? '—', unit: '天' },
            ...(data.days.longest !== null && { under: `中位数，最长 ${data.days.longest} 天` }),
          },
        ]}
      />
      <Rule policy={data} />
      <Versions policy={data} />
      {doing?.act === 'pay' && <PayForm id={id} one={doing.one} close={close} />}
      {(doing?.act === 'confirm' || doing?.act === 'decline') && <WordForm id={id} doing={doing} close={close} />}
      <TableSection
        title="应享和已享"
        count={data.entitlements.length}
        head={['企业', '列入', '理由', '状态', '办理']}
        empty={data.state === 'draft' ? '发布后，符合的企业自动列在这里。' : '现在没有企业符合。'}
      >
        {data.entitlements.map((one) => (
          <tr key={one.enterprise.id}>
            <td>
              <Link to={`/w/enterprises/${one.enterprise.id}`}>{one.enterprise.name}</Link>
            </td>
            <td>{one.since}</td>
            <td>
              <Reasons why={one.why} />
            </td>
            <td>
              {ENTITLEMENT_STATE[one.state]}
              {one.paid && ` ${one.paid.on} ${moneyText(one.paid.fen)}（${one.paid.days} 天）`}
              {one.declined && `：${one.declined}`}
            </td>
            <td>
              <span className="page-acts">
                {one.may.offer && (
                  <button type="button" className="button button-small" onClick={() => offer.mutate(one.enterprise.id)}>
                    告知
                  </button>
                )}
                {one.may.confirm && (
                  <button
                    type="button"
                    className="button button-small"
                    onClick={() => setDoing({ act: 'confirm', one })}
                  >
                    确认
                  </button>
                )}
                {one.may.pay && (
                  <button type="button" className="button button-small" onClick={() => setDoing({ act: 'pay', one })}>
                    兑现
                  </button>
                )}
                {one.may.decline && (
                  <button
                    type="button"
                    className="button button-small"
                    onClick={() => setDoing({ act: 'decline', one })}
                  >
                    放弃
                  </button>
                )}
              </span>
            </td>
          </tr>
        ))}
      </TableSection>
    </div>
  )
}

const Rule = ({ policy }: { readonly policy: PolicyDetail }) => (
  <section className="panel" aria-label="符合规则">
    <h2>符合规则</h2>
    <ul className="policy-rule">
      {policy.ruleWords.map(({ depth, words, cite }) => (
        <li key={`${depth} ${words} ${cite}`} style={{ '--depth': depth } as React.CSSProperties}>
          {words}
          {cite !== null && <span className="hint">（{cite}）</span>}
        </li>
      ))}
    </ul>
  </section>
)

/** Every version: from when it holds, who wrote and who published it (历次版本). */
const Versions = ({ policy: { versions, version: shown } }: { readonly policy: PolicyDetail }) =>
  versions.length > 1 && (
    <section className="panel" aria-label="历次版本">
      <h2>历次版本</h2>
      <ul className="policy-reasons">
        {versions.map(({ version, body, by, published }) => (
          <li key={version}>
            第{version}版 {body.title}，{body.validFrom} 起{body.validTo && `至 ${body.validTo}`}
            <span className="hint">
              {' '}
              {by} 起草，{published ? `${published.by} ${dayOf(new Date(published.at))} 发布` : '等待另一人发布'}
              {version === shown && ' · 本页所示'}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )

interface ActProps {
  readonly id: string
  readonly close: () => void
}
function WordForm({ id, doing: { act, one }, close }: ActProps & { readonly doing: Doing }) {
  const [words, setWords] = useState('')
  const params = { id, enterprise: one.enterprise.id }
  const save = usePolicyAct(
    (typed: string, key) =>
      act === 'confirm'
        ? api('confirmEntitlement', { params, body: { accountTail: typed }, key })
        : api('declineEntitlement', { params, body: { reason: typed }, key }),
    '已记录',
    close,
  )
  const isConfirm = act === 'confirm'
  return (
    <PanelForm
      title={`${one.enterprise.name}${isConfirm ? '确认享受' : '放弃'}`}
      ready={words.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate(words)}
    >
      <PlainField
        label={isConfirm ? '收款账户末四位' : '放弃的原因'}
        value={words}
        set={setWords}
        maxLength={isConfirm ? 4 : 300}
      />
    </PanelForm>
  )
}

function PayForm({ id, one, close }: ActProps & { readonly one: Entitlement }) {
  const [wan, setWan] = useState('')
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [voucher, setVoucher] = useState('')
  const fen = parseMoney(wan, '万元') ?? 0
  const save = usePolicyAct(
    (body: Request<'payEntitlement'>['body'], key) =>
      api('payEntitlement', { params: { id, enterprise: one.enterprise.id }, body, key }),
    '已登记兑现',
    close,
  )
  return (
    <PanelForm
      title={`兑现给${one.enterprise.name}`}
      ready={fen > 0 && voucher.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ on, fen, voucher })}
    >
      <WanField label="兑现金额" value={wan} set={setWan} />
      <PlainField label="兑现日期" type="date" value={on} set={setOn} />
      <PlainField label="凭证号" value={voucher} set={setVoucher} maxLength={80} />
    </PanelForm>
  )
}

function EndForm({ id, close }: ActProps) {
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [reason, setReason] = useState('')
  const end = usePolicyAct(
    (body: Request<'endPolicy'>['body'], key) => api('endPolicy', { params: { id }, body, key }),
    '已停止执行',
    close,
  )
  return (
    <PanelForm
      {...{ title: '停止执行', act: '停止执行', sending: end, close }}
      ready={on !== '' && reason.trim() !== ''}
      submit={() => end.mutate({ on, reason })}
    >
      <PlainField
        {...{ label: '停止日期', type: 'date', value: on, set: setOn }}
        hint="这一天之前符合的企业照样兑现。"
      />
      <PlainField {...{ label: '原因', value: reason, set: setReason, maxLength: 300 }} />
    </PanelForm>
  )
}
