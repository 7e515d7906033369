import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { useProjectAct } from './act.ts'
import { type Project, useProjects } from './query.ts'

/** A pause (暂停): visits are not owed in it. */
export function PauseForm({ id, close }: { readonly id: string; readonly close: () => void }) {
  const [from, setFrom] = useState(() => dayOf(new Date()))
  const [to, setTo] = useState('')
  const [reason, setReason] = useState('')
  const save = useProjectAct(
    (body: Request<'pauseProject'>['body'], key) => api('pauseProject', { params: { id }, body, key }),
    '已登记暂停',
    close,
  )
  return (
    <PanelForm
      title="暂停项目"
      ready={from !== '' && to !== '' && reason.trim() !== ''}
      sending={save}
      close={close}
      submit={() => save.mutate({ from, to, reason })}
    >
      <PlainField label="自" type="date" value={from} set={setFrom} />
      <PlainField label="至" type="date" value={to} set={setTo} />
      <PlainField label="原因" value={reason} set={setReason} maxLength={200} />
    </PanelForm>
  )
}

const HOW = { cancelled: '取消', merged: '并入另一个项目' } as const
/** Takes a project out of every figure, with the reason. */
export function DropForm({ project, close }: { readonly project: Project; readonly close: () => void }) {
  const [state, setState] = useState<keyof typeof HOW>('cancelled')
  const [into, setInto] = useState<string>()
  const [note, setNote] = useState('')
  const others = useProjects({})
  const save = useProjectAct(
    (body: Request<'dropProject'>['body'], key) => api('dropProject', { params: { id: project.id }, body, key }),
    '项目已退出统计',
    close,
  )
  return (
    <PanelForm
      title="取消或并入"
      ready={note.trim() !== '' && (state === 'cancelled' || into !== undefined)}
      sending={save}
      close={close}
      submit={() => save.mutate({ state, note, ...(state === 'merged' && into && { into }) })}
    >
      <SelectField label="方式" value={state} set={setState} words={HOW} />
      {state === 'merged' && (
        <Labelled label="并入哪个项目">
          {({ id }) => (
            <Combobox
              {...{ id, loading: others.isPending, placeholder: '输入名称查找' }}
              options={(others.data?.items ?? [])
                .filter((one) => one.id !== project.id && one.state === 'active')
                .map((one) => ({ value: one.id, label: one.name }))}
              chosen={into === undefined ? [] : [into]}
              choose={([one]) => setInto(one)}
            />
          )}
        </Labelled>
      )}
      <PlainField label="说明" value={note} set={setNote} maxLength={200} hint="写明原因；此后不计入任何统计" />
    </PanelForm>
  )
}
