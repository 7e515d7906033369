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
  /** The term of a hash, −1 if no document has it. */
  find(hash: number): number
  /** In how many documents the term occurs, removed ones included; 0 for −1. */
  frequency(term: number): number
  /** Adds `factor` × weight to `scores` of every document of the term. */
  score(term: number, factor: number, scores: Float64Array): void
  has(term: number, document: number): boolean
  /** Everything again without the documents that `number` gives a negative new number. */
  compacted(number: Int32Array): Postings
  readonly bytes: number
}

/** The cells of a term. A chunk is full when `FILL` is its `SIZE`. */
const HASH = 0
const FREQUENCY = 1
const HEAD = 2
const TAIL = 3
const FILL = 4
const SIZE = 5
const CELLS = 6

/**
 * Postings in pages of typed arrays: an entry takes 4 bytes, a term 24 and its place in the hash table 16 to 32. A term's entries lie in chunks
 * of 4, 8, … 1,024 cells, the first cell of which names the next chunk; nothing is copied when a list grows. What is asked together lies together,
 * for nearly every look into a large index is one past the processor's cache.
 */
export function createPostings(): Postings {
  const pages: Uint32Array[] = []
  let end = 1
  /** In turn: a hash, and its term + 1; 0 is a free place. */
  let table = new Uint32Array(1 << 13)
  let cells = new Uint32Array(CELLS << 11)
  let terms = 0

  const pageOf = (chunk: number) => pages[chunk >>> PAGE_BITS] as Uint32Array

  function placeOf(hash: number): number {
    const all = table
    const mask = all.length - 1
    let place = (hash << 1) & mask
    while (all[place + 1] !== 0 && all[place] !== hash) place = (place + 2) & mask
    return place
  }

  const find = (hash: number) => (table[placeOf(hash) + 1] as number) - 1

  function termOf(hash: number): number {
    const place = placeOf(hash)
    const known = table[place + 1] as number
    if (known !== 0) return known - 1
    if (terms * CELLS === cells.length) cells = grown(cells)
    table[place] = cells[terms * CELLS + HASH] = hash
    table[place + 1] = ++terms
    if (terms * 4 > table.length) growTable()
    return terms - 1
  }

  function growTable(): void {
    table = new Uint32Array(table.length * 2)
    for (let term = 0; term < terms; term++) {
      const hash = cells[term * CELLS + HASH] as number
      const place = placeOf(hash)
      table[place] = hash
      table[place + 1] = term + 1
    }
  }

  function newChunk(size: number): number {
    if ((end & (PAGE - 1)) + size > PAGE) end = ((end >>> PAGE_BITS) + 1) * PAGE
    if (pages.length <= end >>> PAGE_BITS) pages.push(new Uint32Array(PAGE))
    const chunk = end
    end += size
    return chunk
  }

  function extend(term: number): void {
    const at = term * CELLS
    const size = Math.min(((cells[at + SIZE] as number) || FIRST_CHUNK / 2) * 2, LARGEST_CHUNK)
    const chunk = newChunk(size)
    const tail = cells[at + TAIL] as number
    if (tail === NONE) cells[at + HEAD] = chunk
    else pageOf(tail)[tail & (PAGE - 1)] = chunk
    cells[at + TAIL] = chunk
    cells[at + SIZE] = size
    cells[at + FILL] = 1
  }

  function add(hash: number, document: number, weight: number): void {
    const term = termOf(hash)
    const at = term * CELLS
    if (cells[at + FILL] === cells[at + SIZE]) extend(term)
    const tail = cells[at + TAIL] as number
    const fill = cells[at + FILL] as number
    pageOf(tail)[(tail & (PAGE - 1)) + fill] = ((document << WEIGHT_BITS) | weight) >>> 0
    cells[at + FILL] = fill + 1
    cells[at + FREQUENCY] = (cells[at + FREQUENCY] as number) + 1
  }

  /** Where the entries of a chunk end, the first lying one cell after its beginning. */
  const endOf = (chunk: number, at: number, size: number) =>
    (chunk & (PAGE - 1)) + (chunk === cells[at + TAIL] ? (cells[at + FILL] as number) : size)

  /** The innermost loop of every search. */
  function score(term: number, factor: number, scores: Float64Array): void {
    const at = term * CELLS
    let size = FIRST_CHUNK
    for (let chunk = cells[at + HEAD] as number; chunk !== NONE; size = Math.min(size * 2, LARGEST_CHUNK)) {
      const page = pageOf(chunk)
      const end = endOf(chunk, at, size)
      for (let i = (chunk & (PAGE - 1)) + 1; i < end; i++) {
        const entry = page[i] as number
        const document = entry >>> WEIGHT_BITS
        scores[document] = (scores[document] as number) + factor * (entry & LARGEST_WEIGHT)
      }
      chunk = page[chunk & (PAGE - 1)] as number
    }
  }

  function has(term: number, document: number): boolean {
    const at = term * CELLS
    let size = FIRST_CHUNK
    for (let chunk = cells[at + HEAD] as number; chunk !== NONE; size = Math.min(size * 2, LARGEST_CHUNK)) {
      const page = pageOf(chunk)
      const end = endOf(chunk, at, size)
      if ((page[end - 1] as number) >>> WEIGHT_BITS >= document)
        return holds(page, (chunk & (PAGE - 1)) + 1, end, document)
      chunk = page[chunk & (PAGE - 1)] as number
    }
    return false
  }

  return {
    add,
    find,
    frequency: (term) => (term < 0 ? 0 : (cells[term * CELLS + FREQUENCY] as number)),
    score,
    has,
    compacted: (number) => {
      const next = createPostings()
      for (let at = 0; at < terms * CELLS; at += CELLS) {
        let size = FIRST_CHUNK
        for (let chunk = cells[at + HEAD] as number; chunk !== NONE; size = Math.min(size * 2, LARGEST_CHUNK)) {
          const page = pageOf(chunk)
          const end = endOf(chunk, at, size)
          for (let i = (chunk & (PAGE - 1)) + 1; i < end; i++) {
            const entry = page[i] as number
            const document = number[entry >>> WEIGHT_BITS] as number
            if (document >= 0) next.add(cells[at + HASH] as number, document, entry & LARGEST_WEIGHT)
          }
          chunk = page[chunk & (PAGE - 1)] as number
        }
      }
      return next
    },
    get bytes() {
      return pages.length * PAGE * 4 + table.length * 4 + cells.length * 4
    },
  }
}

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

function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const next = new Uint32Array(array.length * 2)
  next.set(array)
  return next
}
