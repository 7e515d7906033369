import { type EntitlementState, parseMoney } from '@banjie/contract'
import { useState } from 'react'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { typedWan } from '../../shared/wan.ts'
import { WanField } from '../finance/payment-forms.tsx'
import { LinesField } from '../page/lines-field.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField } from '../page/plain-field.tsx'
import { type Entitlement, type PolicyDetail, usePolicyAct } from './query.ts'

export interface Doing {
  readonly act: 'confirm' | 'decline' | 'pay'
  readonly one: Entitlement
}
const OPEN: readonly EntitlementState[] = ['eligible', 'offered', 'confirmed']

/** Ends a policy (停止执行): what is owed by it stays owed. */
export function EndForm({ policy, close }: { readonly policy: PolicyDetail; readonly close: () => void }) {
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [reason, setReason] = useState('')
  const save = usePolicyAct(
    (body: Request<'endPolicy'>['body'], key) => api('endPolicy', { params: { id: policy.id }, body, key }),
    on > dayOf(new Date()) ? `将于 ${on} 停止执行` : '已停止执行',
    close,
  )
  const owed = policy.entitlements.filter(({ state }) => OPEN.includes(state)).length
  return (
    <PanelForm
      title={`停止执行“${policy.title}”`}
      act="停止执行"
      ready={on !== '' && reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ on, reason })}
    >
      <p className="field-wide">
        {owed > 0
          ? `已列入应享、还没有兑现的 ${owed} 户照样兑现，仍在台账上；不再列入新的企业，停止后不能恢复。`
          : '停止后不再列入新的企业，也不能恢复。'}
      </p>
      <PlainField label="自哪一天停止" type="date" value={on} set={setOn} />
      <LinesField label="停止的原因" value={reason} set={setReason} rows={2} />
    </PanelForm>
  )
}

interface ActProps {
  readonly id: string
  readonly doing: Doing
  readonly close: () => void
}
/** The step that was asked for, as a form. */
export const StepForm = (props: ActProps & { readonly fen: number | null }) =>
  props.doing.act === 'pay' ? <PayForm {...props} /> : <WordForm {...props} />

function WordForm({ id, doing: { act, one }, close }: ActProps) {
  const [words, setWords] = useState('')
  const params = { id, enterprise: one.enterprise.id }
  const isConfirm = act === 'confirm'
  const save = usePolicyAct(
    (typed: string, key) =>
      isConfirm
        ? api('confirmEntitlement', { params, body: { accountTail: typed }, key })
        : api('declineEntitlement', { params, body: { reason: typed }, key }),
    isConfirm ? `${one.enterprise.name}已确认` : `${one.enterprise.name}放弃，已记录`,
    close,
  )
  return (
    <PanelForm
      title={isConfirm ? `${one.enterprise.name}确认享受` : `${one.enterprise.name}放弃享受`}
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

function PayForm({ id, doing: { one }, fen: usual, close }: ActProps & { readonly fen: number | null }) {
  const [wan, setWan] = useState(() => typedWan(usual))
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [voucher, setVoucher] = useState('')
  const fen = parseMoney(wan, '万元') ?? 0
  const save = usePolicyAct(
    (body: Request<'payEntitlement'>['body'], key) =>
      api('payEntitlement', { params: { id, enterprise: one.enterprise.id }, body, key }),
    `已登记兑现给${one.enterprise.name}`,
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
      <PlainField
        label="凭证号"
        value={voucher}
        set={setVoucher}
        maxLength={80}
        hint="已在涉企资金中选了此项政策登记的，会自动列为已享，不用再填"
      />
    </PanelForm>
  )
}
