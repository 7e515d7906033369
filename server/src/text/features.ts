import { hashOf, joined } from './hash.ts'
import { wordsOf } from './segment.ts'
import { bodyOf, titleOf, type Written } from './written.ts'

/** Features are hashed to so many places; a quarter of a million is where more changed nothing. */
export const PLACES = 1 << 18
const PAIR = 0x01
const TWO = 0x02
const THREE = 0x03

/** A text as a learner sees it (特征): places and values, of length one. */
export interface Features {
  readonly places: Uint32Array
  readonly values: Float32Array
  readonly size: number
}

/** Words, pairs of words, and runs of two and three characters; each counts 1 + ln(times), and the whole has length one. */
export function featuresOf(text: Written): Features {
  const counts = new Map<number, number>()
  const count = (hash: number) => counts.set(hash & (PLACES - 1), (counts.get(hash & (PLACES - 1)) ?? 0) + 1)
  for (const part of [titleOf(text), bodyOf(text)]) countPart(part, count)
  return scaled(counts)
}

function countPart(text: string, count: (hash: number) => void): void {
  let before = 0
  const words = wordsOf(text)
  for (const word of words) {
    const hash = hashOf(word)
    count(hash)
    if (before !== 0) count(joined(joined(before, hash), PAIR))
    before = hash
  }
  const letters = words.join('')
  for (let i = 0; i + 1 < letters.length; i++) {
    count(hashOf(letters.slice(i, i + 2), TWO))
    if (i + 2 < letters.length) count(hashOf(letters.slice(i, i + 3), THREE))
  }
}

function scaled(counts: Map<number, number>): Features {
  const places = new Uint32Array(counts.size)
  const values = new Float32Array(counts.size)
  let size = 0
  let square = 0
  for (const [place, times] of counts) {
    const value = 1 + Math.log(times)
    places[size] = place
    values[size++] = value
    square += value * value
  }
  const length = Math.sqrt(square) || 1
  for (let i = 0; i < size; i++) values[i] = (values[i] as number) / length
  return { places, values, size }
}
