import { CAMPAIGN_KIND, CAMPAIGN_SCOPE, LIAISON_TARGET_KIND, VISIT_KIND } from '@banjie/contract'
import { useState } from 'react'
import { PersonPicker, UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { TickList } from '../page/tick-list.tsx'
import { go } from '../router.ts'
import { type CampaignRow, refreshCampaigns } from './query.ts'

type TargetKind = keyof typeof LIAISON_TARGET_KIND
type VisitKind = keyof typeof VISIT_KIND
const TARGET_KINDS = Object.entries(LIAISON_TARGET_KIND) as [TargetKind, string][]
const VISIT_KINDS = Object.entries(VISIT_KIND) as [VisitKind, string][]
const SPAN_MONTHS = 3

const monthsAfter = (day: string, months: number) => {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + months)
  return at.toISOString().slice(0, 10)
}
const blank = () => ({
  ...{ title: '', kind: 'campaign' as keyof typeof CAMPAIGN_KIND, banner: '', superior: '', parentId: '' },
  ...{ tag: undefined as string | undefined, from: dayOf(new Date()), to: monthsAfter(dayOf(new Date()), SPAN_MONTHS) },
  ...{ unitId: undefined as string | undefined, personId: undefined as string | undefined },
  checkUnitId: undefined as string | undefined,
  ...{ by: 'kind' as keyof typeof CAMPAIGN_SCOPE, kinds: ['enterprise'] as readonly TargetKind[] },
  ...{ places: '', units: [] as readonly string[], least: '1' },
  counts: VISIT_KINDS.map(([kind]) => kind) as readonly VisitKind[],
})
type Draft = ReturnType<typeof blank>
type Body = Request<'newCampaign'>['body']
type Change = (part: Partial<Draft>) => void

