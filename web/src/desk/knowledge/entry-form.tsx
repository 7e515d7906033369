import { KNOWLEDGE_KIND } from '@banjie/contract'
import { useState } from 'react'
import { CategoryPicker, UnitPicker } from '../../form/pickers.tsx'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PanelForm } from '../page/panel-form.tsx'
import { PlainField, SelectField } from '../page/plain-field.tsx'
import { type Entry, rememberEntry } from './query.ts'

interface EntryFormProps {
  /** Absent: a new one. */
  readonly entry: Entry | undefined
  readonly close: () => void
  readonly saved: (file: Answer<'newKnowledge'>) => void
}

const YEAR_MS = 365 * 86_400_000
/** What waits is written on; else what is in use. */
const draftOf = (entry: Entry | undefined) => {
  const words = entry?.waiting ?? entry
  return {
    kind: words?.kind ?? ('question' as const),
    title: words?.title ?? '',
    phrasings: (words?.phrasings ?? []).join('\n'),
    text: words?.text ?? '',
    category: words?.category ?? undefined,
    ownerUnitId: (words?.ownerUnitId ?? undefined) as string | undefined,
    source: words?.source ?? '',
    sourceUrl: words?.sourceUrl ?? '',
    validFrom: words?.validFrom ?? dayOf(new Date()),
    expiresOn: words?.expiresOn ?? dayOf(new Date(Date.now() + YEAR_MS)),
    public: words?.public ?? true,
  }
}
const YES_NO = { yes: '公开，群众可查', no: '只供工作人员答复时用' } as const

/** An entry's words (起草、修改): offered once somebody else has approved them. */
export function EntryForm({ entry, close, saved }: EntryFormProps) {
  const [draft, setDraft] = useState(() => draftOf(entry))
  const set =
    <K extends keyof typeof draft>(name: K) =>
    (value: (typeof draft)[K]) =>
      setDraft((before) => ({ ...before, [name]: value }))
  const save = useSubmission(
    (body: Request<'newKnowledge'>['body'], key) =>
      entry === undefined
        ? api('newKnowledge', { body, key })
        : api('reviseKnowledge', { params: { id: entry.id }, body, key }),
    {
      done: (file) => {
        announce(`“${file.waiting?.title ?? file.title}”已交审定，审定前不会提供给任何人`)
        rememberEntry(file)
        close()
        saved(file)
      },
    },
  )
  const ready = [draft.title, draft.text, draft.source].every((words) => words.trim() !== '')
  const title = entry === undefined ? '起草条目' : `修改“${entry.title}”`
  return (
    <PanelForm
      title={title}
      ready={ready}
      sending={save}
      close={close}
      act="交审定"
      submit={() => {
        const { sourceUrl, category, ownerUnitId, phrasings, ...rest } = draft
        if (ready)
          save.mutate({
            ...rest,
            phrasings: phrasings.split('\n').flatMap((line) => (line.trim() === '' ? [] : line.trim())),
            ...(category !== undefined && { category }),
            ...(ownerUnitId !== undefined && { ownerUnitId }),
            ...(sourceUrl.trim() !== '' && { sourceUrl: sourceUrl.trim() }),
          })
      }}
    >
      <PlainField label="标题" value={draft.title} set={set('title')} maxLength={100} placeholder="如：暖气费怎么退" />
      <SelectField label="类别" value={draft.kind} set={set('kind')} words={KNOWLEDGE_KIND} />
      <Labelled label="内容" className="knowledge-wide" hint="不能有个人的电话、证件号、姓名；单位公开的电话可以写。">
        {(field) => (
          <textarea
            {...field}
            className="input textarea"
            rows={6}
            maxLength={5000}
            value={draft.text}
            onChange={(event) => set('text')(event.target.value)}
          />
        )}
      </Labelled>
      <Labelled
        label="群众可能的问法"
        optional
        className="knowledge-wide"
        hint="每行一个，用群众自己的话，查找时最有用。"
      >
        {(field) => (
          <textarea
            {...field}
            className="input textarea"
            rows={3}
            value={draft.phrasings}
            onChange={(event) => set('phrasings')(event.target.value)}
          />
        )}
      </Labelled>
      <PlainField
        {...{ label: '来源', value: draft.source, set: set('source'), maxLength: 200 }}
        placeholder="文号，或谁在哪里说的"
      />
      <PlainField
        {...{ label: '原文网址', optional: true, type: 'url' }}
        value={draft.sourceUrl}
        set={set('sourceUrl')}
      />
      <Labelled label="事项类别" optional>
        {({ id }) => (
          <CategoryPicker
            id={id}
            chosen={draft.category ? [draft.category] : []}
            choose={([one]) => set('category')(one)}
          />
        )}
      </Labelled>
      <Labelled label="维护单位" optional hint="不填由受理中心维护。">
        {({ id }) => (
          <UnitPicker
            id={id}
            chosen={draft.ownerUnitId ? [draft.ownerUnitId] : []}
            choose={([one]) => set('ownerUnitId')(one)}
          />
        )}
      </Labelled>
      <PlainField label="生效日期" type="date" value={draft.validFrom} set={set('validFrom')} />
      <PlainField
        {...{ label: '有效期至', type: 'date', min: draft.validFrom }}
        hint="到期前三十天请维护单位复核，到期后不再提供给任何人。"
        value={draft.expiresOn}
        set={set('expiresOn')}
      />
      <SelectField
        label="公开"
        value={draft.public ? 'yes' : 'no'}
        set={(value) => set('public')(value === 'yes')}
        words={YES_NO}
      />
    </PanelForm>
  )
}
