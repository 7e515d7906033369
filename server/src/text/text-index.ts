import { folded } from './fold.ts'
import { hashOf } from './hash.ts'
import { createPostings, LARGEST_WEIGHT, MOST_DOCUMENTS } from './postings.ts'
import { type Terms, termsOf } from './terms.ts'

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
/** A likeness fades with the time between, and this share of it never. */
const LASTING = 0.7
const FADING_MS = 300 * 86_400_000
/** Words shown as the reason. */
const REASONS = 5
/** When so many are dead, the postings are written anew without them. */
const DEAD_SHARE = 0.3
const DEAD_LEAST = 1000

/** For sorting, a weight in steps of 2^−32 and the place of its term in the query are one number, so that no object is made to be sorted. */
const STEPS = 2 ** 32
const PLACES = 2 ** 16

interface Asked {
  /** Of the postings. */
  readonly term: number
  /** In the terms of the query. */
  readonly place: number
  /** Rarity × how much the query makes of it. */
  readonly weight: number
  /** What a text just like the query would get for it. */
  readonly whole: number
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
  let times = new Float64Array(1024)
  let scores = new Float64Array(1024)
  let totalLength = 0

  function add(entry: TextEntry): void {
    remove(entry.id)
    if (ids.length === MOST_DOCUMENTS) throw new Error(`an index holds at most ${MOST_DOCUMENTS} texts`)
    if (ids.length === places.length) grow()
    const { tally, length } = termsOf(entry)
    totalLength += length
    const norm = normOf(length)
    const number = ids.push(entry.id) - 1
    numbers.set(entry.id, number)
    places[number] = placeHash(entry.place)
    times[number] = entry.at
    for (let i = 0; i < tally.size; i++) postings.add(tally.hash(i), number, quantised(tally.amount(i), norm))
  }

  const normOf = (length: number) => K1 * (1 - B + (B * length * Math.max(1, ids.length)) / Math.max(1, totalLength))

  function grow(): void {
    const size = places.length * 2
    const next = new Uint32Array(size)
    next.set(places)
    places = next
    const later = new Float64Array(size)
    later.set(times)
    times = later
    scores = new Float64Array(size)
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
        times[living.length] = times[number] ?? 0
        living.push(id)
      }
    totalLength *= living.length / ids.length
    postings = postings.compacted(next)
    ids = living
    numbers = new Map(living.map((id, number) => [id, number]))
  }

  /** The terms that tell most, the most telling first. */
  function asked({ tally, length }: Terms): Asked[] {
    const norm = normOf(length)
    const common = Math.max(COMMON_LEAST, ids.length * COMMON_SHARE)
    const ranks = new Float64Array(Math.min(tally.size, PLACES))
    // All are looked up before any is weighed, so that the processor waits for many at once.
    const found = new Uint32Array(ranks.length)
    for (let place = 0; place < found.length; place++) found[place] = postings.find(tally.hash(place))
    for (let place = 0; place < ranks.length; place++) {
      const holders = postings.frequency(found[place] as number)
      if (holders === 0 || holders > common) continue
      const weight = rarity(holders) * saturated(tally.amount(place), norm)
      ranks[place] = Math.floor(weight * STEPS) * PLACES + (PLACES - 1 - place)
    }
    const terms: Asked[] = []
    ranks.sort()
    for (let i = ranks.length - 1; i >= 0 && terms.length < MOST_TERMS; i--) {
      const rank = ranks[i] as number
      if (rank === 0) break
      const place = PLACES - 1 - (rank % PLACES)
      const weight = Math.floor(rank / PLACES) / STEPS
      terms.push({ term: found[place] as number, place, weight, whole: weight * saturated(tally.amount(place), norm) })
    }
    return terms
  }

  const rarity = (holders: number) => Math.log(1 + (ids.length - holders + 0.5) / (holders + 0.5))

  function search(query: Query): Hit[] {
    const terms = termsOf(query)
    const telling = asked(terms)
    if (telling.length === 0) return []
    for (const { term, weight } of telling) postings.score(term, weight / LARGEST_WEIGHT, scores)
    const place = placeHash(query.place)
    const best = leaders(place, query)
    scores.fill(0, 0, ids.length)
    const whole = telling.reduce((sum, term) => sum + term.whole, 0)
    return best.map(({ number, score }) => ({
      id: ids[number] ?? '',
      score: Math.min(1, score / whole),
      words: reasons(telling, terms, number),
      samePlace: place !== 0 && places[number] === place,
    }))
  }

  /** The best that live and are accepted; only those good enough are asked about. */
  function leaders(place: number, { limit, accept, at }: Query): { number: number; score: number }[] {
    const best: { number: number; score: number }[] = []
    const [all, size] = [scores, ids.length]
    // Nothing can more than keep its score and gain the place's share; most texts end here.
    const most = place === 0 ? 1 : SAME_PLACE
    let least = 0
    for (let number = 0; number < size; number++) {
      const raw = all[number] as number
      if (raw * most <= least) continue
      const score = raw * placeShare(place, number) * timeShare(at, number)
      if (score <= least) continue
      const id = ids[number]
      if (id === undefined || accept?.(id) === false) continue
      best.splice(placeIn(best, score), 0, { number, score })
      if (best.length > limit) best.pop()
      if (best.length === limit) least = best.at(-1)?.score ?? 0
    }
    return best
  }

  const placeShare = (place: number, number: number) => (place !== 0 && places[number] === place ? SAME_PLACE : 1)

  function timeShare(at: number | undefined, number: number): number {
    if (at === undefined) return 1
    return LASTING + (1 - LASTING) * Math.exp(-Math.abs(at - (times[number] as number)) / FADING_MS)
  }

  function reasons(telling: readonly Asked[], terms: Terms, number: number): string[] {
    const words = new Set<string>()
    for (const { term, place } of telling) {
      if (words.size === REASONS) break
      if (postings.has(term, number)) words.add(terms.word(place))
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
      return postings.bytes + places.length * 20
    },
  }
}

/** BM25's share of a term, 0 to 1: the tenth time a word is said adds little. */
const saturated = (frequency: number, norm: number) => frequency / (frequency + norm)
const quantised = (frequency: number, norm: number) =>
  Math.max(1, Math.round(saturated(frequency, norm) * LARGEST_WEIGHT))

const placeHash = (place: string | undefined) => (place ? hashOf(folded(place).replaceAll(/\s/g, '')) : 0)

function placeIn(best: readonly { score: number }[], score: number): number {
  let place = best.length
  while (place > 0 && (best[place - 1]?.score ?? 0) < score) place--
  return place
}
