import { useState } from 'react'
import { Combobox } from '../../form/combobox.tsx'
import { PersonPicker, UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { usePeople } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { useCampaignTags, useTargets } from '../duties/query.ts'
import { Labelled } from '../page/labelled.tsx'
import { LinesField, linesOf } from '../page/lines-field.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TickList } from '../page/tick-list.tsx'
import { go } from '../router.ts'
import { type Meeting, refreshMeetings, useKinds } from './query.ts'

type Body = Request<'newMeeting'>['body']
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id)

const draftOf = (meeting: Meeting | undefined) => {
  const people = (presence: string) =>
    meeting?.attendance.flatMap((one) => (one.presence === presence && one.person ? one.person.id : [])) ?? []
  return {
    kind: meeting?.kind.code ?? '',
    title: meeting?.title ?? '',
    on: meeting?.on ?? dayOf(new Date()),
    at: meeting?.at ?? '09:00',
    place: meeting?.place ?? '',
    chairId: meeting?.chair.id as string | undefined,
    units: meeting?.attendance.flatMap((one) => (one.person === null ? one.unit.id : [])) ?? ([] as readonly string[]),
    present: people('present') as readonly string[],
    leave: people('leave') as readonly string[],
    agenda: meeting?.agenda.join('\n') ?? '',
    firms: meeting?.firms.join('\n') ?? '',
    targets: idsOf(meeting?.targets ?? []) as readonly string[],
    cases: meeting?.cases.map(({ number }) => number).join('\n') ?? '',
    tags: meeting?.tags ?? ([] as readonly string[]),
  }
}

/** A meeting to record or to correct: who led it, who came, what it was about. */
export function MeetingForm({ meeting, close }: { readonly meeting: Meeting | undefined; readonly close: () => void }) {
  const [draft, setDraft] = useState(() => draftOf(meeting))
  const kinds = useKinds().data?.meetings ?? []
  const people = usePeople(undefined)
  const targets = useTargets({})
  const set =
    <K extends keyof typeof draft>(name: K) =>
    (value: (typeof draft)[K]) =>
      setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission(
    (body: Body, key) =>
      meeting === undefined
        ? api('newMeeting', { body, key })
        : api('editMeeting', { params: { id: meeting.id }, body, key }),
    {
      done: ({ id, title }) => {
        announce(`已保存“${title}”`)
        refreshMeetings()
        close()
        go(`/w/meetings/${id}`)
      },
    },
  )
  const kind = draft.kind || (kinds[0]?.code ?? '')
  const persons = (people.data?.items ?? []).map(({ id, name, unitName, post }) => ({
    ...{ value: id, label: name, hint: [unitName, post].filter(Boolean).join(' · ') },
  }))
  const rowsOf = (ids: readonly string[], presence: 'present' | 'leave') =>
    ids.flatMap((personId) => {
      const unitId = people.data?.items.find(({ id }) => id === personId)?.unitId
      return unitId ? { unitId, personId, presence } : []
    })
  const send = () => {
    const { chairId, units, present, leave, agenda, firms, targets: targetIds, cases, tags, ...rest } = draft
    if (chairId === undefined) return
    save.mutate({
      ...{ ...rest, kind, chairId, agenda: linesOf(agenda), firms: linesOf(firms), targetIds: [...targetIds] },
      ...{ caseNumbers: linesOf(cases), tags: [...tags] },
      attendance: [...units.map((unitId) => ({ unitId })), ...rowsOf(present, 'present'), ...rowsOf(leave, 'leave')],
    })
  }
  return (
    <PanelForm
      title={meeting === undefined ? '登记会议' : '修改会议'}
      ready={draft.title.trim() !== '' && draft.place.trim() !== '' && draft.chairId !== undefined && kind !== ''}
      sending={save}
      close={close}
      submit={send}
    >
      <SelectField
        label="种类"
        value={kind}
        set={set('kind')}
        words={Object.fromEntries(kinds.map(({ code, label }) => [code, label]))}
      />
      <PlainField label="会议名称" value={draft.title} set={set('title')} maxLength={80} />
      <PlainField label="日期" type="date" value={draft.on} set={set('on')} />
      <PlainField label="时间" type="time" value={draft.at} set={set('at')} />
      <PlainField label="地点" value={draft.place} set={set('place')} maxLength={100} />
      <Labelled label="主持人">
        {({ id }) => (
          <PersonPicker
            id={id}
            unit={undefined}
            chosen={draft.chairId ? [draft.chairId] : []}
            choose={([one]) => set('chairId')(one)}
          />
        )}
      </Labelled>
      <Labelled label="参会单位" optional>
        {({ id }) => <UnitPicker id={id} multiple chosen={draft.units} choose={set('units')} />}
      </Labelled>
      <Labelled label="出席人员" optional>
        {({ id }) => (
          <Combobox {...{ id, multiple: true, options: persons, chosen: draft.present, choose: set('present') }} />
        )}
      </Labelled>
      <Labelled label="请假人员" optional>
        {({ id }) => (
          <Combobox {...{ id, multiple: true, options: persons, chosen: draft.leave, choose: set('leave') }} />
        )}
      </Labelled>
      <Labelled label="包保对象" optional>
        {({ id }) => (
          <Combobox
            {...{ id, multiple: true, loading: targets.isPending, chosen: draft.targets, choose: set('targets') }}
            options={(targets.data?.items ?? []).map((one) => ({ value: one.id, label: one.name }))}
          />
        )}
      </Labelled>
      <Campaigns on={draft.on} chosen={draft.tags} choose={set('tags')} />
      <LinesField label="议题" optional value={draft.agenda} set={set('agenda')} hint="一行一项" />
      <LinesField label="到会企业" optional value={draft.firms} set={set('firms')} hint="一行一家" rows={2} />
      <LinesField label="涉及事项" optional value={draft.cases} set={set('cases')} hint="一行一个编号" rows={2} />
    </PanelForm>
  )
}

/** The campaigns of the day, and what is ticked though it does not run on it, so that it can be taken off. */
function Campaigns({
  on,
  chosen,
  choose,
}: {
  readonly on: string
  readonly chosen: readonly string[]
  readonly choose: (tags: readonly string[]) => void
}) {
  const items = useCampaignTags(on, undefined).data?.items ?? []
  const strange = chosen.filter((tag) => items.every((one) => one.tag !== tag))
  const options = [
    ...items.map(({ tag, title }) => [tag, title] as const),
    ...strange.map((tag) => [tag, `${tag}（当日没有这个活动，请去掉）`] as const),
  ]
  return options.length === 0 ? null : <TickList {...{ label: '记入活动', options, chosen, choose }} />
}
