import { PROMISE_CAUSE, PROMISE_KIND, type PromiseCause, type PromiseKind, parseMoney } from '@banjie/contract'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { TargetPicker } from '../duties/target-picker.tsx'
import { WanField } from '../finance/payment-forms.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { usePromiseAct } from './query.ts'

const EMPTY = {
  ...{ words: '', no: '', on: dayOf(new Date()), by: '', wan: '', basis: '', deliveredOn: '', contractDays: '' },
  ...{ measures: '', deadline: '' },
}
const OF_MONEY: readonly PromiseKind[] = ['arrears', 'works']

/** Registers a broken promise by its document (登记失信违诺). */
export function PromiseForm({ close }: { readonly close: () => void }) {
  const [draft, setDraft] = useState(EMPTY)
  const [firm, setFirm] = useState<string>()
  const [unit, setUnit] = useState<string>()
  const [kind, setKind] = useState<PromiseKind>('arrears')
  const [cause, setCause] = useState<PromiseCause>('funds')
  const set = (name: keyof typeof EMPTY) => (value: string) => setDraft({ ...draft, [name]: value })
  const fen = draft.wan === '' ? null : parseMoney(draft.wan, '万元')
  const save = usePromiseAct(
    (body: Request<'newPromise'>['body'], key) => api('newPromise', { body, key }),
    '已登记，请责任单位报分期计划或按期兑现',
    close,
  )
  const { words, no, on, by, basis, measures, deadline, deliveredOn, contractDays } = draft
  const isReady =
    firm !== undefined &&
    unit !== undefined &&
    [words, no, by, basis, measures, deadline].every((text) => text.trim() !== '') &&
    fen !== undefined &&
    (fen !== null || !OF_MONEY.includes(kind))
  return (
    <PanelForm
      title="登记失信违诺"
      ready={isReady}
      sending={save}
      close={close}
      submit={() =>
        firm !== undefined &&
        unit !== undefined &&
        save.mutate({
          ...{ enterpriseId: firm, unitId: unit, kind, cause, words, basis, measures, deadline, fen: fen ?? null },
          source: { no, on, by },
          ...(deliveredOn !== '' && { deliveredOn }),
          ...(contractDays !== '' && { contractDays: Number(contractDays) }),
        })
      }
    >
      <TargetPicker label="企业" chosen={firm} choose={setFirm} />
      <SelectField label="类型" value={kind} set={setKind} words={PROMISE_KIND} />
      <PlainField label="承诺内容" value={words} set={set('words')} maxLength={500} />
      <WanField label="金额" value={draft.wan} set={set('wan')} optional={!OF_MONEY.includes(kind)} />
      <PlainField label="依据文件或合同号" value={no} set={set('no')} maxLength={80} />
      <PlainField label="文件日期" type="date" value={on} set={set('on')} />
      <PlainField label="出具单位" value={by} set={set('by')} maxLength={80} />
      <Labelled label="责任单位">
        {({ id }) => <UnitPicker id={id} chosen={unit ? [unit] : []} choose={([one]) => setUnit(one)} />}
      </Labelled>
      <SelectField label="违诺原因" value={cause} set={setCause} words={PROMISE_CAUSE} />
      <PlainField label="法律依据" value={basis} set={set('basis')} maxLength={300} />
      <PlainField
        label="交付日期"
        optional
        type="date"
        value={deliveredOn}
        set={set('deliveredOn')}
        hint="拖欠账款从这天起算"
      />
      <PlainField
        label="合同约定天数"
        optional
        type="number"
        value={contractDays}
        set={set('contractDays')}
        hint="没有约定为30天，最长60天"
      />
      <PlainField label="解决措施" value={measures} set={set('measures')} maxLength={500} />
      <PlainField label="解决期限" type="date" value={deadline} set={set('deadline')} />
    </PanelForm>
  )
}
