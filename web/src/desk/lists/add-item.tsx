import { FOUND_BY } from '@banjie/contract'
import { useState } from 'react'
import { UnitPicker } from '../../form/pickers.tsx'
import { api } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'
import { FaultNotice } from '../page/fault-notice.tsx'
import { Labelled } from '../page/labelled.tsx'
import { type List, refreshProblemLists } from './query.ts'

type Body = Parameters<typeof api<'enlist'>>[1]['body']
const EMPTY = {
  ...{ problem: '', title: '', content: '', aspect: '', unit: '', deadline: '', reason: '' },
  ...{ symptom: '', rootCause: '', measures: '', foundBy: '' },
}
type Draft = typeof EMPTY
type FoundBy = keyof typeof FOUND_BY

const given = (text: string) => (text.trim() === '' ? undefined : text.trim())
/** Empty fields are not sent. */
function bodyOf(draft: Draft, aspect: string): Body {
  const optional = {
    ...{ symptom: given(draft.symptom), rootCause: given(draft.rootCause), measures: given(draft.measures) },
    ...{ deadline: given(draft.deadline), leadUnitId: given(draft.unit), reason: given(draft.reason) },
    ...{ foundBy: given(draft.foundBy) as FoundBy | undefined, problem: given(draft.problem) },
  }
  const told = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined))
  const fresh = given(draft.problem) === undefined
  return { aspect, ...told, ...(fresh && { facts: { title: draft.title.trim(), content: draft.content.trim() } }) }
}

/** Adds an item (列入问题): a new problem, or one that stands in the ledger already. */
export function AddItem({ list, first }: { readonly list: List; readonly first: boolean }) {
  const [draft, setDraft] = useState<Draft>(EMPTY)
  const [mode, setMode] = useState<'new' | 'known'>('new')
  const change = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const aspect = draft.aspect === '' ? (list.aspects[0] ?? '') : draft.aspect
  const send = useSubmission((body: Body, key) => api('enlist', { params: { id: list.id }, body, key }), {
    done: (item) => {
      announce(`“${item.title}”已列入“${item.aspect}”`)
      setDraft({ ...EMPTY, aspect })
      refreshProblemLists()
    },
  })
  const ready =
    mode === 'known' ? draft.problem.trim() !== '' : draft.title.trim() !== '' && draft.content.trim() !== ''
  return (
    <details className="panel mapping" open={first}>
      <summary>列入问题</summary>
      <form
        className="panel-grid"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) send.mutate(bodyOf(mode === 'known' ? draft : { ...draft, problem: '' }, aspect))
        }}
      >
        <Labelled label="哪个问题">
          {(field) => (
            <select
              {...field}
              className="input"
              value={mode}
              onChange={(event) => setMode(event.target.value === 'new' ? 'new' : 'known')}
            >
              <option value="new">新问题</option>
              <option value="known">台账中已有的（含已销号、重新列入）</option>
            </select>
          )}
        </Labelled>
        {mode === 'known' ? (
          <Field label="问题编号" hint="WT 开头" value={draft.problem} set={(problem) => change({ problem })} />
        ) : (
          <>
            <Field label="问题" most={60} value={draft.title} set={(title) => change({ title })} />
            <Field label="问题描述" lines value={draft.content} set={(content) => change({ content })} />
          </>
        )}
        <Labelled label="方面">
          {(field) => (
            <select
              {...field}
              className="input"
              value={aspect}
              onChange={(event) => change({ aspect: event.target.value })}
            >
              {list.aspects.map((word) => (
                <option key={word}>{word}</option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled label="责任单位" optional hint="选了就同时交办">
          {({ id }) => (
            <UnitPicker
              id={id}
              chosen={draft.unit ? [draft.unit] : []}
              choose={([unit]) => change({ unit: unit ?? '' })}
            />
          )}
        </Labelled>
        <Labelled label="整改期限" optional hint="不写的按办理规则计时">
          {(field) => (
            <input
              {...field}
              type="date"
              className="input"
              min={dayOf(new Date())}
              value={draft.deadline}
              onChange={(event) => change({ deadline: event.target.value })}
            />
          )}
        </Labelled>
        <Labelled label="发现途径" optional>
          {(field) => (
            <select
              {...field}
              className="input"
              value={draft.foundBy}
              onChange={(event) => change({ foundBy: event.target.value })}
            >
              <option value="">未注明</option>
              {Object.entries(FOUND_BY).map(([id, word]) => (
                <option key={id} value={id}>
                  {word}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Field label="病灶" lines optional value={draft.symptom} set={(symptom) => change({ symptom })} />
        <Field label="根源" lines optional value={draft.rootCause} set={(rootCause) => change({ rootCause })} />
        <Field label="整改措施" lines optional value={draft.measures} set={(measures) => change({ measures })} />
        <Field
          label={mode === 'known' ? '列入理由（已销号的必填）' : '列入理由'}
          optional
          value={draft.reason}
          set={(reason) => change({ reason })}
        />
        <div className="panel-acts">
          <button type="submit" className="button button-primary" disabled={!ready || send.isPending}>
            列入
          </button>
          <span className="hint">根源和措施可由责任单位补齐；验收销号前必须写明。</span>
        </div>
      </form>
      <FaultNotice fault={send.error} />
    </details>
  )
}

interface FieldProps {
  readonly label: string
  readonly hint?: string
  readonly optional?: boolean
  readonly lines?: boolean
  readonly most?: number
  readonly value: string
  readonly set: (value: string) => void
}
/** A field of text, of one line or several. */
export function Field({ label, hint, optional = false, lines = false, most = 2000, value, set }: FieldProps) {
  return (
    <Labelled label={label} optional={optional} {...(hint !== undefined && { hint })}>
      {(field) =>
        lines ? (
          <textarea
            {...field}
            className="input"
            rows={2}
            maxLength={most}
            value={value}
            onChange={(event) => set(event.target.value)}
          />
        ) : (
          <input
            {...field}
            className="input"
            maxLength={most}
            value={value}
            onChange={(event) => set(event.target.value)}
          />
        )
      }
    </Labelled>
  )
}
