import { moneyText, parseMoney } from '@banjie/contract'
import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { TargetPicker } from '../duties/target-picker.tsx'
import { useMeetings } from '../meetings/query.ts'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { WanField } from './payment-forms.tsx'
import { BANK_MEETING, refreshFinance, useProducts } from './query.ts'

/** An intent (登记意向): who wants how much from whom, and when it is expected. */
export function IntentForm({
  enterprise,
  meeting,
  close,
}: {
  /** The enterprise where it is known already. */
  readonly enterprise?: string
  /** The meeting from which the form is opened. */
  readonly meeting?: string
  readonly close: () => void
}) {
  const products = useProducts().data?.items ?? []
  const [firm, setFirm] = useState(enterprise)
  const [meetingId, setMeeting] = useState(meeting)
  const [partner, setPartner] = useState('')
  const [picked, setPicked] = useState('')
  const product = picked || (products[0]?.code ?? '')
  const [wan, setWan] = useState('')
  const [on, setOn] = useState(() => dayOf(new Date()))
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [words, setWords] = useState('')
  const fen = parseMoney(wan, '万元') ?? 0
  const save = useSubmission((body: Request<'newFinancing'>['body'], key) => api('newFinancing', { body, key }), {
    done: (made) => {
      announce(`已登记 ${made.enterprise.name} 意向 ${moneyText(made.intendedFen)}`)
      refreshFinance()
      close()
    },
  })
  const expected = from !== '' && to !== '' ? { from, to, words } : undefined
  return (
    <PanelForm
      title="登记意向"
      ready={firm !== undefined && partner.trim() !== '' && product !== '' && fen > 0 && (from === '') === (to === '')}
      sending={save}
      close={close}
      submit={() =>
        firm !== undefined &&
        save.mutate({
          enterpriseId: firm,
          partner,
          product,
          intendedFen: fen,
          on,
          ...(expected && { expected }),
          ...(meetingId && { meetingId }),
        })
      }
    >
      {enterprise === undefined && <TargetPicker label="企业" kind="enterprise" chosen={firm} choose={setFirm} />}
      <PlainField label="银行或担保机构" value={partner} set={setPartner} maxLength={60} />
      <SelectField
        label="产品"
        value={product}
        set={setPicked}
        words={Object.fromEntries(products.map(({ code, label }) => [code, label]))}
        {...(products.length === 0 && { hint: '还没有融资产品，请先点“增加产品”' })}
      />
      <WanField label="意向金额" value={wan} set={setWan} />
      <PlainField label="意向日期" type="date" value={on} set={setOn} />
      {meeting === undefined && <MeetingField chosen={meetingId} choose={setMeeting} />}
      <PlainField label="预计到位：从" optional type="date" value={from} set={setFrom} />
      <PlainField label="预计到位：到" optional type="date" value={to} set={setTo} />
      <PlainField label="原话" optional value={words} set={setWords} maxLength={40} hint="如 春节前后" />
    </PanelForm>
  )
}

/** The bank–enterprise meeting (银企对接会) from which an intent came; any meeting where the district has no such kind. */
function MeetingField({
  chosen,
  choose,
}: {
  readonly chosen: string | undefined
  readonly choose: (id: string | undefined) => void
}) {
  const { data, isPending } = useMeetings({})
  const all = data?.items ?? []
  const own = all.filter(({ kind }) => kind.code === BANK_MEETING)
  const shown = own.length > 0 ? own : all
  return (
    <Labelled
      label="来自会议"
      optional
      {...(!isPending && shown.length === 0 && { hint: '还没有会议。可先在“会议”中登记银企对接会' })}
    >
      {({ id }) => (
        <Combobox
          {...{ id, loading: isPending, placeholder: '输入会议名称或日期查找' }}
          options={shown.map((one) => ({ value: one.id, label: `${one.on} ${one.title}`, hint: one.place }))}
          chosen={chosen === undefined ? [] : [chosen]}
          choose={([one]) => choose(one)}
        />
      )}
    </Labelled>
  )
}

/** A product of the dictionary (增加产品). */
export function ProductForm({ close }: { readonly close: () => void }) {
  const [label, setLabel] = useState('')
  const [code, setCode] = useState('')
  const save = useSubmission(
    (body: Request<'newFinancingProduct'>['body'], key) => api('newFinancingProduct', { body, key }),
    {
      done: (made) => {
        announce(`已增加产品 ${made.label}`)
        refreshFinance()
        close()
      },
    },
  )
  return (
    <PanelForm
      title="增加产品"
      ready={label.trim() !== '' && code !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ code, label })}
    >
      <PlainField label="名称" value={label} set={setLabel} maxLength={40} hint="如 园区贷" />
      <PlainField label="代码" value={code} set={setCode} maxLength={30} hint="小写字母开头，如 park-loan" />
    </PanelForm>
  )
}
