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
  /** `document` must be greater than every document added to this term before; `weight` is 1 to `LARGEST_WEIGHT`. */
  add(term: number, document: number, weight: number): void
  /** In how many documents the term occurs, removed ones included. */
  frequency(term: number): number
  /** Adds `factor` × weight to `scores` of every document of the term, and notes in `touched` those that had none. @returns new count of touched */
  score(term: number, factor: number, scores: Float32Array, touched: Uint32Array, count: number): number
  has(term: number, document: number): boolean
  /** Everything again without the documents that `number` gives a negative new number. */
  compacted(number: Int32Array): Postings
  readonly bytes: number
}

/**
 * Postings in pages of typed arrays: an entry takes 4 bytes, a term 21 and its place in the hash table 8 to 16. A term's entries lie in chunks
 * of 4, 8, … 1,024 cells, the first cell of which names the next chunk; nothing is copied when a list grows.
 */
export function createPostings(): Postings {
  const pages: Uint32Array[] = []
  let end = 1
  let keys = new Uint32Array(1 << 12)
  let numbers = new Int32Array(1 << 12).fill(-1)
  let terms = 0
  let hashes = new Uint32Array(1 << 11)
  let frequencies = new Uint32Array(1 << 11)
  let heads = new Uint32Array(1 << 11)
  let tails = new Uint32Array(1 << 11)
  let fills = new Uint16Array(1 << 11)
  let sizes = new Uint16Array(1 << 11)

  const pageOf = (chunk: number) => pages[chunk >>> PAGE_BITS] as Uint32Array

  function placeOf(hash: number): number {
    const mask = keys.length - 1
    let place = hash & mask
    while (numbers[place] !== -1 && keys[place] !== hash) place = (place + 1) & mask
    return place
  }

  function numberOf(hash: number): number {
    const place = placeOf(hash)
    const known = numbers[place] ?? -1
    if (known !== -1) return known
    if (terms === hashes.length) growTerms()
    keys[place] = hash
    numbers[place] = terms
    hashes[terms] = hash
    if (terms * 2 > keys.length) growTable()
    return terms++
  }

  function growTerms(): void {
    const size = terms * 2
    hashes = grown(hashes, size)
    frequencies = grown(frequencies, size)
    heads = grown(heads, size)
    tails = grown(tails, size)
    fills = grown(fills, size)
    sizes = grown(sizes, size)
  }

  function growTable(): void {
    keys = new Uint32Array(keys.length * 2)
    numbers = new Int32Array(keys.length).fill(-1)
    for (let term = 0; term <= terms; term++) {
      const hash = hashes[term] ?? 0
      const place = placeOf(hash)
      keys[place] = hash
      numbers[place] = term
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
    const size = Math.min((sizes[term] || FIRST_CHUNK / 2) * 2, LARGEST_CHUNK)
    const chunk = newChunk(size)
    const tail = tails[term] ?? NONE
    if (tail === NONE) heads[term] = chunk
    else pageOf(tail)[tail & (PAGE - 1)] = chunk
    tails[term] = chunk
    sizes[term] = size
    fills[term] = 1
  }

  function add(hash: number, document: number, weight: number): void {
    const term = numberOf(hash)
    if (fills[term] === sizes[term]) extend(term)
    const tail = tails[term] ?? NONE
    const fill = fills[term] ?? 1
    pageOf(tail)[(tail & (PAGE - 1)) + fill] = ((document << WEIGHT_BITS) | weight) >>> 0
    fills[term] = fill + 1
    frequencies[term] = (frequencies[term] ?? 0) + 1
  }

  /** Shows each chunk of a term until `look` has seen enough. */
  function walk(hash: number, look: (page: Uint32Array, from: number, to: number) => boolean): void {
    const term = numbers[placeOf(hash)] ?? -1
    if (term === -1) return
    let size = FIRST_CHUNK
    for (let chunk = heads[term] ?? NONE; chunk !== NONE; ) {
      const page = pageOf(chunk)
      const from = chunk & (PAGE - 1)
      if (look(page, from + 1, from + (chunk === tails[term] ? (fills[term] ?? 1) : size))) return
      chunk = page[from] ?? NONE
      size = Math.min(size * 2, LARGEST_CHUNK)
    }
  }

  return {
    add,
    frequency: (hash) => {
      const term = numbers[placeOf(hash)] ?? -1
      return term === -1 ? 0 : (frequencies[term] ?? 0)
    },
    score: (hash, factor, scores, touched, count) => {
      let touching = count
      walk(hash, (page, from, to) => {
        touching = scoreChunk(page, from, to, factor, scores, touched, touching)
        return false
      })
      return touching
    },
    has: (hash, document) => {
      let found = false
      walk(hash, (page, from, to) => {
        if ((page[to - 1] ?? 0) >>> WEIGHT_BITS < document) return false
        for (let i = from; i < to && !found; i++) found = (page[i] ?? 0) >>> WEIGHT_BITS === document
        return true
      })
      return found
    },
    compacted: (number) => {
      const next = createPostings()
      for (let term = 0; term < terms; term++) {
        const hash = hashes[term] ?? 0
        walk(hash, (page, from, to) => {
          for (let i = from; i < to; i++) {
            const entry = page[i] ?? 0
            const document = number[entry >>> WEIGHT_BITS] ?? -1
            if (document >= 0) next.add(hash, document, entry & LARGEST_WEIGHT)
          }
          return false
        })
      }
      return next
    },
    get bytes() {
      return pages.length * PAGE * 4 + keys.length * 8 + hashes.length * 20
    },
  }
}

/** The innermost loop of every search. */
function scoreChunk(
  page: Uint32Array,
  from: number,
  to: number,
  factor: number,
  scores: Float32Array,
  touched: Uint32Array,
  count: number,
): number {
  let touching = count
  for (let i = from; i < to; i++) {
    const entry = page[i] as number
    const document = entry >>> WEIGHT_BITS
    const before = scores[document] as number
    if (before === 0) touched[touching++] = document
    scores[document] = before + factor * (entry & LARGEST_WEIGHT)
  }
  return touching
}

function grown<T extends Uint32Array | Uint16Array>(array: T, size: number): T {
  const next = new (array.constructor as new (size: number) => T)(size)
  next.set(array)
  return next
}
