import { OBLIGED_TRADE } from '@banjie/contract'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type Body, refreshDisclosures } from './query.ts'

const draftOf = (body: Body | undefined) => ({
  unitId: body?.unit.id as string | undefined,
  name: body?.isOutside ? body.name : '',
  trade: body?.trade ?? ('water' as const),
  obligedFrom: body?.obligedFrom ?? dayOf(new Date()),
  obligedUntil: body?.obligedUntil ?? '',
})

/** The record of a body that owes a disclosure, new or changed. */
export function BodyForm({ body, close }: { readonly body: Body | undefined; readonly close: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(body))
  const set =
    <K extends keyof typeof draft>(name: K) =>
    (value: (typeof draft)[K]) =>
      setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission(
    (given: Parameters<typeof api<'newObligedBody'>>[1]['body'], key) =>
      body === undefined
        ? api('newObligedBody', { body: given, key })
        : api('editObligedBody', { params: { id: body.id }, body: given, key }),
    {
      done: ({ name }) => {
        announce(`已保存“${name}”`)
        refreshDisclosures()
        close()
      },
    },
  )
  const { unitId, name, obligedUntil, ...rest } = draft
  const title = body === undefined ? '登记应当公开的单位' : `修改“${body.name}”`
  return (
    <PanelForm
      title={title}
      ready={unitId !== undefined}
      sending={save}
      close={close}
      submit={() => {
        if (unitId) save.mutate({ ...rest, unitId, name, obligedUntil: obligedUntil === '' ? null : obligedUntil })
      }}
    >
      <Labelled label="单位" hint="本区单位自己公开；区外或社会单位选它的主管单位">
        {({ id }) => <UnitPicker id={id} chosen={unitId ? [unitId] : []} choose={([one]) => set('unitId')(one)} />}
      </Labelled>
      <PlainField
        {...{ label: '社会单位名称', optional: true, value: name, set: set('name'), maxLength: 60 }}
        hint="填写后由上面的单位代为公开"
      />
      <SelectField label="行业" value={draft.trade} set={set('trade')} words={OBLIGED_TRADE} />
      <PlainField label="从哪天起应当公开" type="date" value={draft.obligedFrom} set={set('obligedFrom')} />
      <PlainField
        {...{ label: '义务终止日', optional: true, type: 'date', min: draft.obligedFrom }}
        value={obligedUntil}
        set={set('obligedUntil')}
      />
    </PanelForm>
  )
}