/** The title without its quotes makes a good word, as long as it is one. */
const wordOf = ({ tag, title }: Pick<Draft, 'tag' | 'title'>) =>
  tag ?? title.replaceAll(/[“”"《》\s,，、；;]|活动$|行动$/g, '').slice(0, 20)

function scopeOf({ by, kinds, places, units }: Draft): Body['scope'] {
  if (by === 'kind') return { by, kinds: [...kinds] }
  if (by === 'division')
    return { by, kinds: [...kinds], divisionCodes: places.split(/[\s,，、]+/).filter((code) => code !== '') }
  return by === 'unit' ? { by, unitIds: [...units] } : { by }
}
const isReady = (draft: Draft) =>
  draft.title.trim() !== '' &&
  wordOf(draft) !== '' &&
  [draft.unitId, draft.personId, draft.checkUnitId].every((one) => one !== undefined) &&
  draft.counts.length > 0 &&
  (!['kind', 'division'].includes(draft.by) || draft.kinds.length > 0) &&
  (draft.by !== 'division' || draft.places.trim() !== '')

function bodyOf(draft: Draft): Body {
  const { title, kind, banner, superior, parentId, from, to, least, counts, unitId, personId, checkUnitId } = draft
  return {
    ...{ title, kind, tag: wordOf(draft), banner, superior: parentId === '' ? superior : '', from, to },
    ...(parentId !== '' && { parentId }),
    ...{ ownerUnitId: unitId ?? '', ownerId: personId ?? '', checkUnitId: checkUnitId ?? '' },
    ...{ scope: scopeOf(draft), least: Number(least), counts: [...counts] },
  }
}

/** Starts a campaign: what, by whom, until when, whom to reach, and what counts as reached. */
export function CampaignForm({
  campaigns,
  close,
}: {
  readonly campaigns: readonly CampaignRow[]
  readonly close: () => void
}) {
  const [draft, setDraft] = useState(blank)
  const change: Change = (part) => setDraft((before) => ({ ...before, ...part }))
  const save = useSubmission((body: Body, key) => api('newCampaign', { body, key }), {
    done: ({ id, title }) => {
      announce(`已发起“${title}”`)
      refreshCampaigns()
      close()
      go(`/w/campaigns/${id}`)
    },
  })
  return (
    <PanelForm
      {...{ title: '发起活动', act: '发起', ready: isReady(draft), sending: save, close }}
      submit={() => save.mutate(bodyOf(draft))}
    >
      <PlainField label="名称" value={draft.title} set={(title) => change({ title })} maxLength={60} />
      <PlainField
        {...{ label: '标签', value: wordOf(draft), maxLength: 20, set: (tag) => change({ tag }) }}
        hint="走访时勾选的词，不能与别的活动相同"
      />
      <SelectField label="种类" value={draft.kind} set={(kind) => change({ kind })} words={CAMPAIGN_KIND} />
      <PlainField label="口号" optional value={draft.banner} set={(banner) => change({ banner })} maxLength={60} />
      <Above {...{ draft, change, campaigns }} />
      <PlainField label="开始" type="date" value={draft.from} set={(from) => change({ from })} />
      <PlainField label="结束" type="date" value={draft.to} min={draft.from} set={(to) => change({ to })} />
      <Answering {...{ draft, change }} />
      <Scope {...{ draft, change }} />
      <PlainField
        {...{ label: '每个对象至少几次', type: 'number', min: '1', value: draft.least }}
        set={(least) => change({ least })}
      />
      <TickList
        {...{ label: '哪些方式算数', options: VISIT_KINDS, chosen: draft.counts }}
        choose={(counts) => change({ counts })}
      />
    </PanelForm>
  )
}

interface PartProps {
  readonly draft: Draft
  readonly change: Change
}
/** Whose activity it is part of: one that is kept here, or the superior's by name. */
function Above({ draft, change, campaigns }: PartProps & { readonly campaigns: readonly CampaignRow[] }) {
  const words = Object.fromEntries([['', '没有，或不在册'], ...campaigns.map(({ id, title }) => [id, title])])
  return (
    <>
      {campaigns.length > 0 && (
        <SelectField
          {...{ label: '属于哪个活动', value: draft.parentId, words }}
          set={(parentId) => change({ parentId })}
        />
      )}
      {draft.parentId === '' && (
        <PlainField
          {...{ label: '上级部署', optional: true, value: draft.superior, maxLength: 100 }}
          hint="例如上级机关和它的活动名称"
          set={(superior) => change({ superior })}
        />
      )}
    </>
  )
}

const listOf = (chosen: string | undefined) => (chosen === undefined ? [] : [chosen])
function Answering({ draft, change }: PartProps) {
  return (
    <>
      <Labelled label="牵头单位">
        {({ id }) => (
          <UnitPicker
            {...{ id, chosen: listOf(draft.unitId) }}
            choose={([unitId]) => change({ unitId, personId: undefined })}
          />
        )}
      </Labelled>
      <Labelled label="负责人">
        {({ id }) => (
          <PersonPicker
            {...{ id, unit: draft.unitId, chosen: listOf(draft.personId) }}
            choose={([personId]) => change({ personId })}
          />
        )}
      </Labelled>
      <Labelled label="由谁检查" hint="不能是牵头单位自己">
        {({ id }) => (
          <UnitPicker
            {...{ id, chosen: listOf(draft.checkUnitId) }}
            choose={([checkUnitId]) => change({ checkUnitId })}
          />
        )}
      </Labelled>
    </>
  )
}

const SCOPE_HINT: Readonly<Record<Draft['by'], string>> = {
  kind: '登记的这几类对象都在范围内，新登记的自动加入',
  division: '这些区划及其下级的对象都在范围内',
  list: '发起之后在活动页逐个补充或上传名单',
  unit: '单位有人去走访就算参加',
  children: '本身不设范围，只汇总属于它的活动',
}
function Scope({ draft, change }: PartProps) {
  return (
    <>
      <SelectField
        {...{ label: '范围', value: draft.by, words: CAMPAIGN_SCOPE, hint: SCOPE_HINT[draft.by] }}
        set={(by) => change({ by })}
      />
      {(draft.by === 'kind' || draft.by === 'division') && (
        <TickList
          {...{ label: '对象类别', options: TARGET_KINDS, chosen: draft.kinds }}
          choose={(kinds) => change({ kinds })}
        />
      )}
      {draft.by === 'division' && (
        <PlainField
          {...{ label: '区划代码', value: draft.places, placeholder: '例如 210114001，几个用顿号分开' }}
          set={(places) => change({ places })}
        />
      )}
      {draft.by === 'unit' && (
        <Labelled label="参加的单位">
          {({ id }) => (
            <UnitPicker
              {...{ id, multiple: true, max: 500, chosen: draft.units }}
              choose={(units) => change({ units })}
            />
          )}
        </Labelled>
      )}
    </>
  )
}
