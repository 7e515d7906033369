import type { UnitId } from '@banjie/contract'

/** One dispatch (交办) as a lesson. */
export interface Dispatched {
  readonly unit: UnitId
  readonly category: string | null
  readonly division: string | null
  /** The words of the report. */
  readonly words: ReadonlySet<string>
}
/** Who would lead (建议主办). `times` is how often the matter went there. */
export interface RankedUnit {
  readonly unit: UnitId
  /** 0 to 1, all ranked units together 1. */
  readonly score: number
  readonly words: readonly string[]
  readonly times: number
}
export interface UnitMemory {
  learn(dispatched: Dispatched): void
  /** @param proposed the unit of the dispatch catalogue, which counts as so many dispatches before there is any */
  rank(asked: Omit<Dispatched, 'unit'>, proposed: UnitId | undefined): RankedUnit[]
}

/** The catalogue weighs like so many dispatches: two or three corrections in a row overrule it. */
const CATALOGUE = 2
/** The same matter in another street says a little. */
const ELSEWHERE = 0.3
const MOST_SAID = 1.5
const WORD_SHARE = 0.5
const REASONS = 3
const LEAST_SEEN = 2

/** Counts dispatches by matter, area and word (交办记忆). The order of lessons does not matter. */
export function createUnitMemory(): UnitMemory {
  const matters = new Map<string, Map<UnitId, number>>()
  const units = new Map<UnitId, { lessons: number; words: Map<string, number> }>()
  const everywhere = new Map<string, number>()
  let lessons = 0

  function learn({ unit, category, division, words }: Dispatched): void {
    lessons++
    for (const key of keysOf(category, division))
      count(
        at(matters, key, () => new Map<UnitId, number>()),
        unit,
      )
    const own = at(units, unit, () => ({ lessons: 0, words: new Map<string, number>() }))
    own.lessons++
    for (const word of words) {
      count(own.words, word)
      count(everywhere, word)
    }
  }

  /** How much more a word is said of a unit's work than of any other, as a logarithm. */
  function telling(unit: UnitId, words: ReadonlySet<string>): [word: string, weight: number][] {
    const own = units.get(unit)
    if (own === undefined) return []
    return [...words].flatMap((word): [string, number][] => {
      const seen = everywhere.get(word) ?? 0
      if (seen < LEAST_SEEN) return []
      const here = ((own.words.get(word) ?? 0) + 0.5) / (own.lessons + 1)
      const anywhere = (seen + 0.5) / (lessons + 1)
      return [[word, Math.max(-MOST_SAID, Math.min(MOST_SAID, Math.log(here / anywhere)))]]
    })
  }

  return {
    learn,
    rank({ category, division, words }, proposed) {
      const [there, anywhere] = keysOf(category, division).map((key) => matters.get(key))
      const known = new Map<UnitId, number>()
      for (const [unit, times] of anywhere ?? []) known.set(unit, times * (there === undefined ? 1 : ELSEWHERE))
      for (const [unit, times] of there ?? []) known.set(unit, (known.get(unit) ?? 0) + times)
      if (proposed !== undefined) known.set(proposed, (known.get(proposed) ?? 0) + CATALOGUE)
      const ranked = [...known].map(([unit, times]) => {
        const said = telling(unit, words).sort((a, b) => b[1] - a[1])
        const weight = said.reduce((sum, [, one]) => sum + one, 0) / Math.max(1, said.length)
        return {
          ...{ unit, weight: times * Math.exp(WORD_SHARE * weight * Math.min(said.length, REASONS)) },
          words: said
            .filter(([, one]) => one > 0)
            .slice(0, REASONS)
            .map(([word]) => word),
          times: anywhere?.get(unit) ?? 0,
        }
      })
      const whole = ranked.reduce((sum, { weight }) => sum + weight, 0)
      return ranked
        .map(({ weight, ...one }) => ({ ...one, score: weight / whole }))
        .sort((a, b) => b.score - a.score || (a.unit < b.unit ? -1 : 1))
    },
  }
}

/** The matter in its area, and the matter anywhere. */
const keysOf = (category: string | null, division: string | null) => [`${category} ${division}`, `${category}`]
const count = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1)
function at<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
