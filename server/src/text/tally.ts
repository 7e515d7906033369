const FIRST_SIZE = 1 << 11

/**
 * Counts hashes in the order they are first met (计数器). One is used again and again, because a new Map for every message would be half of the
 * time of a message.
 */
export interface Tally {
  /** Begins anew. */
  clear(): void
  /** `source` says where the hash was first met. */
  add(hash: number, amount: number, source: number): void
  readonly size: number
  hash(i: number): number
  amount(i: number): number
  source(i: number): number
}

export function createTally(): Tally {
  let size = 0
  /** A place of the table, a round and a slot, is of this round when it carries its number; clearing is counting one up. */
  let round = 1
  let table = new Uint32Array(FIRST_SIZE * 4)
  let hashes = new Uint32Array(FIRST_SIZE)
  let amounts = new Float32Array(FIRST_SIZE)
  let sources = new Int32Array(FIRST_SIZE)

  function grow(): void {
    const old = { hashes, amounts, sources }
    hashes = new Uint32Array(size * 2)
    amounts = new Float32Array(size * 2)
    sources = new Int32Array(size * 2)
    hashes.set(old.hashes)
    amounts.set(old.amounts)
    sources.set(old.sources)
    table = new Uint32Array(size * 8)
    round = 1
    const mask = table.length - 1
    for (let i = 0; i < size; i++) {
      let place = ((hashes[i] as number) << 1) & mask
      while (table[place] === round) place = (place + 2) & mask
      table[place] = round
      table[place + 1] = i
    }
  }

  function add(hash: number, amount: number, source: number): void {
    if (size === hashes.length) grow()
    const all = table
    const mask = all.length - 1
    let place = (hash << 1) & mask
    while (all[place] === round) {
      const slot = all[place + 1] as number
      if (hashes[slot] === hash) {
        amounts[slot] = (amounts[slot] as number) + amount
        return
      }
      place = (place + 2) & mask
    }
    all[place] = round
    all[place + 1] = size
    hashes[size] = hash
    amounts[size] = amount
    sources[size++] = source
  }

  function clear(): void {
    size = 0
    round++
  }

  return {
    clear,
    add,
    get size() {
      return size
    },
    hash: (i) => hashes[i] as number,
    amount: (i) => amounts[i] as number,
    source: (i) => sources[i] as number,
  }
}
