import { useState } from 'react'
import { PersonPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { refreshDuties } from './query.ts'
import { TargetPicker } from './target-picker.tsx'

const WHAT = { person: '人员请假', target: '对象暂停' } as const

/** A leave or a suspension (请假、暂停): days in it are not owed. */
export function ExemptionForm({ close }: { readonly close: () => void }) {
  const [what, setWhat] = useState<keyof typeof WHAT>('person')
  const [personId, setPersonId] = useState<string>()
  const [targetId, setTargetId] = useState<string>()
  const [from, setFrom] = useState(() => dayOf(new Date()))
  const [to, setTo] = useState(() => dayOf(new Date()))
  const [reason, setReason] = useState('')
  const save = useSubmission(
    (body: Request<'newCadenceExemption'>['body'], key) => api('newCadenceExemption', { body, key }),
    {
      done: () => {
        announce(`已登记，${from} 至 ${to} 不欠走访`)
        refreshDuties()
        close()
      },
    },
  )
  const whom = what === 'person' ? { personId } : { targetId }
  return (
    <PanelForm
      title="登记请假或暂停"
      ready={
        (what === 'person' ? personId : targetId) !== undefined && reason.trim() !== '' && from !== '' && to !== ''
      }
      sending={save}
      close={close}
      submit={() => save.mutate({ ...(whom as { personId: string }), from, to, reason })}
    >
      <SelectField label="种类" value={what} set={setWhat} words={WHAT} />
      {what === 'person' ? (
        <Labelled label="人员">
          {({ id }) => (
            <PersonPicker
              {...{ id, unit: undefined, chosen: personId === undefined ? [] : [personId] }}
              choose={([one]) => setPersonId(one)}
            />
          )}
        </Labelled>
      ) : (
        <TargetPicker chosen={targetId} choose={setTargetId} />
      )}
      <PlainField label="自" type="date" value={from} set={setFrom} />
      <PlainField label="至" type="date" value={to} set={setTo} />
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}
