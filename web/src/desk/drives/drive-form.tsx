import { DRIVE_STATUS } from '@banjie/contract'
import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { UnitPicker } from '../../form/pickers.tsx'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { useChannels } from '../channels/query.ts'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type Drive, rememberDrive } from './query.ts'

const TWO_WEEKS_MS = 13 * 86_400_000
const draftOf = (drive: Drive | undefined, unitId: string | null) => ({
  title: drive?.title ?? '',
  from: drive?.from ?? dayOf(new Date()),
  to: drive?.to ?? dayOf(new Date(Date.now() + TWO_WEEKS_MS)),
  unitId: drive?.unit.id ?? unitId ?? undefined,
  audience: drive?.audience ?? '',
  topics: drive?.topics.join('、') ?? '',
  channelIds: (drive?.channels.map(({ id }) => id) ?? []) as readonly string[],
  status: drive?.status ?? ('open' as const),
  published: drive?.published ?? false,
})

interface DriveFormProps {
  readonly drive?: Drive
  readonly unit: string | null
  readonly done: (drive: Drive) => void
  readonly close: () => void
}

/** A drive (集中征集), new or changed. There is no field for a total: it is counted. */
export function DriveForm({ drive, unit, done, close }: DriveFormProps) {
  const [draft, setDraft] = useState(() => draftOf(drive, unit))
  const { data: channels, isPending } = useChannels()
  const set =
    <K extends keyof typeof draft>(name: K) =>
    (value: (typeof draft)[K]) =>
      setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission(
    (body: Parameters<typeof api<'newDrive'>>[1]['body'], key) =>
      drive === undefined ? api('newDrive', { body, key }) : api('editDrive', { params: { id: drive.id }, body, key }),
    {
      done: (saved) => {
        announce(`已保存“${saved.title}”`)
        rememberDrive(saved)
        done(saved)
      },
    },
  )
  const { unitId, topics, channelIds, ...rest } = draft
  const ready = draft.title.trim() !== '' && unitId !== undefined && draft.from !== '' && draft.to !== ''
  const title = drive === undefined ? '发起征集' : '修改征集'
  return (
    <PanelForm
      title={title}
      ready={ready}
      sending={save}
      close={close}
      submit={() => {
        if (ready)
          save.mutate({
            ...rest,
            unitId,
            topics: topics.split(/[、,，;；\s]+/).filter(Boolean),
            channelIds: [...channelIds],
          })
      }}
    >
      <PlainField
        label="名称"
        value={draft.title}
        set={set('title')}
        maxLength={60}
        placeholder="如：优化营商环境集中征集"
      />
      <Labelled label="牵头单位">
        {({ id }) => <UnitPicker id={id} chosen={unitId ? [unitId] : []} choose={([one]) => set('unitId')(one)} />}
      </Labelled>
      <PlainField label="从" type="date" value={draft.from} set={set('from')} />
      <PlainField label="到" type="date" value={draft.to} set={set('to')} min={draft.from} />
      <PlainField label="对象" optional value={draft.audience} set={set('audience')} maxLength={100} />
      <PlainField label="主题" optional value={topics} set={set('topics')} placeholder="几个主题用顿号隔开" />
      <Labelled label="参加的渠道" optional>
        {({ id }) => (
          <Combobox
            {...{ id, multiple: true, loading: isPending, chosen: channelIds, choose: set('channelIds') }}
            placeholder="从渠道台账选择，可选多个"
            options={(channels?.items ?? []).map((one) => ({ value: one.id, label: one.name, hint: one.unit.name }))}
          />
        )}
      </Labelled>
      <SelectField label="状态" value={draft.status} set={set('status')} words={DRIVE_STATUS} />
      <label className="check">
        <input type="checkbox" checked={draft.published} onChange={() => set('published')(!draft.published)} />
        在门户公开（只有数字和问题，没有原话）
      </label>
    </PanelForm>
  )
}
