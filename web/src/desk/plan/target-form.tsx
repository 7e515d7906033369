import { QUALIFIER, TARGET_KIND } from '@banjie/contract'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { useSubmission } from '../../shared/submission.ts'
import { typedWan } from '../../shared/wan.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { AnswerableFields, answerableFrom, answerableOf, NOBODY } from './answerable-fields.tsx'
import { refreshPlans, type TargetDetail } from './query.ts'

const QUALIFIERS = { exact: '正好', about: QUALIFIER.about, over: QUALIFIER.over, atLeast: '以上（不少于）' } as const
type Kind = keyof typeof TARGET_KIND
const EACH: readonly Kind[] = ['threshold', 'eachHas']
const lines = (words: string) =>
  words
    .split(/[\n，、,]/)
    .map((one) => one.trim())
    .filter(Boolean)

const emptyOf = (year: number) => ({
  ...{ title: '', kind: 'count' as Kind, value: '', unit: '', qualifier: 'exact' as keyof typeof QUALIFIERS },
  ...{ eachWhat: '', eachValue: '', eachUnit: '', words: '', objects: '' },
  ...{ startOn: `${year}-01-01`, dueOn: `${year}-12-31`, answerable: NOBODY, budget: '' },
})
/** A drafted target as the form shows it. */
function draftOf(target: TargetDetail): Draft {
  const { definition, objects, title } = target
  const { each, words } = definition
  return {
    ...{ title, kind: definition.kind, value: String(definition.value), unit: definition.unit },
    ...{ qualifier: definition.qualifier, eachWhat: each?.what ?? '', eachValue: String(each?.value ?? '') },
    ...{ eachUnit: each?.unit ?? '', words: words.join('、'), objects: objects.map(({ name }) => name).join('\n') },
    ...{ startOn: definition.startOn ?? '', dueOn: definition.dueOn ?? '', answerable: answerableFrom(target) },
    budget: typedWan(definition.budget?.fen),
  }
}
type Draft = ReturnType<typeof emptyOf>
type Body = Parameters<typeof api<'newTarget'>>[1]['body']

const FEN_IN_WAN = 1_000_000
/** What the form does not show stays as it is: the units of objects, whether a budget is 约 or 余. */
const bodyOf = (draft: Draft, known: TargetDetail | undefined): Body => ({
  title: draft.title,
  definition: {
    ...{ kind: draft.kind, value: Number(draft.value), unit: draft.unit, qualifier: draft.qualifier },
    each: EACH.includes(draft.kind)
      ? { what: draft.eachWhat, value: Number(draft.eachValue), unit: draft.eachUnit, qualifier: 'atLeast' as const }
      : null,
    words: draft.kind === 'objects' ? lines(draft.words) : [],
    ...{ startOn: draft.startOn || null, dueOn: draft.dueOn || null },
    budget:
      draft.budget === ''
        ? null
        : {
            fen: Math.round(Number(draft.budget) * FEN_IN_WAN),
            qualifier: known?.definition.budget?.qualifier ?? ('exact' as const),
          },
  },
  ...answerableOf(draft.answerable),
  objects: draft.kind === 'count' ? [] : lines(draft.objects).map((name) => ({ name, unitId: unitOf(known, name) })),
})

const unitOf = (known: TargetDetail | undefined, name: string) =>
  known?.objects.find((object) => object.name === name)?.unit?.id ?? null

interface Props {
  /** The field it is added to, or the drafted target that is changed. */
  readonly at: { readonly field: string } | TargetDetail
  readonly year: number
  readonly close: () => void
}
/** A target of a drafted plan, new or changed: how much of what, by when, by whom, checked by whom. */
export function TargetForm({ at, year, close }: Props) {
  const known = 'field' in at && 'id' in at ? at : undefined
  const [draft, setDraft] = useState(() => (known === undefined ? emptyOf(year) : draftOf(known)))
  const set =
    <K extends keyof Draft>(name: K) =>
    (value: Draft[K]) =>
      setDraft((before) => ({ ...before, [name]: value }))
  const send = (body: Body, key: string) =>
    known === undefined
      ? api('newTarget', { params: { id: at.field }, body, key })
      : api('editTarget', { params: { id: known.id }, body, key })
  const save = useSubmission(send, {
    done: ({ title }) => {
      announce(`已保存目标“${title}”`)
      refreshPlans()
      close()
    },
  })
  return (
    <PanelForm
      title={known === undefined ? '加目标' : '修改目标'}
      ready={true}
      sending={save}
      close={close}
      act={known === undefined ? '加入作战图' : '保存'}
      submit={() => {
        save.mutate(bodyOf(draft, known))
      }}
    >
      <PlainField
        {...{ label: '目标', value: draft.title, set: set('title'), maxLength: 80 }}
        placeholder="如：农贸市场升级改造"
      />
      <SelectField label="种类" value={draft.kind} set={set('kind')} words={TARGET_KIND} />
      <PlainField {...{ label: '数量', value: draft.value, set: set('value'), type: 'number', min: '0' }} />
      <PlainField
        {...{ label: '单位', value: draft.unit, set: set('unit'), maxLength: 10 }}
        placeholder="所、户、条、平方米"
      />
      <SelectField label="约数" value={draft.qualifier} set={set('qualifier')} words={QUALIFIERS} />
      {EACH.includes(draft.kind) && (
        <>
          <PlainField
            {...{ label: '每个的标准', value: draft.eachWhat, set: set('eachWhat') }}
            placeholder="如：面积"
          />
          <PlainField {...{ label: '不少于', value: draft.eachValue, set: set('eachValue'), type: 'number' }} />
          <PlainField {...{ label: '标准的单位', value: draft.eachUnit, set: set('eachUnit'), maxLength: 10 }} />
        </>
      )}
      {draft.kind === 'objects' && (
        <PlainField
          {...{ label: '验收词', optional: true, value: draft.words, set: set('words') }}
          placeholder="路平、草绿、灯亮、门严"
        />
      )}
      {draft.kind !== 'count' && (known !== undefined || draft.kind !== 'coverage') && (
        <Labelled label="对象" optional hint="一行一个，公布后还可补登">
          {(given) => (
            <textarea
              {...given}
              className="input"
              rows={3}
              value={draft.objects}
              onChange={(event) => set('objects')(event.target.value)}
            />
          )}
        </Labelled>
      )}
      <PlainField label="开始" type="date" value={draft.startOn} set={set('startOn')} />
      <PlainField {...{ label: '完成', type: 'date', value: draft.dueOn, set: set('dueOn'), min: draft.startOn }} />
      <PlainField
        {...{
          label: '预算（万元）',
          optional: true,
          value: draft.budget,
          set: set('budget'),
          type: 'number',
          min: '0',
        }}
      />
      <AnswerableFields value={draft.answerable} set={set('answerable')} />
    </PanelForm>
  )
}
