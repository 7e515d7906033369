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
const numbers = ({ from, to }: Draft) => ({
  ...(from !== '' && { min: Number(from) }),
  ...(to !== '' && { max: Number(to) }),
})
function amounts({ from, to }: Draft) {
  const [min, max] = [parseMoney(from, '万元'), parseMoney(to, '万元')]
  return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) }
}

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
    age: () => numbers(draft),
    staff: () => ({ ...numbers(draft), year: 'last' }),
    party: () => (list.length > 0 ? { in: list } : undefined),
    title: () => (words === '' ? undefined : { title: words }),
    figure: () => ({ code, ...amounts(draft), year: 'last' }),
    growth: () => (from === '' ? undefined : { code, percent: Number(from) }),
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
