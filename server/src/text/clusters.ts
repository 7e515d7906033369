/** Numbers of texts that belong together. */
export type Cluster = readonly number[]

/** Texts 0 to n − 1 in groups that grow together, unless a person said that two of them never do. */
export interface Clusters {
  of(text: number): Cluster
  /** Whether somebody in the one must never meet somebody in the other. */
  apart(one: Cluster, other: Cluster): boolean
  join(one: number, other: number): void
  list(): Cluster[]
}

export function createClusters(size: number, cannotLink: readonly (readonly [number, number])[]): Clusters {
  const clusters = Array.from({ length: size }, (_, text) => [text])
  const enemies = new Map<number, number[]>()
  for (const [one, other] of cannotLink) {
    enemies.set(one, [...(enemies.get(one) ?? []), other])
    enemies.set(other, [...(enemies.get(other) ?? []), one])
  }
  const of = (text: number) => clusters[text] ?? [text]
  return {
    of,
    apart: (one, other) => one.some((text) => enemies.get(text)?.some((enemy) => of(enemy) === other) === true),
    join: (one, other) => {
      const [into, from] = [of(one), of(other)]
      if (into === from) return
      for (const text of from) clusters[text] = into
      into.push(...from)
    },
    list: () => [...new Set(clusters)].map((cluster) => cluster.toSorted((a, b) => a - b)),
  }
}
