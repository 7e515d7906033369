import { moneyText, parseMoney } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { WanField } from '../finance/payment-forms.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type PromiseDetail, usePromiseAct } from './query.ts'

interface ActProps {
  readonly promise: PromiseDetail
  readonly close: () => void
}

/** A plan of instalments (分期计划): a row each, what is left is told below. */
export function PlanForm({ promise, close }: ActProps) {
  const [rows, setRows] = useState([{ key: 0, due: '', wan: '' }])
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
      title="分期计划"
      act="报批"
      ready={instalments.every(({ due, fen }) => due !== '' && fen > 0) && reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ instalments, reason })}
    >
      {rows.map(({ key, due, wan }, i) => (
        <div key={key} className="panel-grid">
          <PlainField label={`第${i + 1}期日期`} type="date" value={due} set={(value) => change(key, { due: value })} />
          <WanField label={`第${i + 1}期金额`} value={wan} set={(value) => change(key, { wan: value })} />
        </div>
      ))}
      <p className="hint">
        合计 {moneyText(sum)}，尚未支付 {moneyText(promise.restFen)}，最后一期不晚于 {promise.deadline}
      </p>
      <button
        type="button"
        className="button button-small"
        onClick={() => setRows([...rows, { key: (rows.at(-1)?.key ?? 0) + 1, due: '', wan: '' }])}
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

const WORD = { yes: '兑现了，销号', no: '没有兑现，退回责任单位' } as const
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
