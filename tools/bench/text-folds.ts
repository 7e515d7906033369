const SHINGLE = 4
/** The smallest hashes of a text stand for it when duplicates are sought. */
const SKETCH = 24
/** Texts that share so much of the shorter one are copies. */
const COPY = 0.4
const LARGEST_BUCKET = 200

/** A fold (0 to `folds` − 1) for every text; copies and near-copies of one text are in the same fold, so that nothing is tested that was learned. */
export function groupedFolds(texts: readonly string[], folds: number): number[] {
  const sets = texts.map(shinglesOf)
  const parent = texts.map((_, i) => i)
  const root = (i: number): number => (parent[i] === i ? i : root(parent[i] as number))
  for (const [one, other] of candidates(sets)) {
    const [a, b] = [sets[one] as Set<number>, sets[other] as Set<number>]
    if (a.intersection(b).size > COPY * Math.min(a.size, b.size)) parent[root(one)] = root(other)
  }
  return texts.map((_, i) => spread(root(i) + 1) % folds)
}

function shinglesOf(text: string): Set<number> {
  const letters = text.replaceAll(/[^\p{L}\p{N}]/gu, '')
  const set = new Set<number>()
  for (let i = 0; i + SHINGLE <= letters.length; i++) set.add(hash(letters.slice(i, i + SHINGLE)))
  return set
}

function* candidates(sets: readonly Set<number>[]): Generator<[number, number]> {
  const buckets = new Map<number, number[]>()
  for (const [i, set] of sets.entries())
    for (const least of [...set].sort((a, b) => a - b).slice(0, SKETCH))
      buckets.set(least, [...(buckets.get(least) ?? []), i])
  for (const bucket of buckets.values())
    if (bucket.length < LARGEST_BUCKET)
      for (const [n, one] of bucket.entries()) for (const other of bucket.slice(n + 1)) yield [one, other]
}

function hash(text: string): number {
  let value = 0x81_1c_9d_c5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01_00_01_93)
  return spread(value)
}

function spread(value: number): number {
  const half = Math.imul(value ^ (value >>> 16), 0x85_eb_ca_6b)
  return (half ^ (half >>> 13)) >>> 0
}
