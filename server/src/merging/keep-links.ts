/** Two ids that a person has said something about. */
export type Pair = readonly [string, string]

/** What people have decided, the newest first: where two decisions contradict each other the newer one holds. */
export interface Links {
  readonly must: readonly Pair[]
  readonly cannot: readonly Pair[]
}

/**
 * Groups as a machine suggests them, put right by what people have decided: what must stay together stands together, what must not never does.
 * A cannot always holds; a must holds unless it would bring together what must not.
 * @param groups disjoint; ids that stand in no group are left alone unless a decision names them
 */
export function keepLinks(groups: readonly (readonly string[])[], { must, cannot }: Links): string[][] {
  const apart = neighbours(cannot)
  const bundleOf = bundles(must, apart)
  const placed = new Map<readonly string[], string[]>()
  const kept = groups.map((group): string[][] => {
    const parts: string[][] = []
    for (const id of group) {
      const bundle = bundleOf.get(id) ?? [id]
      const home = placed.get(bundle)
      if (home !== undefined) continue
      const part = parts.find((some) => !clashes(bundle, some, apart))
      if (part === undefined) parts.push([...bundle])
      else part.push(...bundle)
      placed.set(bundle, part ?? parts.at(-1) ?? [])
    }
    return parts
  })
  // A bundle of which nobody stands in a group is a group of its own.
  const left = [...new Set(bundleOf.values())].filter((bundle) => bundle.length > 1 && !placed.has(bundle))
  return [...kept.flat(), ...left.map((bundle) => [...bundle])]
}

function neighbours(pairs: readonly Pair[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const add = (one: string, other: string) => {
    const set = found.get(one) ?? new Set()
    set.add(other)
    found.set(one, set)
  }
  for (const [one, other] of pairs) {
    add(one, other)
    add(other, one)
  }
  return found
}

/** Ids that must stay together, by each of them. */
function bundles(
  must: readonly Pair[],
  apart: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, readonly string[]> {
  const bundleOf = new Map<string, string[]>()
  for (const [one, other] of must) {
    const first = bundleOf.get(one) ?? [one]
    const second = bundleOf.get(other) ?? [other]
    if (first === second || clashes(first, second, apart)) continue
    const both = [...first, ...second]
    for (const id of both) bundleOf.set(id, both)
  }
  return bundleOf
}

const clashes = (
  some: readonly string[],
  others: readonly string[],
  apart: ReadonlyMap<string, ReadonlySet<string>>,
): boolean =>
  some.some((id) => {
    const not = apart.get(id)
    return not !== undefined && others.some((other) => not.has(other))
  })
