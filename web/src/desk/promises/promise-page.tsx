import {
  INSTALMENT_STATE,
  moneyText,
  PROMISE_CAUSE,
  PROMISE_KIND,
  PROMISE_PLAN_STATE,
  PROMISE_STATE,
} from '@banjie/contract'
import { type ComponentType, useState } from 'react'
import { api } from '../../shared/api.ts'
import { Link } from '../link.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { ConfirmForm, KeepForm, PayForm, PlanForm } from './act-forms.tsx'
import { PaidBar } from './promise-rows.tsx'
import { type PromiseDetail, usePromise, usePromiseAct } from './query.ts'
import '../page/page.css'
import './promises.css'

type Act = 'plan' | 'pay' | 'keep' | 'confirm'
const ACTS: readonly (readonly [Act, string, ComponentType<{ promise: PromiseDetail; close: () => void }>])[] = [
  ['pay', '登记付款', PayForm],
  ['plan', '报分期计划', PlanForm],
  ['keep', '报告已兑现', KeepForm],
  ['confirm', '记录企业确认', ConfirmForm],
]

/** One broken promise: what is owed when, what was paid, why it is that day, what the enterprise says. */
export function PromisePage({ id }: { readonly id: string }) {
  const { data, error, isPending, refetch } = usePromise(id)
  const [act, setAct] = useState<Act>()
  useTitle(data?.words ?? '失信违诺')
  if (error) return <ErrorView error={error} retry={() => void refetch()} />
  if (isPending) return <Skeleton rows={8} className="skeleton-page" />
  const Form = ACTS.find(([name]) => name === act)?.[2]
  return (
    <div className="page page-wide promises table-cards">
      <header className="page-head">
        <h1>{data.words}</h1>
        <div className="page-acts no-print">
          {ACTS.filter(([name]) => data.may[name]).map(([name, word]) => (
            <button key={name} type="button" className="button button-small" onClick={() => setAct(name)}>
              {word}
            </button>
          ))}
          <Link to={`/w/enterprises/${data.enterprise.id}`} className="button button-small">
            企业
          </Link>
          <Link to="/w/promises" className="button button-small">
            全部失信违诺
          </Link>
        </div>
      </header>
      <p className="page-lead">
        {data.enterprise.name} · {PROMISE_KIND[data.kind]} · {PROMISE_STATE[data.state]}
        {data.overdue && <b className="promise-late"> · 已逾期</b>}
      </p>
      {Form && <Form promise={data} close={() => setAct(undefined)} />}
      {data.fen !== null && (
        <FigureList
          label="金额"
          figures={[
            { label: '承诺金额', value: moneyText(data.fen) },
            { label: '已付', value: moneyText(data.paidFen) },
            {
              ...{ label: '未付', value: moneyText(data.restFen) },
              ...(data.disputedFen > 0 && { under: `其中争议 ${moneyText(data.disputedFen)}` }),
            },
            { label: '逾期', value: moneyText(data.overdueFen), bad: data.overdueFen > 0 },
            { label: '二次失信', value: data.breaches, unit: '次', bad: data.breaches > 0 },
          ]}
        />
      )}
      <Instalments promise={data} />
      <Facts promise={data} />
      <Plans promise={data} />
      {data.fen !== null && <Payments promise={data} />}
      <TableSection title="经过" count={data.events.length} head={['时间', '谁', '做了什么', '说明']} empty="">
        {data.events.map(({ at, by, act: did, note }) => (
          <tr key={`${at} ${did} ${note}`}>
            <td>{at.slice(0, 10)}</td>
            <td>{by}</td>
            <td>{did}</td>
            <td>{note}</td>
          </tr>
        ))}
      </TableSection>
    </div>
  )
}

