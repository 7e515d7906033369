import { folded } from './fold.ts'
import { hashOf } from './hash.ts'
import { wordsOf } from './segment.ts'
import { bodyOf, titleOf, type Written } from './written.ts'

/** A word in the title says three times as much of the matter as one in the body. */
const TITLE_WEIGHT = 3
const PAIR_SEED = 0x70_61_69_72
const RUNS = /[\p{L}\p{N}]+/gu

/** What an index knows of one term of a text: how often it occurs, and how a person reads it. */
export interface Term {
  readonly word: string
  frequency: number
}

/** Terms of a text (检索项) by their hash: words of two characters and more, and the pairs of neighbouring characters of the title. */
export function termsOf(text: Written): Map<number, Term> {
  const terms = new Map<number, Term>()
  const title = titleOf(text)
  for (const word of wordsOf(title)) addTerm(terms, word, 0, TITLE_WEIGHT)
  for (const word of wordsOf(bodyOf(text))) addTerm(terms, word, 0, 1)
  for (const run of folded(title).match(RUNS) ?? [])
    for (let i = 0; i + 1 < run.length; i++) addTerm(terms, run.slice(i, i + 2), PAIR_SEED, 1)
  return terms
}

function addTerm(terms: Map<number, Term>, word: string, seed: number, weight: number): void {
  if (word.length < 2) return
  const hash = hashOf(word, seed)
  const known = terms.get(hash)
  if (known) known.frequency += weight
  else terms.set(hash, { word, frequency: weight })
}
