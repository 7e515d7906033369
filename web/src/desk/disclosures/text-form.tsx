import { useState } from 'react'
import type { ApiFault } from '../../shared/api.ts'
import { useFocusOnce } from '../../shared/focus.ts'
import { dayOf } from '../../shared/moment.ts'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { PlainField } from '../page/plain-field.tsx'
import type { PublicText } from './query.ts'

export interface TextDraft {
  readonly text: string
  readonly source: string
  readonly effectiveOn: string
  readonly validUntil: string
  readonly reason?: string
}

/** A year from today, as most of these texts hold. */
const nextYear = () => {
  const today = dayOf(new Date())
  return `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`.replace(/02-29$/, '02-28')
}
const draftOf = (before: PublicText | undefined) => ({
  text: before?.text ?? '',
  source: before?.source ?? '',
  effectiveOn: dayOf(new Date()),
  validUntil: nextYear(),
  reason: '',
})

interface TextFieldsProps {
  readonly draft: ReturnType<typeof draftOf>
  readonly set: (draft: ReturnType<typeof draftOf>) => void
  readonly corrects: boolean
}

/** The fields of a text that is to be published; a correction says why. */
export function TextFields({ draft, set, corrects }: TextFieldsProps) {
  const put = (name: keyof typeof draft) => (value: string) => set({ ...draft, [name]: value })
  return (
    <>
      <Labelled label="内容" className="field-wide">
        {(field) => (
          <textarea
            {...field}
            className="input"
            rows={8}
            maxLength={10_000}
            value={draft.text}
            onChange={(event) => put('text')(event.target.value)}
          />
        )}
      </Labelled>
      <PlainField
        {...{ label: '依据文件', value: draft.source, set: put('source'), maxLength: 200 }}
        placeholder="文件名称和文号"
      />
      <PlainField label="生效日期" type="date" value={draft.effectiveOn} set={put('effectiveOn')} />
      <PlainField
        {...{ label: '有效期至', type: 'date', min: draft.effectiveOn }}
        value={draft.validUntil}
        set={put('validUntil')}
      />
      {corrects && (
        <PlainField
          {...{ label: '为什么更正', value: draft.reason, set: put('reason'), maxLength: 300 }}
          hint="和原文一起公开"
          placeholder="如：价格调整、续期"
        />
      )}
    </>
  )
}

/** What is filled in, or undefined as long as something is missing. */
export function readyText(draft: ReturnType<typeof draftOf>, corrects: boolean): TextDraft | undefined {
  const { reason, ...rest } = draft
  const filled = Object.values(rest).every((value) => value.trim() !== '') && (!corrects || reason.trim() !== '')
  if (!filled) return undefined
  return corrects ? { ...rest, reason } : rest
}
export const useTextDraft = (before: PublicText | undefined) => useState(() => draftOf(before))

interface TextFormProps {
  readonly title: string
  /** The version that is public now: what is submitted corrects it. */
  readonly before: PublicText | undefined
  readonly busy: boolean
  readonly fault: ApiFault | null
  readonly submit: (draft: TextDraft) => void
  readonly close: () => void
}

/** A text that goes to review (提交审核). */
export function TextForm({ title, before, busy, fault, submit, close }: TextFormProps) {
  const [draft, setDraft] = useTextDraft(before)
  const first = useFocusOnce<HTMLElement>()
  const corrects = before !== undefined
  const ready = readyText(draft, corrects)
  return (
    <section ref={first} tabIndex={-1} className="panel panel-form" aria-label={title}>
      <h3>{title}</h3>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) submit(ready)
        }}
      >
        <TextFields draft={draft} set={setDraft} corrects={corrects} />
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={ready === undefined || busy}>
            {busy ? '正在提交…' : '提交审核'}
          </button>
          <button type="button" className="button" onClick={close}>
            取消
          </button>
        </div>
      </form>
      <FaultNotice fault={fault} />
    </section>
  )
}
