import { INSTALMENT_STATE, moneyText, PROMISE_CAUSE, PROMISE_KIND, PROMISE_STATE } from '@banjie/contract'
import { type ComponentType, useState } from 'react'
import { dayOf } from '../../shared/moment.ts'
import { Link } from '../link.tsx'
import { FigureList } from '../page/figure-list.tsx'
import { TableSection } from '../page/table-section.tsx'
import { useTitle } from '../page/title.ts'
import { ErrorView, Skeleton } from '../state-view.tsx'
import { ConfirmForm, KeepForm, PayForm, PlanForm } from './act-forms.tsx'
import { Payments, Plans } from './plans.tsx'
import { CorrectForm } from './promise-form.tsx'
import { PaidBar } from './promise-rows.tsx'
import { type PromiseDetail, usePromise } from './query.ts'
import '../page/page.css'
import './promises.css'

type Act = 'correct' | 'plan' | 'pay' | 'keep' | 'confirm'
const ACTS: readonly (readonly [Act, string, ComponentType<{ promise: PromiseDetail; close: () => void }>])[] = [
  ['pay', '登记付款', PayForm],
  ['plan', '报分期计划', PlanForm],
  ['keep', '报告已兑现', KeepForm],
  ['confirm', '记录企业确认', ConfirmForm],
  ['correct', '更正', CorrectForm],
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
              {name === 'plan' && data.instalments.length > 0 ? '调整分期' : word}
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
      <Word promise={data} />
      <Instalments promise={data} />
      <Facts promise={data} />
      <Plans promise={data} />
      {data.fen !== null && <Payments promise={data} />}
      <TableSection title="经过" count={data.events.length} head={['时间', '谁', '做了什么', '说明']} empty="">
        {data.events.map(({ at, by, act: did, note }) => (
          <tr key={`${at} ${did} ${note}`}>
            <td className="promise-day">{dayOf(at)}</td>
            <td>{by}</td>
            <td>{did}</td>
            <td className="promise-note">{note}</td>
          </tr>
        ))}
      </TableSection>
    </div>
  )
}

function Instalments({ promise }: { readonly promise: PromiseDetail }) {
  if (promise.instalments.length === 0) return null
  return (
    <section className="panel promise-word" aria-label="分期">
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
  const { source, statutory, unit, now, person, checkUnit, from } = promise
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
    ['来自', from && `清单问题 ${from.number} ${from.title}`],
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

/** What the enterprise says (企业确认): received or not, in its words. */
function Word({ promise: { kept, confirmed, refused, state } }: { readonly promise: PromiseDetail }) {
  if (kept === null && refused === null) return null
  const said = confirmed ?? refused
  return (
    <section className="panel promise-word" aria-label="企业确认">
      <h2>企业确认</h2>
      {kept !== null && (
        <p>
          {kept.on} 责任单位报告已兑现：{kept.evidence}
          {state === 'kept' && <span className="tag tag-warn">等企业确认收到</span>}
        </p>
      )}
      {said !== null && (
        <p>
          <span className={`tag ${confirmed === null ? 'tag-bad' : 'tag-good'}`}>
            {confirmed === null ? '未收到' : '收到'}
          </span>{' '}
          {said.on} {said.by}：{said.words}
          {confirmed === null && state === 'kept' && <span className="hint">（上一次报告之后说的）</span>}
        </p>
      )}
    </section>
  )
}
