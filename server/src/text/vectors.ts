import { wordsOf } from './segment.ts'
import { bodyOf, titleOf, type Written } from './written.ts'

/** A word in the title says three times as much of the matter as one in the body. */
const TITLE_WEIGHT = 3
/** A word in so many of the texts tells none from another; a few texts may well all be of one matter. */
const COMMON_SHARE = 0.3
const COMMON_LEAST = 200
/** Words of a text by which its neighbours are sought must be rarer; the likeness itself looks at all. */
const SEEKING_SHARE = 0.1
const SEEKING_LEAST = 50

/** The words of one text with their weights (词向量), of length one. */
export type Vector = ReadonlyMap<number, number>

export interface Vectors {
  /** By the place of the text in what was given. */
  readonly all: readonly Vector[]
  /** For each word, the texts that hold it; empty for a word too common to seek by. */
  readonly holders: readonly (readonly number[])[]
}

/** Weighs words by (1 + ln times) × ln(1 + texts / texts with the word). Words of one character and of nearly all texts are left out. */
export function vectorsOf(texts: readonly Written[]): Vectors {
  const numbers = new Map<string, number>()
  const counts = texts.map((text) => countsOf(text, numbers))
  const holders: number[][] = Array.from({ length: numbers.size }, () => [])
  for (const [text, words] of counts.entries()) for (const word of words.keys()) holders[word]?.push(text)
  const most = Math.max(COMMON_LEAST, texts.length * COMMON_SHARE)
  const rarity = holders.map(({ length }) => (length > most ? 0 : Math.log(1 + texts.length / length)))
  const seekable = Math.max(SEEKING_LEAST, texts.length * SEEKING_SHARE)
  return {
    all: counts.map((words) => unitVector(words, rarity, holders)),
    holders: holders.map((list) => (list.length > seekable ? [] : list)),
  }
}

function countsOf(text: Written, numbers: Map<string, number>): Map<number, number> {
  const counts = new Map<number, number>()
  const count = (word: string, weight: number) => {
    if (word.length < 2) return
    const number = numbers.get(word) ?? numbers.size
    numbers.set(word, number)
    counts.set(number, (counts.get(number) ?? 0) + weight)
  }
  for (const word of wordsOf(titleOf(text))) count(word, TITLE_WEIGHT)
  for (const word of wordsOf(bodyOf(text))) count(word, 1)
  return counts
}

/** What only this text says lengthens the vector, for it is not in common; but nobody will ever ask for it. */
function unitVector(
  counts: ReadonlyMap<number, number>,
  rarity: readonly number[],
  holders: readonly (readonly number[])[],
): Vector {
  const vector = new Map<number, number>()
  let square = 0
  for (const [word, times] of counts) {
    const weight = (1 + Math.log(times)) * (rarity[word] ?? 0)
    square += weight * weight
    if (weight > 0 && (holders[word]?.length ?? 0) > 1) vector.set(word, weight)
  }
  const length = Math.sqrt(square) || 1
  for (const [word, weight] of vector) vector.set(word, weight / length)
  return vector
}

/** 0 (no word in common) to 1 (the same words in the same shares). */
export function likeness(one: Vector, other: Vector): number {
  const [small, large] = one.size < other.size ? [one, other] : [other, one]
  let sum = 0
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0)
  return sum
}
