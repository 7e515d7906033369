import { folded } from './fold.ts'
import { hashOf } from './hash.ts'
import { createPostings, LARGEST_WEIGHT, MOST_DOCUMENTS } from './postings.ts'
import { type Term, termsOf } from './terms.ts'

/** A text to be found again (入库文本). `at` is in milliseconds since 1970. */
export interface TextEntry {
  readonly id: string
  readonly title?: string | undefined
  readonly body: string
  readonly place?: string | undefined
  readonly at: number
}

/** What is asked of the index (查重); `accept` keeps out what the asker may not see. */
export interface Query {
  readonly title?: string | undefined
  readonly body: string
  readonly place?: string | undefined
  readonly at?: number | undefined
  readonly limit: number
  readonly accept?: ((id: string) => boolean) | undefined
}

/** One found text (相似): how much of the query's weight it holds, 0 to 1, and the rare words that decided, the most telling first. */
export interface Hit {
  readonly id: string
  readonly score: number
  readonly words: readonly string[]
  readonly samePlace: boolean
}

export interface TextIndex {
  /** An id already there is replaced. */
  add(entry: TextEntry): void
  /** Forgets at once; an unknown id is nothing to forget. */
  remove(id: string): void
  search(query: Query): Hit[]
  readonly size: number
  /** Memory of the typed arrays. */
  readonly bytes: number
}

// BM25's usual constants.
const K1 = 1.2
const B = 0.75
/** More terms than these change nothing in recall and cost time. */
const MOST_TERMS = 60
/** A term in a quarter of all texts says nothing of one; a small index knows too little to tell. */
const COMMON_SHARE = 0.25
const COMMON_LEAST = 200
/** What the same place adds to a score. */
const SAME_PLACE = 1.25
/** Words shown as the reason. */
const REASONS = 5
/** When so many are dead, the postings are written anew without them. */
const DEAD_SHARE = 0.3
const DEAD_LEAST = 1000

interface Asked extends Term {
  readonly hash: number
  readonly weight: number
}

/**
 * A full-text index in memory for "reported before?" (是否反映过): BM25 over title × 3 + body, with the pairs of neighbouring characters of the title.
 * Holds hashes of words, no text. Nothing is written to disk: it is filled again from the cases at start.
 */
export function createTextIndex(): TextIndex {
  let postings = createPostings()
  let ids: (string | undefined)[] = []
  let numbers = new Map<string, number>()
  let places = new Uint32Array(1024)
  let scores = new Float32Array(1024)
  let touched = new Uint32Array(1024)
  let totalLength = 0

  function add(entry: TextEntry): void {
    remove(entry.id)
    if (ids.length === MOST_DOCUMENTS) throw new Error(`an index holds at most ${MOST_DOCUMENTS} texts`)
    if (ids.length === places.length) grow()
    const terms = termsOf(entry)
    const length = lengthOf(terms)
    totalLength += length
    const norm = normOf(length)
    const number = ids.push(entry.id) - 1
    numbers.set(entry.id, number)
    places[number] = placeHash(entry.place)
    for (const [hash, { frequency }] of terms) postings.add(hash, number, quantised(frequency, norm))
  }

  const normOf = (length: number) => K1 * (1 - B + (B * length * Math.max(1, ids.length)) / Math.max(1, totalLength))

  function grow(): void {
    const size = places.length * 2
    const next = new Uint32Array(size)
    next.set(places)
    places = next
    scores = new Float32Array(size)
    touched = new Uint32Array(size)
  }

  function remove(id: string): void {
    const number = numbers.get(id)
    if (number === undefined) return
    numbers.delete(id)
    ids[number] = undefined
    const dead = ids.length - numbers.size
    if (dead > DEAD_LEAST && dead > ids.length * DEAD_SHARE) compact()
  }

  function compact(): void {
    const next = new Int32Array(ids.length).fill(-1)
    const living: string[] = []
    for (const [number, id] of ids.entries())
      if (id !== undefined) {
        next[number] = living.length
        places[living.length] = places[number] ?? 0
        living.push(id)
      }
    totalLength *= living.length / ids.length
    postings = postings.compacted(next)
    ids = living
    numbers = new Map(living.map((id, number) => [id, number]))
  }

  function asked(query: Query): Asked[] {
    const terms: Asked[] = []
    const all = termsOf(query)
    const norm = normOf(lengthOf(all))
    const common = Math.max(COMMON_LEAST, ids.length * COMMON_SHARE)
    for (const [hash, term] of all) {
      const holders = postings.frequency(hash)
      if (holders === 0 || holders > common) continue
      const rarity = Math.log(1 + (ids.length - holders + 0.5) / (holders + 0.5))
      terms.push({ ...term, hash, weight: (rarity * saturated(term.frequency, norm)) / (K1 + 1) })
    }
    return terms.sort((a, b) => b.weight - a.weight).slice(0, MOST_TERMS)
  }

  function search(query: Query): Hit[] {
    const terms = asked(query)
    let count = 0
    for (const { hash, weight } of terms) count = postings.score(hash, weight / LARGEST_WEIGHT, scores, touched, count)
    const place = placeHash(query.place)
    const best = leaders(count, place, query)
    for (let i = 0; i < count; i++) scores[touched[i] as number] = 0
    const norm = normOf(lengthOf(termsOf(query)))
    const whole = terms.reduce((sum, term) => sum + (term.weight * saturated(term.frequency, norm)) / (K1 + 1), 0)
    return best.map(({ number, score }) => ({
      id: ids[number] ?? '',
      score: Math.min(1, score / whole),
      words: reasons(terms, number),
      samePlace: place !== 0 && places[number] === place,
    }))
  }

  /** The best that live and are accepted; only those good enough are asked about. */
  function leaders(count: number, place: number, { limit, accept }: Query): { number: number; score: number }[] {
    const best: { number: number; score: number }[] = []
    let least = 0
    for (let i = 0; i < count; i++) {
      const number = touched[i] as number
      const score = (scores[number] as number) * (place !== 0 && places[number] === place ? SAME_PLACE : 1)
      if (score <= least) continue
      const id = ids[number]
      if (id === undefined || accept?.(id) === false) continue
      best.splice(placeIn(best, score), 0, { number, score })
      if (best.length > limit) best.pop()
      if (best.length === limit) least = best.at(-1)?.score ?? 0
    }
    return best
  }

  function reasons(terms: readonly Asked[], number: number): string[] {
    const words = new Set<string>()
    for (const term of terms) {
      if (words.size === REASONS) break
      if (postings.has(term.hash, number)) words.add(term.word)
    }
    return [...words]
  }

  return {
    add,
    remove,
    search,
    get size() {
      return numbers.size
    },
    get bytes() {
      return postings.bytes + places.length * 12
    },
  }
}

const saturated = (frequency: number, norm: number) => (frequency * (K1 + 1)) / (frequency + norm)
const quantised = (frequency: number, norm: number) =>
  Math.max(1, Math.round((saturated(frequency, norm) / (K1 + 1)) * LARGEST_WEIGHT))

function lengthOf(terms: Map<number, Term>): number {
  let length = 0
  for (const term of terms.values()) length += term.frequency
  return length
}

const placeHash = (place: string | undefined) => (place ? hashOf(folded(place).replaceAll(/\s/g, '')) : 0)

function placeIn(best: readonly { score: number }[], score: number): number {
  let place = best.length
  while (place > 0 && (best[place - 1]?.score ?? 0) < score) place--
  return place
}
