import { moneyText, PROMISE_PLAN_STATE } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { FaultNotice } from '../page/fault-notice.tsx'
import { TableSection } from '../page/table-section.tsx'
import { ReturnForm, VoidForm } from './act-forms.tsx'
import { type PromiseDetail, usePromiseAct } from './query.ts'

interface PartProps {
  readonly promise: PromiseDetail
}

/** Every plan of instalments that was proposed (分期计划), the newest first; who may decide does so here. */
export function Plans({ promise }: PartProps) {
  const [returning, setReturning] = useState<number>()
  const approve = usePromiseAct(
    (version: number, key) =>
      api('approvePromisePlan', { params: { id: promise.id, version: `${version}` }, body: {}, key }),
    '已批准',
    () => undefined,
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
            <td>
              <ul className="promise-parts">
                {plan.instalments.map(({ no, due, fen }) => (
                  <li key={no}>
                    {due} {moneyText(fen)}
                  </li>
                ))}
              </ul>
            </td>
            <td>{plan.reason}</td>
            <td>{plan.by}</td>
            <td>
              {PROMISE_PLAN_STATE[plan.state]}
              {plan.decided && `（${plan.decided.by}${plan.decided.note ? `：${plan.decided.note}` : ''}）`}
              {plan.mayDecide && (
                <span className="page-acts">
                  <button
                    type="button"
                    className="button button-small button-primary"
                    disabled={approve.isPending}
                    onClick={() => approve.mutate(plan.version)}
                  >
                    批准
                  </button>
                  <button type="button" className="button button-small" onClick={() => setReturning(plan.version)}>
                    退回
                  </button>
                </span>
              )}
            </td>
          </tr>
        ))}
      </TableSection>
      <FaultNotice fault={approve.error} />
      {returning !== undefined && (
        <ReturnForm promise={promise} version={returning} close={() => setReturning(undefined)} />
      )}
    </>
  )
}

/** Every payment (付款), voided ones struck through with who and why. */
export function Payments({ promise }: PartProps) {
  const [voiding, setVoiding] = useState<PromiseDetail['payments'][number]>()
  return (
    <>
      <TableSection
        title="付款"
        count={promise.payments.length}
        head={['日期', '金额', '凭证号', '登记人', '状态']}
        counts={['金额']}
        empty={promise.may.pay ? '还没有付款。付了以后点上面的“登记付款”，凭凭证号登记。' : '还没有付款。'}
      >
        {promise.payments.map((payment) => {
          const { id, on, fen, voucher, by, voided, mayVoid, note } = payment
          return (
            <tr key={id}>
              <td className="promise-day">{on}</td>
              <td className="is-count">{voided ? <s>{moneyText(fen)}</s> : moneyText(fen)}</td>
              <td>
                {voucher}
                {note && <span className="hint">{note}</span>}
              </td>
              <td>{by}</td>
              <td>
                {voided ? `已作废：${voided.reason}（${voided.by}）` : '有效'}
                {mayVoid && (
                  <button
                    type="button"
                    className="button button-small promise-void no-print"
                    aria-label={`作废凭证 ${voucher}`}
                    onClick={() => setVoiding(payment)}
                  >
                    作废
                  </button>
                )}
              </td>
            </tr>
          )
        })}
      </TableSection>
      {voiding && <VoidForm key={voiding.id} payment={voiding} close={() => setVoiding(undefined)} />}
    </>
  )
}
