import {
  CADENCE_PER,
  type CadencePer,
  DEBTOR_KIND,
  type DebtorKind,
  DUTY_SHARING,
  type DutySharing,
  LIAISON_TARGET_KIND,
  type LiaisonTargetKind,
  VISIT_KIND,
  type VisitKind,
} from '@banjie/contract'
import { useState } from 'react'
import { PersonPicker, UnitPicker } from '../../form/pickers.tsx'
import { api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type Rule, refreshDuties } from './query.ts'
import { TargetPicker } from './target-picker.tsx'

type Body = Request<'newCadenceRule'>['body']
const KINDS = Object.entries(VISIT_KIND) as [VisitKind, string][]
const ONE = 'one'
const TOWARD = { ...LIAISON_TARGET_KIND, [ONE]: '某一个对象' } as const

/** The first day of the period after today (下一周期首日): a version begins with a period. */
function nextStart(per: CadencePer, today: string): string {
  const day = new Date(`${today}T00:00:00Z`)
  if (per === 'day') day.setUTCDate(day.getUTCDate() + 1)
  else if (per === 'week') day.setUTCDate(day.getUTCDate() + 7 - ((day.getUTCDay() + 6) % 7))
  else {
    const months = per === 'month' ? 1 : 3 - (day.getUTCMonth() % 3)
    day.setUTCMonth(day.getUTCMonth() + months, 1)
  }
  return day.toISOString().slice(0, 10)
}

const startOf = (before: Rule | undefined) => {
  const debtor = before?.debtor
  return {
    ...{ title: before?.title ?? '', basis: before?.basis ?? '', min: String(before?.min ?? 1) },
    ...{ per: before?.per ?? ('week' as CadencePer), sharing: before?.sharing ?? ('either' as DutySharing) },
    ...{ counts: before?.counts ?? (['onSite'] as readonly VisitKind[]) },
    debtor: debtor?.kind ?? ('liaison' as DebtorKind),
    personId: debtor?.kind === 'person' ? (debtor.personId as string) : undefined,
    unitId: debtor?.kind === 'unit' || debtor?.kind === 'post' ? (debtor.unitId as string) : undefined,
    post: debtor?.kind === 'post' ? debtor.title : '',
    toward: before?.target ? ONE : (before?.towardKind ?? ('enterprise' as LiaisonTargetKind | typeof ONE)),
    targetId: before?.target?.id as string | undefined,
    validFrom: nextStart(before?.per ?? 'week', dayOf(new Date())),
  }
}
type Draft = ReturnType<typeof startOf>

/** Who owes, or undefined while that is not chosen yet. */
function debtorOf({ debtor, personId, unitId, post }: Draft): Body['debtor'] | undefined {
  if (debtor === 'liaison' || debtor === 'officer') return { kind: debtor }
  if (debtor === 'person') return personId === undefined ? undefined : { kind: 'person', personId }
  if (unitId === undefined) return undefined
  if (debtor === 'unit') return { kind: 'unit', unitId }
  return post.trim() === '' ? undefined : { kind: 'post', unitId, title: post }
}

/** A rule, or the next version of one (立规则、发新版). */
export function RuleForm({ before, close }: { readonly before: Rule | undefined; readonly close: () => void }) {
  const [code] = useState(() => before?.code ?? crypto.randomUUID().slice(0, 8))
  const [draft, setDraft] = useState(() => startOf(before))
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const save = useSubmission((body: Body, key) => api('newCadenceRule', { body, key }), {
    done: ({ title, version, validFrom }) => {
      announce(`“${title}”第 ${version} 版自 ${validFrom} 起生效`)
      refreshDuties()
      close()
    },
  })
  const debtor = debtorOf(draft)
  const { toward, targetId, title, basis, min, per, counts, sharing, validFrom } = draft
  const isAimed = toward !== ONE || targetId !== undefined
  return (
    <PanelForm
      title={before ? `新版本：${before.title}` : '立规则'}
      ready={
        debtor !== undefined &&
        isAimed &&
        title.trim() !== '' &&
        basis.trim() !== '' &&
        counts.length > 0 &&
        Number(min) > 0
      }
      sending={save}
      close={close}
      submit={() => {
        if (debtor === undefined) return
        const aim = toward === ONE ? { ...(targetId !== undefined && { targetId }) } : { towardKind: toward }
        save.mutate({
          ...{ code, title, basis, per, sharing, validFrom, debtor, min: Number(min), counts: [...counts] },
          ...aim,
        })
      }}
    >
      <PlainField
        {...{ label: '名称', value: title, maxLength: 80, placeholder: '如：包保项目每周至少到现场一次' }}
        set={(value) => change({ title: value })}
      />
      <SelectField
        label="由谁承担"
        value={draft.debtor}
        set={(value) => change({ debtor: value })}
        words={DEBTOR_KIND}
      />
      <Debtor draft={draft} change={change} />
      <SelectField label="对谁" value={toward} set={(value) => change({ toward: value })} words={TOWARD} />
      {toward === ONE && <TargetPicker chosen={targetId} choose={(id) => change({ targetId: id })} />}
      <SelectField
        {...{ label: '周期', value: per, words: CADENCE_PER }}
        set={(value) => change({ per: value, validFrom: nextStart(value, dayOf(new Date())) })}
      />
      <PlainField
        {...{ label: '至少几次', type: 'number', min: '1', value: min }}
        set={(value) => change({ min: value })}
      />
      <SelectField
        label="几名包保人"
        value={sharing}
        set={(value) => change({ sharing: value })}
        words={DUTY_SHARING}
      />
      <fieldset className="field visit-cases rule-kinds">
        <legend className="field-label">哪些方式算数</legend>
        {KINDS.map(([kind, word]) => (
          <label key={kind} className="check">
            <input
              type="checkbox"
              checked={counts.includes(kind)}
              onChange={() =>
                change({ counts: counts.includes(kind) ? counts.filter((one) => one !== kind) : [...counts, kind] })
              }
            />
            <span>{word}</span>
          </label>
        ))}
      </fieldset>
      <PlainField label="依据" value={basis} set={(value) => change({ basis: value })} maxLength={200} />
      <PlainField
        {...{ label: '自哪天起', type: 'date', value: validFrom, hint: '须是一个周期的第一天' }}
        set={(value) => change({ validFrom: value })}
      />
    </PanelForm>
  )
}

function Debtor({ draft, change }: { readonly draft: Draft; readonly change: (part: Partial<Draft>) => void }) {
  const { debtor, personId, unitId, post } = draft
  if (debtor === 'liaison' || debtor === 'officer') return null
  if (debtor === 'person')
    return (
      <Labelled label="人员">
        {({ id }) => (
          <PersonPicker
            {...{ id, unit: undefined, chosen: personId === undefined ? [] : [personId] }}
            choose={([one]) => change({ personId: one })}
          />
        )}
      </Labelled>
    )
  return (
    <>
      <Labelled label="单位">
        {({ id }) => (
          <UnitPicker
            {...{ id, chosen: unitId === undefined ? [] : [unitId] }}
            choose={([one]) => change({ unitId: one })}
          />
        )}
      </Labelled>
      {debtor === 'post' && (
        <PlainField label="岗位" value={post} set={(value) => change({ post: value })} maxLength={60} />
      )}
    </>
  )
}
