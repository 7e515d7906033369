import { SHIFT } from '@banjie/contract'
import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { PersonPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type Entry, type RosterPost, refreshRoster } from './query.ts'

interface ShiftFormProps {
  readonly post: RosterPost
  readonly slot: RosterPost['gaps'][number]
  readonly entry: Entry | undefined
  readonly close: () => void
}
/** One shift: filled where nobody has it, swapped where somebody has. */
export const ShiftForm = ({ entry, ...rest }: ShiftFormProps) =>
  entry === undefined ? <FillForm {...rest} /> : <SwapForm {...rest} entry={entry} />

function FillForm({ post, slot, close }: Omit<ShiftFormProps, 'entry'>) {
  const [person, setPerson] = useState<string>()
  const [leader, setLeader] = useState<string>()
  const save = useSubmission(
    (body: Request<'newRosterEntry'>['body'], key) => api('newRosterEntry', { params: { id: post.id }, body, key }),
    {
      done: (made) => {
        announce(`${made.day} ${SHIFT[made.shift]}由${made.person.name}值班`)
        refreshRoster()
        close()
      },
    },
  )
  return (
    <PanelForm
      title={`排班：${slot.day} ${SHIFT[slot.shift]}`}
      ready={person !== undefined}
      sending={save}
      close={close}
      submit={() =>
        person !== undefined &&
        save.mutate({ ...slot, personId: person, ...(leader !== undefined && { leaderId: leader }) })
      }
    >
      <Labelled label="值班人">
        {({ id }) => (
          <PersonPicker
            {...{ id, unit: post.unit.id, chosen: person ? [person] : [] }}
            choose={([one]) => setPerson(one)}
          />
        )}
      </Labelled>
      <Labelled label="带班领导" optional>
        {({ id }) => (
          <PersonPicker
            {...{ id, unit: undefined, chosen: leader ? [leader] : [] }}
            choose={([one]) => setLeader(one)}
          />
        )}
      </Labelled>
    </PanelForm>
  )
}

const WAY = { swap: '与另一个班对调', replace: '由别人替班' } as const
function SwapForm({ post, entry, close }: Omit<ShiftFormProps, 'entry' | 'slot'> & { readonly entry: Entry }) {
  const [way, setWay] = useState<keyof typeof WAY>('swap')
  const [other, setOther] = useState<string>()
  const [person, setPerson] = useState<string>()
  const [reason, setReason] = useState('')
  const save = useSubmission(
    (body: Request<'swapRoster'>['body'], key) => api('swapRoster', { params: { id: entry.id }, body, key }),
    {
      done: (made) => {
        announce(`${made.day} 改由${made.person.name}值班`)
        refreshRoster()
        close()
      },
    },
  )
  const options = post.entries
    .filter((one) => one.id !== entry.id && one.person.id !== entry.person.id && one.day >= entry.day.slice(0, 8))
    .map((one) => ({ value: one.id, label: `${one.day} ${SHIFT[one.shift]} ${one.person.name}` }))
  const target = way === 'swap' ? other : person
  return (
    <PanelForm
      title={`调班：${entry.day} ${SHIFT[entry.shift]} ${entry.person.name}`}
      ready={target !== undefined && reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() =>
        target !== undefined &&
        save.mutate({ reason, ...(way === 'swap' ? { withEntryId: target } : { personId: target }) })
      }
    >
      <SelectField label="怎么调" value={way} set={setWay} words={WAY} />
      {way === 'swap' ? (
        <Labelled label="对调的班">
          {({ id }) => (
            <Combobox
              {...{ id, options, chosen: other ? [other] : [], placeholder: '输入日期或姓名' }}
              choose={([one]) => setOther(one)}
            />
          )}
        </Labelled>
      ) : (
        <Labelled label="替班人">
          {({ id }) => (
            <PersonPicker
              {...{ id, unit: post.unit.id, chosen: person ? [person] : [] }}
              choose={([one]) => setPerson(one)}
            />
          )}
        </Labelled>
      )}
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} hint="调班留痕，谁都看得到" />
    </PanelForm>
  )
}
