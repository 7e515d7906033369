import type { EnterpriseFigure, PolicyCondition, PolicyFact, PolicyRule } from '@banjie/contract'
import { MONEY_UNIT, parseMoney } from '@banjie/contract'

/** A condition while it is typed: every field as text. */
export interface Draft {
  readonly key: number
  readonly fact: PolicyFact
  readonly words: string
  readonly from: string
  readonly to: string
  readonly code: EnterpriseFigure
  readonly cite: string
}
export const emptyDraft = (key: number): Draft => ({
  ...{ key, fact: 'size', words: '', from: '', to: '', code: 'output', cite: '' },
})
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

/** What was typed, as the rule has it; years are last year's, which are complete. */
function conditionOf(draft: Draft): PolicyCondition | undefined {
  const { fact, words, code, cite, from } = draft
  const list = listOf(words)
  if (cite.trim() === '') return undefined
  const MADE: Readonly<Record<PolicyFact, () => object | undefined>> = {
    size: () => (list.length > 0 ? { in: list, year: 'last' } : undefined),
    aboveScale: () => ({ is: words !== 'no', year: 'last' }),
    chain: () => (list.length > 0 ? { in: list } : undefined),
    industry: () => (words === '' ? undefined : { prefix: words.toUpperCase() }),
    division: () => (words === '' ? undefined : { prefix: words }),
    age: () => boundsOf(draft, whole),
    staff: () => within(boundsOf(draft, whole), { year: 'last' }),
    party: () => (list.length > 0 ? { in: list } : undefined),
    title: () => (words === '' ? undefined : { title: words }),
    figure: () => within(boundsOf(draft, wan), { code, year: 'last' }),
    growth: () => (whole(from) === undefined ? undefined : { code, percent: whole(from) }),
    bound: () => ({ is: words !== 'no' }),
  }
  const made = MADE[fact]()
  return made === undefined ? undefined : ({ fact, ...made, cite } as PolicyCondition)
}

/** The rule of all conditions; undefined while one of them is not complete. */
export function ruleOf(join: 'all' | 'any', drafts: readonly Draft[]): PolicyRule | undefined {
  const parts = drafts.map(conditionOf)
  const complete = parts.flatMap((part) => part ?? [])
  if (complete.length !== drafts.length || complete.length === 0) return undefined
  return join === 'all' ? { all: complete } : { any: complete }
}

/** A rule as it is typed, to be changed; undefined for one that this form cannot tell (nested, or of another year), so that nothing of it gets lost. */
export function draftsOf(
  rule: PolicyRule,
): { readonly join: 'all' | 'any'; readonly drafts: readonly Draft[] } | undefined {
  const join = 'any' in rule ? 'any' : 'all'
  const parts = 'all' in rule ? rule.all : 'any' in rule ? rule.any : [rule]
  const drafts = parts.flatMap((part, key) => ('fact' in part ? { ...emptyDraft(key), ...typedOf(part) } : []))
  const told = ruleOf(join, drafts)
  const wanted = 'fact' in rule ? { all: [rule] } : rule
  return JSON.stringify(sorted(told)) === JSON.stringify(sorted(wanted)) ? { join, drafts } : undefined
}
/** The same whatever the order of its keys. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.entries(value)
    .map(([key, part]) => [key, sorted(part)])
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))
}
const numbered = (bound: number | undefined, unit = 1) => (bound === undefined ? '' : String(bound / unit))
function typedOf(part: PolicyCondition): Partial<Draft> {
  const { fact, cite } = part
  switch (fact) {
    case 'size':
    case 'chain':
    case 'party':
      return { fact, cite, words: part.in.join('、') }
    case 'aboveScale':
    case 'bound':
      return { fact, cite, words: part.is ? 'yes' : 'no' }
    case 'industry':
    case 'division':
      return { fact, cite, words: part.prefix }
    case 'title':
      return { fact, cite, words: part.title }
    case 'age':
    case 'staff':
      return { fact, cite, from: numbered(part.min), to: numbered(part.max) }
    case 'figure':
      return {
        fact,
        cite,
        code: part.code,
        from: numbered(part.min, MONEY_UNIT.万元),
        to: numbered(part.max, MONEY_UNIT.万元),
      }
    case 'growth':
      return { fact, cite, code: part.code, from: String(part.percent) }
  }
}
