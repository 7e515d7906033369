import {
  CONFIDENTIALITY,
  type Confidentiality,
  REPLY_FORMAT,
  type ReplyFormat,
  SOURCE_RANK,
  type SourceRank,
} from '@banjie/contract'
import { useState } from 'react'
import { Attachments } from '../../form/attachments-field.tsx'
import { PersonPicker, UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { useKinds } from '../meetings/query.ts'
import { Labelled } from '../page/labelled.tsx'
import { LinesField } from '../page/lines-field.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { refreshInstructions } from './query.ts'

const ABOUT = { document: '来文', case: '已有事项', free: '其他' } as const
const blank = () => ({
  leaderId: undefined as string | undefined,
  leaderTitle: '',
  on: dayOf(new Date()),
  kind: '',
  aboutKind: 'document' as keyof typeof ABOUT,
  title: '',
  number: '',
  text: '',
  images: [] as readonly string[],
  rank: 'district' as SourceRank,
  confidentiality: 'internal' as Confidentiality,
  reply: 'written' as ReplyFormat,
  unitId: undefined as string | undefined,
  personId: undefined as string | undefined,
  workdays: '5',
})
type Draft = ReturnType<typeof blank>

const aboutOf = ({ aboutKind, title, number }: Draft): Request<'newInstruction'>['body']['about'] => {
  if (aboutKind === 'case') return { kind: 'case', number: number.replaceAll(/\s/g, '') }
  return aboutKind === 'document' ? { kind: 'document', title, number } : { kind: 'free', title }
}

/** What a leader wrote, as the secretary takes it down: the words or a photo of them, on what, and who has to do something by when. */
export function InstructionForm({ close }: { readonly close: () => void }) {
  const [draft, setDraft] = useState(blank)
  const kinds = useKinds().data?.instructions ?? []
  const chosen = kinds.find(({ code }) => code === draft.kind) ?? kinds.find(({ actionable }) => actionable)
  const actionable = chosen?.actionable === true
  const set =
    <K extends keyof Draft>(name: K) =>
    (value: Draft[K]) =>
      setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission((body: Request<'newInstruction'>['body'], key) => api('newInstruction', { body, key }), {
    done: ({ case: task }) => {
      announce(task === null ? '已登记，只留存' : `已登记并交办 ${task.number}`)
      refreshInstructions()
      close()
    },
  })
  const isFromHere = draft.rank === 'district' || draft.rank === 'districtHead'
  const hasLeader = isFromHere ? draft.leaderId !== undefined : draft.leaderTitle.trim() !== ''
  const hasAbout = draft.aboutKind === 'case' ? draft.number.trim() !== '' : draft.title.trim() !== ''
  const hasWords = draft.text.trim() !== '' || draft.images.length > 0
  const hasOwner = !actionable || (draft.unitId !== undefined && Number(draft.workdays) > 0)
  const send = () => {
    if (chosen === undefined) return
    const { on, text, rank, confidentiality, reply, unitId, personId, workdays, leaderId, leaderTitle, images } = draft
    save.mutate({
      ...{ on, text, rank, confidentiality, reply, kind: chosen.code, about: aboutOf(draft) },
      ...(isFromHere ? leaderId !== undefined && { leaderId } : { leaderTitle }),
      ...(images[0] !== undefined && { imageId: images[0] }),
      ...(actionable && unitId !== undefined && { unitId, dueWorkdays: Number(workdays) }),
      ...(actionable && personId !== undefined && { personId }),
    })
  }
  return (
    <PanelForm
      title="登记批示"
      act={actionable ? '登记并交办' : '登记'}
      ready={hasLeader && hasAbout && hasWords && hasOwner}
      sending={save}
      close={close}
      submit={send}
    >
      <SelectField label="来源级别" value={draft.rank} set={set('rank')} words={SOURCE_RANK} />
      {isFromHere ? (
        <Labelled label="批示领导">
          {({ id }) => (
            <PersonPicker
              id={id}
              unit={undefined}
              chosen={draft.leaderId ? [draft.leaderId] : []}
              choose={([one]) => set('leaderId')(one)}
            />
          )}
        </Labelled>
      ) : (
        <PlainField
          label="批示领导"
          value={draft.leaderTitle}
          set={set('leaderTitle')}
          maxLength={40}
          placeholder="如：市政府分管领导"
        />
      )}
      <PlainField label="批示日期" type="date" value={draft.on} set={set('on')} />
      <SelectField label="批在什么上" value={draft.aboutKind} set={set('aboutKind')} words={ABOUT} />
      {draft.aboutKind !== 'case' && (
        <PlainField
          label={draft.aboutKind === 'document' ? '来文标题' : '事由'}
          value={draft.title}
          set={set('title')}
          maxLength={100}
        />
      )}
      {draft.aboutKind === 'case' && (
        <PlainField label="事项编号" value={draft.number} set={set('number')} maxLength={40} />
      )}
      {draft.aboutKind === 'document' && (
        <PlainField label="来文文号" optional value={draft.number} set={set('number')} maxLength={60} />
      )}
      <LinesField label="批示原文" value={draft.text} set={set('text')} rows={2} hint="或上传照片、扫描件" />
      <Labelled label="批示照片" optional hint="最大 10 MB">
        {({ id, 'aria-describedby': describedBy }) => (
          <Attachments {...{ id, describedBy, max: 1, chosen: draft.images, choose: set('images') }} />
        )}
      </Labelled>
      <SelectField
        label="批示种类"
        value={chosen?.code ?? ''}
        set={set('kind')}
        words={Object.fromEntries(kinds.map(({ code, label }) => [code, label]))}
        hint={actionable ? '需要办理：立即交办' : '只留存，不交办'}
      />
      <SelectField
        label="知悉范围"
        value={draft.confidentiality}
        set={set('confidentiality')}
        words={CONFIDENTIALITY}
      />
      {actionable && (
        <>
          <Labelled label="承办单位">
            {({ id }) => (
              <UnitPicker
                id={id}
                chosen={draft.unitId ? [draft.unitId] : []}
                choose={([unitId]) => setDraft((before) => ({ ...before, unitId, personId: undefined }))}
              />
            )}
          </Labelled>
          <Labelled label="承办人" optional>
            {({ id }) => (
              <PersonPicker
                id={id}
                unit={draft.unitId}
                chosen={draft.personId ? [draft.personId] : []}
                choose={([one]) => set('personId')(one)}
              />
            )}
          </Labelled>
          <PlainField label="几个工作日内反馈" type="number" min="1" value={draft.workdays} set={set('workdays')} />
          <SelectField label="反馈形式" value={draft.reply} set={set('reply')} words={REPLY_FORMAT} />
        </>
      )}
    </PanelForm>
  )
}
