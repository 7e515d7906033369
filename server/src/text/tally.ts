const FIRST_SIZE = 1 << 13

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
  /** A slot of the table is of this round when it carries its number; clearing is counting one up. */
  let round = 1
  let rounds = new Uint32Array(FIRST_SIZE * 2)
  let slots = new Uint32Array(FIRST_SIZE * 2)
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
    rounds = new Uint32Array(size * 4)
    slots = new Uint32Array(size * 4)
    round = 1
    const mask = slots.length - 1
    for (let i = 0; i < size; i++) {
      let place = (hashes[i] as number) & mask
      while (rounds[place] === round) place = (place + 1) & mask
      rounds[place] = round
      slots[place] = i
    }
  }

  function add(hash: number, amount: number, source: number): void {
    if (size === hashes.length) grow()
    const mask = slots.length - 1
    let place = hash & mask
    while (rounds[place] === round) {
      const slot = slots[place] as number
      if (hashes[slot] === hash) {
        amounts[slot] = (amounts[slot] as number) + amount
        return
      }
      place = (place + 1) & mask
    }
    rounds[place] = round
    slots[place] = size
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