function Instalments({ promise }: { readonly promise: PromiseDetail }) {
  if (promise.instalments.length === 0) return null
  return (
    <section aria-label="分期">
      <h2>分期</h2>
      <ol className="promise-steps">
        {promise.instalments.map(({ no, due, fen, paidFen, state }) => (
          <li key={no}>
            <span>
              第{no}期 {due}
            </span>
            <PaidBar paid={paidFen} of={fen} />
            <span className={state === 'breached' || state === 'late' ? 'promise-late' : undefined}>
              {moneyText(paidFen)} / {moneyText(fen)} {INSTALMENT_STATE[state]}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Facts({ promise }: { readonly promise: PromiseDetail }) {
  const { source, statutory, unit, now, person, checkUnit, kept, confirmed } = promise
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['依据文件', `${source.no}（${source.by}，${source.on}）`],
    ['责任单位', now ? `${now.name}（原${unit.name}，机构变了，承诺不变）` : unit.name],
    ['责任人', person?.name],
    ['督办单位', checkUnit?.name],
    ['违诺原因', `${PROMISE_CAUSE[promise.cause]}${promise.noExcuse ? '（法律不认可的理由）' : ''}`],
    ['法律依据', promise.basis],
    ['法定付款期限', statutory && `${statutory.said}（${statutory.source}）`],
    ['解决措施', promise.measures],
    ['解决期限', promise.deadline],
    ['争议部分', promise.disputedReason],
    ['有权机关通报', promise.criminal],
    ['责任单位报告', kept && `${kept.on} ${kept.evidence}`],
    ['企业确认', confirmed && `${confirmed.on} ${confirmed.by}：${confirmed.words}`],
  ]
  return (
    <section className="panel" aria-label="来龙去脉">
      <h2>来龙去脉</h2>
      <dl className="promise-facts">
        {facts.map(([label, words]) =>
          words ? (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{words}</dd>
            </div>
          ) : null,
        )}
      </dl>
    </section>
  )
}

function Plans({ promise }: { readonly promise: PromiseDetail }) {
  const none = () => undefined
  const approve = usePromiseAct(
    (version: number, key) =>
      api('approvePromisePlan', { params: { id: promise.id, version: `${version}` }, body: {}, key }),
    '已批准',
    none,
  )
  const giveBack = usePromiseAct(
    (version: number, key) =>
      api('returnPromisePlan', {
        params: { id: promise.id, version: `${version}` },
        body: { reason: '请重新安排' },
        key,
      }),
    '已退回',
    none,
  )
  if (promise.plans.length === 0) return null
  return (
    <>
      <TableSection
        title="分期计划"
        count={promise.plans.length}
        head={['版', '各期', '理由', '报批人', '状态']}
        empty=""
      >
        {promise.plans.toReversed().map((plan) => (
          <tr key={plan.version}>
            <td>{plan.version}</td>
            <td>{plan.instalments.map(({ due, fen }) => `${due} ${moneyText(fen)}`).join('；')}</td>
            <td>{plan.reason}</td>
            <td>{plan.by}</td>
            <td>
              {PROMISE_PLAN_STATE[plan.state]}
              {plan.decided && `（${plan.decided.by}）`}
              {plan.mayDecide && (
                <span className="page-acts">
                  <button
                    type="button"
                    className="button button-small button-primary"
                    onClick={() => approve.mutate(plan.version)}
                  >
                    批准
                  </button>
                  <button type="button" className="button button-small" onClick={() => giveBack.mutate(plan.version)}>
                    退回
                  </button>
                </span>
              )}
            </td>
          </tr>
        ))}
      </TableSection>
      <FaultNotice fault={approve.error ?? giveBack.error} />
    </>
  )
}

const Payments = ({ promise }: { readonly promise: PromiseDetail }) => (
  <TableSection
    title="付款"
    count={promise.payments.length}
    head={['日期', '金额', '凭证号', '登记人', '状态']}
    counts={['金额']}
    empty="还没有付款。"
  >
    {promise.payments.map(({ id, on, fen, voucher, by, voided }) => (
      <tr key={id}>
        <td>{on}</td>
        <td className="is-count">{voided ? <s>{moneyText(fen)}</s> : moneyText(fen)}</td>
        <td>{voucher}</td>
        <td>{by}</td>
        <td>{voided ? `已作废：${voided.reason}（${voided.by}）` : '有效'}</td>
      </tr>
    ))}
  </TableSection>
)
