import { Combobox } from '../../form/combobox.tsx'
import { useChannels } from '../channels/query.ts'
import { useDrives } from '../drives/query.ts'
import { useForums } from '../forums/query.ts'
import { Labelled } from '../page/labelled.tsx'
import { PlainField } from '../page/plain-field.tsx'
import type { Channel, Draft } from './draft.ts'

interface SourceFieldsProps {
  readonly channel: Channel
  readonly draft: Draft
  readonly set: (change: Partial<Draft>) => void
  readonly error: string | undefined
}

/** Where it was heard (来源): which record of the channel, which drive, which session, which post. */
export function SourceFields({ channel, draft, set, error }: SourceFieldsProps) {
  const { data: channels, isPending } = useChannels({ kind: channel })
  const { data: drives } = useDrives()
  const { data: forums } = useForums()
  const given = draft.channelId !== '' || draft.driveId !== '' || draft.forumId !== '' || draft.link !== ''
  const one = (value: string) => (value === '' ? [] : [value])
  return (
    <details className="more-fields" open={given || error !== undefined || undefined}>
      <summary>来源</summary>
      <Labelled label="渠道记录" optional>
        {({ id }) => (
          <Combobox
            {...{ id, loading: isPending, placeholder: '哪一个群、信箱、窗口' }}
            options={(channels?.items ?? [])
              .filter(({ status }) => status === 'open')
              .map((record) => ({ value: record.id, label: record.name, hint: record.unit.name }))}
            chosen={one(draft.channelId)}
            choose={([value = '']) => set({ channelId: value })}
          />
        )}
      </Labelled>
      <Labelled label="征集活动" optional>
        {({ id }) => (
          <Combobox
            {...{ id, placeholder: '属于哪次集中征集' }}
            options={(drives?.items ?? [])
              .filter((drive) => drive.status === 'open' || drive.id === draft.driveId)
              .map((drive) => ({ value: drive.id, label: drive.title, hint: `至 ${drive.to}` }))}
            chosen={one(draft.driveId)}
            choose={([value = '']) => set({ driveId: value })}
          />
        )}
      </Labelled>
      <Labelled label="座谈调研" optional>
        {({ id }) => (
          <Combobox
            {...{ id, placeholder: '在哪一场听到的' }}
            options={(forums?.items ?? []).map((forum) => ({
              ...{ value: forum.id, label: forum.title, hint: forum.heldOn },
            }))}
            chosen={one(draft.forumId)}
            choose={([value = '']) => set({ forumId: value })}
          />
        )}
      </Labelled>
      <PlainField
        {...{ label: '原帖或截图网页', optional: true, placeholder: 'https://' }}
        value={draft.link}
        set={(link) => set({ link })}
      />
      {error !== undefined && (
        <p className="field-error" role="alert">
          {error}
        </p>
      )}
    </details>
  )
}
