import type { EnterpriseFigure, PolicyCondition, PolicyFact, PolicyRule } from '@banjie/contract'
import { parseMoney } from '@banjie/contract'

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
