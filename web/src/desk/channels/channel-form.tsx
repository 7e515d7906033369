import { CHANNEL, CHANNEL_STATUS } from '@banjie/contract'
import { useState } from 'react'
import { PersonPicker, UnitPicker } from '../../form/pickers.tsx'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type ChannelRecord, refreshChannels } from './query.ts'

interface ChannelFormProps {
  /** Absent: a new one. */
  readonly channel: ChannelRecord | undefined
  readonly purposes: readonly string[]
  readonly close: () => void
}

const draftOf = (channel: ChannelRecord | undefined) => ({
  name: channel?.name ?? '',
  kind: channel?.kind ?? ('window' as const),
  unitId: channel?.unit.id as string | undefined,
  personId: channel?.person?.id as string | undefined,
  place: channel?.place ?? '',
  hours: channel?.hours ?? '',
  audience: channel?.audience ?? '',
  purpose: channel?.purpose ?? '',
  testEveryDays: String(channel?.testEveryDays ?? 30),
  status: channel?.status ?? ('open' as const),
  validFrom: channel?.validFrom ?? dayOf(new Date()),
  validTo: channel?.validTo ?? '',
})

/** A channel's record (登记渠道), new or changed. */
export function ChannelForm({ channel, purposes, close }: ChannelFormProps) {
  const [draft, setDraft] = useState(() => draftOf(channel))
  const set =
    <K extends keyof typeof draft>(name: K) =>
    (value: (typeof draft)[K]) =>
      setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission(
    (body: Parameters<typeof api<'newChannel'>>[1]['body'], key) =>
      channel === undefined
        ? api('newChannel', { body, key })
        : api('editChannel', { params: { id: channel.id }, body, key }),
    {
      done: ({ name }) => {
        announce(`已保存渠道“${name}”`)
        refreshChannels()
        close()
      },
    },
  )
  const { unitId, personId, testEveryDays, validTo, ...rest } = draft
  const ready = draft.name.trim() !== '' && unitId !== undefined
  const title = channel === undefined ? '登记渠道' : `修改“${channel.name}”`
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
            personId: personId ?? null,
            testEveryDays: testEveryDays === '' ? null : Number(testEveryDays),
            validTo: validTo === '' ? null : validTo,
          })
      }}
    >
      <PlainField label="名称" value={draft.name} set={set('name')} maxLength={60} placeholder="如：大厅意见窗口" />
      <SelectField label="类别" value={draft.kind} set={set('kind')} words={CHANNEL} />
      <Labelled label="责任单位">
        {({ id }) => <UnitPicker id={id} chosen={unitId ? [unitId] : []} choose={([one]) => set('unitId')(one)} />}
      </Labelled>
      <Labelled label="责任人" optional>
        {({ id }) => (
          <PersonPicker
            id={id}
            unit={unitId}
            chosen={personId ? [personId] : []}
            choose={([one]) => set('personId')(one)}
          />
        )}
      </Labelled>
      <PlainField
        label="在哪里"
        optional
        value={draft.place}
        set={set('place')}
        maxLength={300}
        placeholder="地点、网址或公开号码"
      />
      <PlainField
        label="开放时间"
        optional
        value={draft.hours}
        set={set('hours')}
        maxLength={100}
        placeholder="如：工作日 9:00–17:00"
      />
      <PlainField
        label="对象"
        optional
        value={draft.audience}
        set={set('audience')}
        maxLength={100}
        placeholder="如：企业"
      />
      <PlainField
        {...{ label: '用途', optional: true, value: draft.purpose, set: set('purpose'), maxLength: 60 }}
        placeholder="如：作风问题"
        suggestions={purposes}
      />
      <PlainField
        {...{ label: '每隔几天测试一次', optional: true, type: 'number', min: '1' }}
        value={draft.testEveryDays}
        set={set('testEveryDays')}
      />
      <SelectField label="状态" value={draft.status} set={set('status')} words={CHANNEL_STATUS} />
      <PlainField label="启用日期" type="date" value={draft.validFrom} set={set('validFrom')} />
      <PlainField
        {...{ label: '停用日期', optional: true, type: 'date', min: draft.validFrom }}
        value={validTo}
        set={set('validTo')}
      />
    </PanelForm>
  )
}
