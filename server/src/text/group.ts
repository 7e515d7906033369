import { type Cluster, type Clusters, createClusters } from './clusters.ts'
import { folded } from './fold.ts'
import { likeness, type Vectors, vectorsOf } from './vectors.ts'

/** A text to be grouped (待归并来文). */
export interface GroupText {
  readonly id: string
  readonly title?: string | undefined
  readonly body: string
  readonly place?: string | undefined
  /** Milliseconds since 1970. */
  readonly at?: number | undefined
}

/** What a person has decided (人工判定): pairs of ids that belong together, and pairs that never do. */
export interface Links {
  readonly mustLink?: readonly (readonly [string, string])[]
  readonly cannotLink?: readonly (readonly [string, string])[]
}

/** Groups of ids in two levels: the same case (同一事项) and, wider, the same problem (同一问题). Every text is in one group of each level, alone if need be. */
export interface Grouping {
  readonly cases: readonly (readonly string[])[]
  readonly problems: readonly (readonly string[])[]
}

/**
 * Likeness from which two texts tell of the same case, and of the same problem. Measured on the pairs that one reader judged: the F1 of "same
 * problem" is above 0.87 for any threshold from 0.27 to 0.40.
 */
const SAME_CASE = 0.5
const SAME_PROBLEM = 0.32
/** Groups join when their members are so alike on average; a share of the threshold, for a long list of voices is never as alike as its nearest two. */
const AVERAGE_SHARE = 0.6
/** Of larger groups so many members stand for all. */
const SAMPLE = 30
/** What differing places leave of a likeness. */
const OTHER_PLACE = 0.5
/** After so long a likeness has faded to 1/e: the same estate, but another matter. */
const FADING_MS = 300 * 86_400_000
/** Neighbours of one text that are looked at. */
const NEIGHBOURS = 25
/** The places of an appeal stand in its head. */
const PLACE_HEAD = 200
/** Districts as published appeals mask them: A3区. */
const MASKED_PLACE = /[a-z]\d+(?=[区县市])/g

type Alike = (one: number, other: number) => number

/**
 * Proposes groups (归并建议) for a person to confirm. Must-links are always kept and cannot-links never broken; of a pair in both, must-link wins.
 * Cases lie within problems.
 */
export function groupTexts(texts: readonly GroupText[], links: Links = {}): Grouping {
  const vectors = vectorsOf(texts)
  const alike = alikeBy(texts, vectors)
  const pairs = neighbours(vectors, alike)
  const clusters = linkedClusters(texts, links)
  join(clusters, pairs, alike, SAME_CASE)
  const cases = named(clusters, texts)
  join(clusters, pairs, alike, SAME_PROBLEM)
  return { cases, problems: named(clusters, texts) }
}

const named = (clusters: Clusters, texts: readonly GroupText[]) =>
  clusters.list().map((cluster) => cluster.map((text) => texts[text]?.id ?? ''))

function alikeBy(texts: readonly GroupText[], { all }: Vectors): Alike {
  const places = texts.map(placesOf)
  const known = new Map<number, number>()
  const measure: Alike = (one, other) => {
    const [a, b, from, to] = [all[one], all[other], texts[one]?.at, texts[other]?.at]
    if (!a || !b) return 0
    const apart = from === undefined || to === undefined ? 0 : Math.abs(from - to)
    const place = differ(places[one], places[other]) ? OTHER_PLACE : 1
    return likeness(a, b) * place * Math.exp(-apart / FADING_MS)
  }
  return (one, other) => {
    const key = Math.min(one, other) * texts.length + Math.max(one, other)
    const score = known.get(key) ?? measure(one, other)
    known.set(key, score)
    return score
  }
}

function placesOf({ title = '', body, place }: GroupText): ReadonlySet<string> {
  if (place) return new Set([folded(place).replaceAll(/\s/g, '')])
  return new Set(folded(`${title}\n${body.slice(0, PLACE_HEAD)}`).match(MASKED_PLACE) ?? [])
}

const differ = (one: ReadonlySet<string> = new Set(), other: ReadonlySet<string> = new Set()) =>
  one.size > 0 && other.size > 0 && one.isDisjointFrom(other)

interface Pair {
  readonly one: number
  readonly other: number
  readonly score: number
}

/** Pairs of near texts, the nearest first. */
function neighbours({ all, holders }: Vectors, alike: Alike): Pair[] {
  const sums = new Float32Array(all.length)
  return all
    .flatMap((vector, one) => {
      const met: number[] = []
      for (const [word, weight] of vector)
        for (const other of holders[word] ?? []) {
          if (other >= one) break
          if (sums[other] === 0) met.push(other)
          sums[other] = (sums[other] as number) + weight * (all[other]?.get(word) ?? 0)
        }
      met.sort((a, b) => (sums[b] as number) - (sums[a] as number))
      for (const other of met) sums[other] = 0
      return met.slice(0, NEIGHBOURS).map((other) => ({ one, other, score: alike(one, other) }))
    })
    .filter(({ score }) => score >= SAME_PROBLEM)
    .sort((a, b) => b.score - a.score)
}

function linkedClusters(texts: readonly GroupText[], { mustLink = [], cannotLink = [] }: Links): Clusters {
  const numbers = new Map(texts.map(({ id }, number) => [id, number]))
  const known = (links: readonly (readonly [string, string])[]) =>
    links.flatMap(([a, b]) => {
      const [one, other] = [numbers.get(a), numbers.get(b)]
      return one === undefined || other === undefined ? [] : [[one, other] as const]
    })
  const clusters = createClusters(texts.length, known(cannotLink))
  for (const [one, other] of known(mustLink)) clusters.join(one, other)
  return clusters
}

function join(clusters: Clusters, pairs: readonly Pair[], alike: Alike, threshold: number): void {
  for (const { one, other, score } of pairs) {
    if (score < threshold) return
    const [a, b] = [clusters.of(one), clusters.of(other)]
    if (a === b || clusters.apart(a, b)) continue
    if (average(a, b, alike) >= threshold * AVERAGE_SHARE) clusters.join(one, other)
  }
}

function average(one: Cluster, other: Cluster, alike: Alike): number {
  const [some, others] = [sampled(one), sampled(other)]
  let sum = 0
  for (const a of some) for (const b of others) sum += alike(a, b)
  return sum / (some.length * others.length)
}

/** Evenly spread members, so that the same texts always give the same groups. */
function sampled(cluster: Cluster): readonly number[] {
  if (cluster.length <= SAMPLE) return cluster
  return Array.from({ length: SAMPLE }, (_, i) => cluster[Math.floor((i * cluster.length) / SAMPLE)] ?? 0)
}
