const PAGE_BITS = 20
const PAGE = 1 << PAGE_BITS
const FIRST_CHUNK = 4
const LARGEST_CHUNK = 1024
/** 0 is no chunk: the first page starts at 1. */
const NONE = 0
/** An entry is the number of a document in the upper 24 bits and its weight in the lower 8. */
const WEIGHT_BITS = 8
export const LARGEST_WEIGHT = (1 << WEIGHT_BITS) - 1
export const MOST_DOCUMENTS = 1 << (32 - WEIGHT_BITS)

/** The lists of documents by term (倒排表), each in the order of its adding. */
export interface Postings {
  /** `document` must be greater than every document added to this hash before; `weight` is 1 to `LARGEST_WEIGHT`. */
  add(hash: number, document: number, weight: number): void
  /** The term of a hash; it is good until the next `add`. */
  find(hash: number): number
  /** In how many documents the term occurs, removed ones included. */
  frequency(term: number): number
  /** Adds `factor` × weight to `scores` of every document of the term. */
  score(term: number, factor: number, scores: Float64Array): void
  has(term: number, document: number): boolean
  /** Everything again without the documents that `number` gives a negative new number. */
  compacted(number: Int32Array): Postings
  readonly bytes: number
}

/** The cells of a term; one that no document has is a free place. How full its last chunk is follows from its frequency. */
const FREQUENCY = 0
const HASH = 1
const HEAD = 2
const TAIL = 3
const CELLS = 4
/** The first cell of a chunk is no entry. */
const MOST_ENTRIES = LARGEST_CHUNK - 1

/**
 * Postings in typed arrays: an entry takes 4 bytes, a term 32 to 64 in a hash table. A term's entries lie in one chunk, which is copied into one
 * of twice the size until it has 1,024 cells; then another is chained to it by its first cell. What is asked together lies together, for nearly
 * every look into an index is one past the processor's cache.
 */
export function createPostings(): Postings {
  const pages: Uint32Array[] = []
  let end = 1
  /** By size of chunk, the first that was left for a larger one; its first cell names the next such. */
  const free = new Uint32Array(LARGEST_CHUNK + 1)
  let table = new Uint32Array(CELLS << 12)
  let terms = 0

  const pageOf = (chunk: number) => pages[chunk >>> PAGE_BITS] as Uint32Array

  /** The cells of a hash, or the free ones for it. */
  function placeOf(hash: number): number {
    const all = table
    const mask = all.length - 1
    let place = Math.imul(hash, CELLS) & mask
    while (all[place + FREQUENCY] !== 0 && all[place + HASH] !== hash) place = (place + CELLS) & mask
    return place
  }

  function growTable(): void {
    const old = table
    table = new Uint32Array(old.length * 2)
    for (let at = 0; at < old.length; at += CELLS)
      if (old[at + FREQUENCY] !== 0) table.set(old.subarray(at, at + CELLS), placeOf(old[at + HASH] as number))
  }

  function newChunk(size: number): number {
    const left = free[size] as number
    if (left !== NONE) {
      free[size] = pageOf(left)[left & (PAGE - 1)] as number
      pageOf(left)[left & (PAGE - 1)] = NONE
      return left
    }
    if ((end & (PAGE - 1)) + size > PAGE) end = ((end >>> PAGE_BITS) + 1) * PAGE
    if (pages.length <= end >>> PAGE_BITS) pages.push(new Uint32Array(PAGE))
    const chunk = end
    end += size
    return chunk
  }

  function add(hash: number, document: number, weight: number): void {
    let at = placeOf(hash)
    const frequency = table[at + FREQUENCY] as number
    if (frequency === 0) {
      if (++terms * CELLS * 2 > table.length) {
        growTable()
        at = placeOf(hash)
      }
      table[at + HASH] = hash
      table[at + HEAD] = table[at + TAIL] = newChunk(FIRST_CHUNK)
    } else if (frequency % MOST_ENTRIES === 0) chain(at)
    else if (frequency < MOST_ENTRIES && frequency >= FIRST_CHUNK - 1 && isPower(frequency + 1))
      enlarge(at, frequency + 1)
    table[at + FREQUENCY] = frequency + 1
    const tail = table[at + TAIL] as number
    pageOf(tail)[endOf(tail, at) - 1] = ((document << WEIGHT_BITS) | weight) >>> 0
  }

  function chain(at: number): void {
    const tail = table[at + TAIL] as number
    table[at + TAIL] = pageOf(tail)[tail & (PAGE - 1)] = newChunk(LARGEST_CHUNK)
  }

  function enlarge(at: number, size: number): void {
    const [small, chunk] = [table[at + HEAD] as number, newChunk(size * 2)]
    const from = small & (PAGE - 1)
    pageOf(chunk).set(pageOf(small).subarray(from + 1, from + size), (chunk & (PAGE - 1)) + 1)
    pageOf(small)[from] = free[size] as number
    free[size] = small
    table[at + HEAD] = table[at + TAIL] = chunk
  }

  /** Where the entries of a chunk end in its page; the first lies one cell after its beginning. */
  const endOf = (chunk: number, at: number) =>
    (chunk & (PAGE - 1)) +
    (chunk === table[at + TAIL] ? (((table[at + FREQUENCY] as number) - 1) % MOST_ENTRIES) + 2 : LARGEST_CHUNK)

  /** The innermost loop of every search. */
  function score(at: number, factor: number, scores: Float64Array): void {
    for (let chunk = table[at + HEAD] as number; chunk !== NONE; ) {
      const page = pageOf(chunk)
      const end = endOf(chunk, at)
      for (let i = (chunk & (PAGE - 1)) + 1; i < end; i++) {
        const entry = page[i] as number
        const document = entry >>> WEIGHT_BITS
        scores[document] = (scores[document] as number) + factor * (entry & LARGEST_WEIGHT)
      }
      chunk = page[chunk & (PAGE - 1)] as number
    }
  }

  function has(at: number, document: number): boolean {
    for (let chunk = table[at + HEAD] as number; chunk !== NONE; ) {
      const page = pageOf(chunk)
      const end = endOf(chunk, at)
      if ((page[end - 1] as number) >>> WEIGHT_BITS >= document)
        return holds(page, (chunk & (PAGE - 1)) + 1, end, document)
      chunk = page[chunk & (PAGE - 1)] as number
    }
    return false
  }

  function compacted(number: Int32Array): Postings {
    const next = createPostings()
    for (let at = 0; at < table.length; at += CELLS)
      for (let chunk = table[at + HEAD] as number; chunk !== NONE; ) {
        const page = pageOf(chunk)
        const end = endOf(chunk, at)
        for (let i = (chunk & (PAGE - 1)) + 1; i < end; i++) {
          const entry = page[i] as number
          const document = number[entry >>> WEIGHT_BITS] as number
          if (document >= 0) next.add(table[at + HASH] as number, document, entry & LARGEST_WEIGHT)
        }
        chunk = page[chunk & (PAGE - 1)] as number
      }
    return next
  }

  return {
    add,
    find: placeOf,
    frequency: (term) => table[term + FREQUENCY] as number,
    score,
    has,
    compacted,
    get bytes() {
      return pages.length * PAGE * 4 + table.length * 4
    },
  }
}

const isPower = (size: number) => (size & (size - 1)) === 0

/** The entries of a chunk are in the order of their documents. */
function holds(page: Uint32Array, first: number, end: number, document: number): boolean {
  let [low, high] = [first, end]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((page[middle] as number) >>> WEIGHT_BITS < document) low = middle + 1
    else high = middle
  }
  return low < end && (page[low] as number) >>> WEIGHT_BITS === document
}
