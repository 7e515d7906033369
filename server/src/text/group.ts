import { createTextIndex } from './text-index.ts'

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

const SAME_CASE = 0.5
const SAME_PROBLEM = 0.28
const NEIGHBOURS = 20

interface Pair {
  readonly a: string
  readonly b: string
  readonly score: number
}

/** Proposes groups (归并建议); a person confirms. Must-links are always kept, cannot-links never broken; a contradiction of both is the caller's error. */
export function groupTexts(texts: readonly GroupText[], links: Links = {}): Grouping {
  const pairs = pairsOf(texts)
  const cases = clusters(
    texts,
    pairs.filter(({ score }) => score >= SAME_CASE),
    links,
  )
  const problems = clusters(
    texts,
    pairs.filter(({ score }) => score >= SAME_PROBLEM),
    {
      ...links,
      mustLink: [
        ...(links.mustLink ?? []),
        ...cases.flatMap((group) => group.slice(1).map((id) => [group[0] ?? id, id] as const)),
      ],
    },
  )
  return { cases, problems }
}

function pairsOf(texts: readonly GroupText[]): Pair[] {
  const index = createTextIndex()
  for (const text of texts) index.add({ ...text, at: text.at ?? 0 })
  return texts
    .flatMap((text) =>
      index
        .search({ ...text, limit: NEIGHBOURS, accept: (id) => id !== text.id })
        .map(({ id, score }) => ({ a: text.id, b: id, score })),
    )
    .sort((a, b) => b.score - a.score)
}

function clusters(
  texts: readonly GroupText[],
  pairs: readonly Pair[],
  { mustLink = [], cannotLink = [] }: Links,
): string[][] {
  const groups = new Map(texts.map(({ id }) => [id, new Set([id])]))
  const enemies = new Map<string, Set<string>>()
  for (const [a, b] of cannotLink) {
    enemies.set(a, (enemies.get(a) ?? new Set()).add(b))
    enemies.set(b, (enemies.get(b) ?? new Set()).add(a))
  }
  const hostile = (one: Set<string>, other: Set<string>) =>
    [...one].some((id) => [...(enemies.get(id) ?? [])].some((enemy) => other.has(enemy)))
  const join = (a: string, b: string, always: boolean) => {
    const [one, other] = [groups.get(a), groups.get(b)]
    if (!one || !other || one === other || (!always && hostile(one, other))) return
    for (const id of other) groups.set(id, one.add(id))
  }
  for (const [a, b] of mustLink) join(a, b, true)
  for (const { a, b } of pairs) join(a, b, false)
  return [...new Set(groups.values())].map((group) => [...group])
}
