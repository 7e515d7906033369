import { folded } from '#text'

const RUNS = /[\p{L}\p{N}]+/gu

/**
 * Search grams (检索二元组) of texts: every pair of neighbouring characters after Traditional→Simplified and full-width folding. A two-character
 * word is one gram, so the shortest word people search is one index look-up.
 */
export function gramsOf(...texts: readonly string[]): string[] {
  const grams = new Set<string>()
  for (const run of folded(texts.join('\n')).match(RUNS) ?? []) addPairs(run, grams)
  return [...grams]
}

function addPairs(run: string, grams: Set<string>): void {
  const characters = [...run]
  for (let i = 0; i + 1 < characters.length; i++) grams.add(`${characters[i]}${characters[i + 1]}`)
}

/** The grams that a text must contain to fit a query; empty when the query is a single character. */
export const queryGrams = (query: string): string[] => gramsOf(...query.split(/\s+/))
