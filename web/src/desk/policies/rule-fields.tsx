import type { PolicyRule } from '@banjie/contract'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../../shared/api.ts'
import { SelectField } from '../page/plain-field.tsx'
import { type Draft, draftsOf, firstDraft, type Join, ruleOf } from './condition.ts'
import { ConditionFields } from './condition-fields.tsx'
import { RuleLines, type RuleWords } from './rule-lines.tsx'

const JOIN = { all: '全部条件都要符合', any: '符合其中一条即可' } as const

interface Typed {
  readonly join: Join
  readonly drafts: readonly Draft[]
}
const BLANK: Typed = { join: 'all', drafts: [firstDraft(0)] }

/** A rule while it is typed (符合规则); one with groups within groups is kept as it is until somebody writes it anew. */
export function useRule(start: PolicyRule | undefined) {
  const [typed, setTyped] = useState<Typed | undefined>(() => (start === undefined ? BLANK : draftsOf(start)))
  return { typed, setTyped, rule: typed === undefined ? start : ruleOf(typed.join, typed.drafts) }
}

/** The conditions of a rule, and how many it finds today. @param words the rule that is kept, in words */
export function RuleFields({ of, words }: { readonly of: ReturnType<typeof useRule>; readonly words?: RuleWords }) {
  const { typed, setTyped, rule } = of
  if (typed === undefined)
    return (
      <div className="policy-conditions">
        <p className="hint">现行规则分了几组，保持原样；要改就重新写。</p>
        {words && <RuleLines words={words} />}
        <button type="button" className="button button-small" onClick={() => setTyped(BLANK)}>
          重新写规则
        </button>
        <Rehearsal rule={rule} />
      </div>
    )
  const { join, drafts } = typed
  const put = (some: readonly Draft[]) => setTyped({ join, drafts: some })
  return (
    <div className="policy-conditions">
      <SelectField label="几条条件的关系" value={join} set={(one) => setTyped({ join: one, drafts })} words={JOIN} />
      {drafts.map((draft, i) => (
        <ConditionFields
          key={draft.key}
          {...{ draft, no: i + 1 }}
          change={(part) => put(drafts.map((one) => (one.key === draft.key ? { ...one, ...part } : one)))}
          drop={drafts.length > 1 ? () => put(drafts.filter(({ key }) => key !== draft.key)) : undefined}
        />
      ))}
      <button
        type="button"
        className="button button-small"
        onClick={() => put([...drafts, firstDraft((drafts.at(-1)?.key ?? 0) + 1)])}
      >
        加一条条件
      </button>
      <Rehearsal rule={rule} />
    </div>
  )
}

const SHOWN = 5
/** How many would be eligible today; nothing is stored. */
function Rehearsal({ rule }: { readonly rule: PolicyRule | undefined }) {
  const { data, error } = useQuery({
    queryKey: ['policyPreview', rule],
    queryFn: ({ signal }) =>
      rule === undefined ? null : api('policyPreview', { body: { rule }, signal, key: crypto.randomUUID() }),
    enabled: rule !== undefined,
    retry: false,
  })
  if (rule === undefined) return <p className="hint">每条条件填好取值和依据条款，就会试算有多少企业符合。</p>
  if (error) return <p className="hint">{error.message}</p>
  if (data == null) return <p className="hint">正在试算…</p>
  return (
    <p role="status">
      今天符合 <b>{data.yes}</b> 户，不符合 {data.no} 户，缺数据 {data.unknown} 户
      {data.sample.length > 0 &&
        `；如 ${data.sample
          .slice(0, SHOWN)
          .map(({ name }) => name)
          .join('、')}`}
    </p>
  )
}
