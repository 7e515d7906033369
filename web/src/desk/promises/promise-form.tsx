import {
  moneyText,
  PROMISE_CAUSE,
  PROMISE_KIND,
  type PromiseCause,
  type PromiseKind,
  parseMoney,
} from '@banjie/contract'
import { useState } from 'react'
import { PersonPicker, UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { typedWan } from '../../shared/wan.ts'
import { TargetPicker } from '../duties/target-picker.tsx'
import { WanField } from '../finance/payment-forms.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type PromiseDetail, usePromiseAct } from './query.ts'

const OF_MONEY: readonly PromiseKind[] = ['arrears', 'works']

/** What is typed of a promise, empty or as it stands. */
const draftOf = (one?: PromiseDetail) => ({
  ...{ words: one?.words ?? '', no: one?.source.no ?? '', on: one?.source.on ?? dayOf(new Date()) },
  ...{ by: one?.source.by ?? '', wan: typedWan(one?.fen), basis: one?.basis ?? '' },
  ...{ deliveredOn: one?.deliveredOn ?? '', contractDays: String(one?.contractDays ?? '') },
  ...{ measures: one?.measures ?? '', deadline: one?.deadline ?? '', criminal: one?.criminal ?? '' },
  ...{ disputedWan: typedWan(one?.disputedFen || null), disputedReason: one?.disputedReason ?? '' },
  ...{ unit: one?.unit.id, person: one?.person?.id, checkUnit: one?.checkUnit?.id },
  ...{ kind: one?.kind ?? ('arrears' as PromiseKind), cause: one?.cause ?? ('funds' as PromiseCause) },
})
type Draft = ReturnType<typeof draftOf>

/** What is sent, or nothing while something needed is missing. */
function fieldsOf(draft: Draft) {
  const { words, no, on, by, basis, measures, deadline, kind, cause, unit, person, checkUnit } = draft
  const fen = draft.wan === '' ? null : parseMoney(draft.wan, '万元')
  const disputedFen = draft.disputedWan === '' ? 0 : parseMoney(draft.disputedWan, '万元')
  if (unit === undefined || fen === undefined || disputedFen === undefined) return undefined
  if (fen === null && OF_MONEY.includes(kind)) return undefined
  if (disputedFen > 0 && draft.disputedReason.trim() === '') return undefined
  if ([words, no, on, by, basis, measures, deadline].some((text) => text.trim() === '')) return undefined
  return {
    ...{ kind, cause, words, basis, measures, deadline, fen, unitId: unit, source: { no, on, by } },
    ...(disputedFen > 0 && { disputed: { fen: disputedFen, reason: draft.disputedReason } }),
    ...(person !== undefined && { personId: person }),
    ...(checkUnit !== undefined && { checkUnitId: checkUnit }),
    ...(draft.deliveredOn !== '' && { deliveredOn: draft.deliveredOn }),
    ...(draft.contractDays !== '' && { contractDays: Number(draft.contractDays) }),
    ...(draft.criminal.trim() !== '' && { criminal: draft.criminal }),
  }
}

/** Registers a broken promise by its document (登记失信违诺). */
export function PromiseForm({ close }: { readonly close: () => void }) {
  const [draft, setDraft] = useState(() => draftOf())
  const [firm, setFirm] = useState<string>()
  const fields = fieldsOf(draft)
  const save = usePromiseAct(
    (body: Request<'newPromise'>['body'], key) => api('newPromise', { body, key }),
    '已登记，请责任单位报分期计划或按期兑现',
    close,
  )
  return (
    <PanelForm
      title="登记失信违诺"
      ready={firm !== undefined && fields !== undefined}
      sending={save}
      close={close}
      submit={() => firm !== undefined && fields !== undefined && save.mutate({ enterpriseId: firm, ...fields })}
    >
      <TargetPicker label="企业" kind="enterprise" chosen={firm} choose={setFirm} />
      <Fields draft={draft} set={(part) => setDraft({ ...draft, ...part })} />
    </PanelForm>
  )
}

/** Corrects one (更正): what stood before and the reason stay in its history. */
export function CorrectForm({ promise, close }: { readonly promise: PromiseDetail; readonly close: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(promise))
  const [reason, setReason] = useState('')
  const fields = fieldsOf(draft)
  const save = usePromiseAct(
    (body: Request<'correctPromise'>['body'], key) => api('correctPromise', { params: { id: promise.id }, body, key }),
    '已更正，原来的内容和理由留在经过里',
    close,
  )
  return (
    <PanelForm
      title="更正"
      act="保存更正"
      ready={fields !== undefined && reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() => fields !== undefined && save.mutate({ ...fields, version: promise.version, reason })}
    >
      <PlainField
        label="更正理由"
        value={reason}
        set={setReason}
        maxLength={300}
        hint={`原来的内容会留在经过里。${promise.paidFen > 0 ? `金额不能少于已付的${moneyText(promise.paidFen)}。` : ''}`}
      />
      <Fields draft={draft} set={(part) => setDraft({ ...draft, ...part })} isOpen />
    </PanelForm>
  )
}

interface FieldsProps {
  readonly draft: Draft
  readonly set: (part: Partial<Draft>) => void
  readonly isOpen?: boolean
}
function Fields({ draft, set, isOpen = false }: FieldsProps) {
  const isMoney = OF_MONEY.includes(draft.kind)
  return (
    <>
      <SelectField label="类型" value={draft.kind} set={(kind) => set({ kind })} words={PROMISE_KIND} />
      <PlainField label="承诺内容" value={draft.words} set={(words) => set({ words })} maxLength={500} />
      <WanField label="金额" value={draft.wan} set={(wan) => set({ wan })} optional={!isMoney} />
      <PlainField label="依据文件或合同号" value={draft.no} set={(no) => set({ no })} maxLength={80} />
      <PlainField label="文件日期" type="date" value={draft.on} set={(on) => set({ on })} />
      <PlainField label="出具单位" value={draft.by} set={(by) => set({ by })} maxLength={80} />
      <Labelled label="责任单位">
        {({ id }) => <UnitPicker id={id} chosen={draft.unit ? [draft.unit] : []} choose={([unit]) => set({ unit })} />}
      </Labelled>
      <SelectField label="违诺原因" value={draft.cause} set={(cause) => set({ cause })} words={PROMISE_CAUSE} />
      <PlainField label="法律依据" value={draft.basis} set={(basis) => set({ basis })} maxLength={300} />
      <PlainField label="解决措施" value={draft.measures} set={(measures) => set({ measures })} maxLength={500} />
      <PlainField label="解决期限" type="date" value={draft.deadline} set={(deadline) => set({ deadline })} />
      <details className="mapping promise-wide" open={isOpen}>
        <summary>交付日期、责任人、督办单位、争议部分（选填）</summary>
        <div className="panel-grid">
          <MoreFields draft={draft} set={set} />
        </div>
      </details>
    </>
  )
}

const MoreFields = ({ draft, set }: FieldsProps) => (
  <>
    <PlainField
      label="交付日期"
      type="date"
      value={draft.deliveredOn}
      set={(deliveredOn) => set({ deliveredOn })}
      hint="拖欠账款从这天起算"
    />
    <PlainField
      label="合同约定天数"
      type="number"
      value={draft.contractDays}
      set={(contractDays) => set({ contractDays })}
      hint="没有约定为30天，最长60天"
    />
    <Labelled label="责任人">
      {({ id }) => (
        <PersonPicker
          id={id}
          unit={draft.unit}
          chosen={draft.person ? [draft.person] : []}
          choose={([person]) => set({ person })}
        />
      )}
    </Labelled>
    <Labelled label="督办单位">
      {({ id }) => (
        <UnitPicker
          id={id}
          chosen={draft.checkUnit ? [draft.checkUnit] : []}
          choose={([checkUnit]) => set({ checkUnit })}
        />
      )}
    </Labelled>
    <WanField label="争议金额" value={draft.disputedWan} set={(disputedWan) => set({ disputedWan })} />
    <PlainField
      label="争议理由"
      value={draft.disputedReason}
      set={(disputedReason) => set({ disputedReason })}
      maxLength={300}
      hint="有争议金额时写明，没有争议的部分先付"
    />
    <PlainField
      label="有权机关通报"
      value={draft.criminal}
      set={(criminal) => set({ criminal })}
      maxLength={120}
      hint="涉刑事的，只写有权机关的正式说法"
    />
  </>
)
