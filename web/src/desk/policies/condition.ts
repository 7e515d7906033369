import type { EnterpriseFigure, FactYear, PolicyCondition, PolicyFact, PolicyRule } from '@banjie/contract'
import { parseMoney } from '@banjie/contract'
import { hashKey } from '@tanstack/react-query'
import { typedWan } from '../../shared/wan.ts'

/** A condition while it is typed: every field as text. */
export interface Draft {
  readonly key: number
  readonly fact: PolicyFact
  /** Whether it has to hold or must not (要符合、不得符合). */
  readonly must: 'yes' | 'no'
  readonly year: FactYear
  readonly words: string
  readonly from: string
  readonly to: string
  readonly code: EnterpriseFigure
  readonly cite: string
}
export const emptyDraft = (key: number): Draft => ({
  ...{ key, fact: 'size', must: 'yes', year: 'last', words: '', from: '', to: '', code: 'output', cite: '' },
})
/** The first condition of a new rule, and whatever is added to it. */
export const firstDraft = (key: number): Draft => ({ ...emptyDraft(key), words: 'small、micro' })

const listOf = (words: string) => words.split(/[、，,\s]+/).filter((word) => word !== '')
/** Bounds as they were typed; undefined where neither is there or one of them is no number. */
function boundsOf({ from, to }: Draft, read: (typed: string) => number | undefined) {
  const [min, max] = [from, to].map((typed) => (typed.trim() === '' ? null : read(typed)))
  if (min === undefined || max === undefined || (min === null && max === null)) return undefined
  return { ...(min != null && { min }), ...(max != null && { max }) }
}
const whole = (typed: string) => (/^\d+$/.test(typed.trim()) ? Number(typed) : undefined)
const wan = (typed: string) => parseMoney(typed, '万元')
const within = (bounds: object | undefined, more: object) => bounds && { ...bounds, ...more }

/** What was typed, as the rule has it. */
function conditionOf(draft: Draft): PolicyCondition | undefined {
  const { fact, year, words, code, cite, from } = draft
  const list = listOf(words)
  if (cite.trim() === '') return undefined
  const MADE: Readonly<Record<PolicyFact, () => object | undefined>> = {
    size: () => (list.length > 0 ? { in: list, year } : undefined),
    aboveScale: () => ({ is: words !== 'no', year }),
    chain: () => (list.length > 0 ? { in: list } : undefined),
    industry: () => (words === '' ? undefined : { prefix: words.toUpperCase() }),
    division: () => (words === '' ? undefined : { prefix: words }),
    age: () => boundsOf(draft, whole),
    staff: () => within(boundsOf(draft, whole), { year }),
    party: () => (list.length > 0 ? { in: list } : undefined),
    title: () => (words === '' ? undefined : { title: words }),
    figure: () => within(boundsOf(draft, wan), { code, year }),
    growth: () => (whole(from) === undefined ? undefined : { code, percent: whole(from) }),
    bound: () => ({ is: words !== 'no' }),
  }
  const made = MADE[fact]()
  return made === undefined ? undefined : ({ fact, ...made, cite } as PolicyCondition)
}
function partOf(draft: Draft): PolicyRule | undefined {
  const condition = conditionOf(draft)
  return condition === undefined || draft.must === 'yes' ? condition : { not: condition }
}

export type Join = 'all' | 'any'
/** The rule of all conditions; undefined while one of them is not complete. */
export function ruleOf(join: Join, drafts: readonly Draft[]): PolicyRule | undefined {
  const parts = drafts.map(partOf)
  const complete = parts.flatMap((part) => part ?? [])
  if (complete.length !== drafts.length || complete.length === 0) return undefined
  return join === 'all' ? { all: complete } : { any: complete }
}

const typed = (value: number | undefined) => (value === undefined ? '' : String(value))
/** A condition as it would have been typed. */
function draftOf(condition: PolicyCondition, key: number): Draft {
  const base = { ...emptyDraft(key), fact: condition.fact, cite: condition.cite }
  const year = 'year' in condition ? condition.year : base.year
  switch (condition.fact) {
    case 'size':
    case 'chain':
    case 'party':
      return { ...base, year, words: condition.in.join('、') }
    case 'aboveScale':
    case 'bound':
      return { ...base, year, words: condition.is ? 'yes' : 'no' }
    case 'industry':
    case 'division':
      return { ...base, words: condition.prefix }
    case 'title':
      return { ...base, words: condition.title }
    case 'age':
    case 'staff':
      return { ...base, year, from: typed(condition.min), to: typed(condition.max) }
    case 'figure':
      return { ...base, year, code: condition.code, from: typedWan(condition.min), to: typedWan(condition.max) }
    case 'growth':
      return { ...base, code: condition.code, from: typed(condition.percent) }
  }
}
/** A rule as it would have been typed; undefined where the form cannot say it, as with groups within groups: it is kept as it is. */
export function draftsOf(
  rule: PolicyRule,
): { readonly join: Join; readonly drafts: readonly [Draft, ...Draft[]] } | undefined {
  const join = 'any' in rule ? 'any' : 'all'
  const parts = 'any' in rule ? rule.any : 'all' in rule ? rule.all : [rule]
  const drafts = parts.flatMap((part, key) => {
    if ('fact' in part) return draftOf(part, key)
    return 'not' in part && 'fact' in part.not ? { ...draftOf(part.not, key), must: 'no' as const } : []
  })
  const [first, ...rest] = drafts
  const asked = 'any' in rule || 'all' in rule ? rule : { all: [rule] }
  return first !== undefined && hashKey([ruleOf(join, drafts)]) === hashKey([asked])
    ? { join, drafts: [first, ...rest] }
    : undefined
}
