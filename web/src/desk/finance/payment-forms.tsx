import { moneyText, parseMoney } from '@banjie/contract'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { TargetPicker } from '../duties/target-picker.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { useEnterprisePolicies } from '../policies/query.ts'
import { type Payment, refreshFinance } from './query.ts'

/** An amount as it is typed in 万元; what it comes to is said below. */
export function WanField(props: { label: string; value: string; set: (value: string) => void; optional?: boolean }) {
  const fen = parseMoney(props.value, '万元')
  const hint = props.value === '' ? '单位万元' : fen === undefined ? '请填写数字，如 35.5' : `即 ${moneyText(fen)}`
  return <PlainField {...props} hint={hint} placeholder="万元" />
}

/** One payment (登记拨付). */
export function PaymentForm({ unit, close }: { readonly unit: string | undefined; readonly close: () => void }) {
  const [firm, setFirm] = useState<string>()
  const [wan, setWan] = useState('')
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [programme, setProgramme] = useState('')
  const [payer, setPayer] = useState(unit)
  const [voucher, setVoucher] = useState('')
  const [policy, setPolicy] = useState('')
  const fen = parseMoney(wan, '万元') ?? 0
  const save = useSubmission((body: Request<'newDisbursement'>['body'], key) => api('newDisbursement', { body, key }), {
    done: (made) => {
      announce(`已登记 ${made.enterprise.name} ${moneyText(made.fen)}`)
      refreshFinance()
      close()
    },
  })
  return (
    <PanelForm
      title="登记拨付"
      ready={firm !== undefined && payer !== undefined && fen > 0 && programme.trim() !== '' && voucher.trim() !== ''}
      sending={save}
      close={close}
      submit={() =>
        firm !== undefined &&
        payer !== undefined &&
        save.mutate({
          ...{ enterpriseId: firm, fen, on, programme, unitId: payer, voucher },
          ...(policy !== '' && { policyId: policy }),
        })
      }
    >
      <TargetPicker
        label="企业"
        kind="enterprise"
        chosen={firm}
        choose={(one) => {
          setFirm(one)
          setPolicy('')
        }}
      />
      {firm !== undefined && (
        <OwedPolicies
          {...{ firm, policy }}
          choose={(id, title) => {
            setPolicy(id)
            if (title !== undefined) setProgramme(title)
          }}
        />
      )}
      <WanField label="金额" value={wan} set={setWan} />
      <PlainField label="拨付日期" type="date" value={on} set={setOn} />
      <PlainField label="资金项目" value={programme} set={setProgramme} maxLength={100} />
      <PlainField label="凭证号" value={voucher} set={setVoucher} maxLength={40} hint="同一单位不能重复" />
      <Labelled label="拨付单位">
        {({ id }) => <UnitPicker id={id} chosen={payer ? [payer] : []} choose={([one]) => setPayer(one)} />}
      </Labelled>
    </PanelForm>
  )
}

const PAYABLE: readonly string[] = ['eligible', 'offered', 'confirmed']
/** Which of the policies that an enterprise is still owed the payment is for (兑现哪项政策); nothing where there is none. */
function OwedPolicies({
  firm,
  policy,
  choose,
}: {
  readonly firm: string
  readonly policy: string
  readonly choose: (id: string, title: string | undefined) => void
}) {
  const { data } = useEnterprisePolicies(firm)
  const owed = (data?.items ?? []).filter(({ entitlement }) => entitlement && PAYABLE.includes(entitlement.state))
  if (owed.length === 0) return null
  const titles = Object.fromEntries(owed.map((one) => [one.policy.id, one.policy.title]))
  return (
    <SelectField
      label="兑现哪项政策"
      value={policy}
      set={(id) => choose(id, titles[id])}
      words={{ '': '不是兑现政策', ...titles }}
      hint="选了就把此企业列为已享，不必再到政策页登记"
    />
  )
}

/** Voids a payment, with the reason. */
export function VoidForm({ payment, close }: { readonly payment: Payment; readonly close: () => void }) {
  const [reason, setReason] = useState('')
  const save = useSubmission(
    (body: { reason: string }, key) => api('voidDisbursement', { params: { id: payment.id }, body, key }),
    {
      done: () => {
        announce(`凭证 ${payment.voucher} 已作废`)
        refreshFinance()
        close()
      },
    },
  )
  return (
    <PanelForm
      title={`作废 ${payment.enterprise.name} ${moneyText(payment.fen)}`}
      act="作废"
      ready={reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ reason })}
    >
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} hint="作废后仍可查看，不再计入合计" />
    </PanelForm>
  )
}
