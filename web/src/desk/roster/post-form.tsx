import { SHIFT } from '@banjie/contract'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { refreshRoster } from './query.ts'

const SHIFTS = { whole: SHIFT.whole, both: `${SHIFT.day}、${SHIFT.night}`, day: SHIFT.day, night: SHIFT.night } as const

/** A post to be on duty at: whose, its telephone, its shifts. */
export function PostForm({ unit, close }: { readonly unit: string | null; readonly close: () => void }) {
  const [unitId, setUnit] = useState<string | undefined>(unit ?? undefined)
  const [name, setName] = useState('')
  const [phone, setPhone] = useState('')
  const [shifts, setShifts] = useState<keyof typeof SHIFTS>('whole')
  const [from, setFrom] = useState(() => dayOf(new Date()))
  const [isPublic, setPublic] = useState(false)
  const save = useSubmission((body: Request<'newRosterPost'>['body'], key) => api('newRosterPost', { body, key }), {
    done: () => {
      announce(`已设“${name}”，请排班`)
      refreshRoster()
      close()
    },
  })
  return (
    <PanelForm
      title="设值班岗"
      ready={unitId !== undefined && name.trim() !== '' && phone.trim() !== ''}
      sending={save}
      close={close}
      submit={() =>
        unitId !== undefined &&
        save.mutate({ unitId, name, phone, from, isPublic, shifts: shifts === 'both' ? ['day', 'night'] : [shifts] })
      }
    >
      <Labelled label="单位">
        {({ id }) => <UnitPicker id={id} chosen={unitId ? [unitId] : []} choose={([one]) => setUnit(one)} />}
      </Labelled>
      <PlainField label="岗位名称" value={name} set={setName} maxLength={40} placeholder="如：总值班室" />
      <PlainField label="值班电话" type="tel" value={phone} set={setPhone} maxLength={20} hint="值班室的固定电话" />
      <SelectField label="班次" value={shifts} set={setShifts} words={SHIFTS} hint="全年每天都要有人" />
      <PlainField label="从哪天起" type="date" value={from} set={setFrom} />
      <label className="check">
        <input type="checkbox" checked={isPublic} onChange={(event) => setPublic(event.target.checked)} />
        <span>电话向群众公布</span>
      </label>
    </PanelForm>
  )
}
