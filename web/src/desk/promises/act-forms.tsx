import { moneyText, parseMoney } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { typedWan } from '../../shared/wan.ts'
import { WanField } from '../finance/payment-forms.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type PromiseDetail, usePromiseAct } from './query.ts'

interface ActProps {
  readonly promise: PromiseDetail
  readonly close: () => void
}

/** What is left of the plan in force: the days that are over have to be set anew. */
const leftOf = ({ instalments }: PromiseDetail) => {
  const left = instalments.filter(({ fen, paidFen }) => paidFen < fen)
  const today = dayOf(new Date())
  return left.length === 0
    ? [{ key: 0, due: '', wan: '' }]
    : left.map(({ no, due, fen, paidFen }) => ({ key: no, due: due < today ? '' : due, wan: typedWan(fen - paidFen) }))
}

/** A plan of instalments (分期计划), or the one in force moved: a row each, what is left is told below. */
export function PlanForm({ promise, close }: ActProps) {
  const [rows, setRows] = useState(() => leftOf(promise))
  const [reason, setReason] = useState('')
  const save = usePromiseAct(
    (body: Request<'newPromisePlan'>['body'], key) => api('newPromisePlan', { params: { id: promise.id }, body, key }),
    '分期计划已报批',
    close,
  )
  const change = (key: number, part: object) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)))
  const instalments = rows.map(({ due, wan }) => ({ due, fen: parseMoney(wan, '万元') ?? 0 }))
  const sum = instalments.reduce((total, { fen }) => total + fen, 0)
  return (
    <PanelForm
      title={promise.instalments.length > 0 ? '调整分期' : '分期计划'}
      act="报批"
      ready={instalments.every(({ due, fen }) => due !== '' && fen > 0) && reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ instalments, reason })}
    >
      {rows.map(({ key, due, wan }, i) => (
        <div key={key} className="promise-instalment">
          <PlainField label={`第${i + 1}期日期`} type="date" value={due} set={(value) => change(key, { due: value })} />
          <WanField label={`第${i + 1}期金额`} value={wan} set={(value) => change(key, { wan: value })} />
          {rows.length > 1 && (
            <button
              type="button"
              className="button button-small promise-drop"
              aria-label={`删去第${i + 1}期`}
              onClick={() => setRows(rows.filter((row) => row.key !== key))}
            >
              删去
            </button>
          )}
        </div>
      ))}
      <p className={sum > promise.restFen ? 'hint promise-late promise-wide' : 'hint promise-wide'}>
        合计 {moneyText(sum)}，尚未支付 {moneyText(promise.restFen)}
        {sum > promise.restFen && `，超出 ${moneyText(sum - promise.restFen)}`}，最后一期不晚于 {promise.deadline}
      </p>
      <button
        type="button"
        className="button button-small promise-drop"
        onClick={() => setRows([...rows, { key: Math.max(...rows.map(({ key }) => key)) + 1, due: '', wan: '' }])}
      >
        加一期
      </button>
      <PlainField label="理由" value={reason} set={setReason} maxLength={300} />
    </PanelForm>
  )
}

/** A payment by its voucher (登记付款). */
export function PayForm({ promise, close }: ActProps) {
  const [wan, setWan] = useState('')
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [voucher, setVoucher] = useState('')
  const fen = parseMoney(wan, '万元') ?? 0
  const save = usePromiseAct(
    (body: Request<'newPromisePayment'>['body'], key) =>
      api('newPromisePayment', { params: { id: promise.id }, body, key }),
    '付款已登记',
    close,
  )
  return (
    <PanelForm
      title="登记付款"
      ready={fen > 0 && voucher.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ on, fen, voucher })}
    >
      <WanField label="金额" value={wan} set={setWan} />
      <PlainField label="付款日期" type="date" value={on} set={setOn} />
      <PlainField label="凭证号" value={voucher} set={setVoucher} maxLength={80} />
    </PanelForm>
  )
}

/** Reports that it is kept (报告已兑现). */
export function KeepForm({ promise, close }: ActProps) {
  const [evidence, setEvidence] = useState('')
  const save = usePromiseAct(
    (body: Request<'keepPromise'>['body'], key) => api('keepPromise', { params: { id: promise.id }, body, key }),
    '已报告，等企业确认',
    close,
  )
  return (
    <PanelForm
      title="报告已兑现"
      act="报告"
      ready={evidence.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ evidence })}
    >
      <PlainField label="佐证" value={evidence} set={setEvidence} maxLength={300} hint="回单、交接书、文件号" />
    </PanelForm>
  )
}

const WORD = { yes: '收到：兑现了，销号', no: '未收到：没有兑现，退回责任单位' } as const
/** The enterprise's word (企业确认). */
export function ConfirmForm({ promise, close }: ActProps) {
  const [kept, setKept] = useState<keyof typeof WORD>('yes')
  const [by, setBy] = useState('')
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [words, setWords] = useState('')
  const save = usePromiseAct(
    (body: Request<'confirmPromise'>['body'], key) => api('confirmPromise', { params: { id: promise.id }, body, key }),
    '企业的话已记下',
    close,
  )
  return (
    <PanelForm
      title="企业确认"
      ready={by.trim() !== '' && words.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ kept: kept === 'yes', by, on, words })}
    >
      <SelectField label="企业怎么说" value={kept} set={setKept} words={WORD} />
      <PlainField label="谁说的" value={by} set={setBy} maxLength={60} hint="职务即可，如 财务负责人" />
      <PlainField label="日期" type="date" value={on} set={setOn} />
      <PlainField label="原话" value={words} set={setWords} maxLength={300} />
    </PanelForm>
  )
}

interface ReasonFormProps {
  readonly title: string
  readonly act: string
  readonly label: string
  readonly hint?: string
  readonly send: (reason: string, key: string) => Promise<PromiseDetail>
  readonly done: string
  readonly close: () => void
}
/** An act that needs a reason and nothing else. */
function ReasonForm({ title, act, label, hint, send, done, close }: ReasonFormProps) {
  const [reason, setReason] = useState('')
  const save = usePromiseAct(send, done, close)
  return (
    <PanelForm
      {...{ title, act, close }}
      ready={reason.trim() !== ''}
      sending={save}
      submit={() => save.mutate(reason)}
    >
      <PlainField label={label} value={reason} set={setReason} maxLength={300} {...(hint !== undefined && { hint })} />
    </PanelForm>
  )
}

/** Returns a plan (退回分期计划), saying what has to be another way. */
export const ReturnForm = ({ promise, version, close }: ActProps & { readonly version: number }) => (
  <ReasonForm
    {...{ close, title: `退回第${version}版分期计划`, act: '退回', label: '退回理由', done: '已退回' }}
    send={(reason, key) =>
      api('returnPromisePlan', { params: { id: promise.id, version: `${version}` }, body: { reason }, key })
    }
  />
)

/** Voids a payment (作废付款): its amount is owed again. */
export const VoidForm = ({
  payment: { id, voucher, fen },
  close,
}: {
  readonly payment: PromiseDetail['payments'][number]
  readonly close: () => void
}) => (
  <ReasonForm
    {...{ close, title: `作废凭证 ${voucher}`, act: '作废', label: '作废理由', done: `凭证 ${voucher} 已作废` }}
    hint={`${moneyText(fen)}不再算作已付，记录和理由留着`}
    send={(reason, key) => api('voidPromisePayment', { params: { id }, body: { reason }, key })}
  />
)
