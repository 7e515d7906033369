import { featuresOf } from './features.ts'
import { createLearner, emptyKnowledge, type Knowledge } from './learner.ts'
import { type Segments, segmented, wordAt } from './segment.ts'
import { bodyOf, titleOf, type Written } from './written.ts'

/** One label for a text (建议), how likely it is right (0 to 1), and the words of the text that speak for it most. */
export interface Label {
  readonly label: string
  readonly score: number
  readonly words: readonly string[]
}

/** How far a suggestion may be trusted (可信度): 有把握, 较有把握, 仅供参考. */
export type Confidence = 'sure' | 'likely' | 'unsure'

/** A text and its right label. */
export type Lesson = readonly [text: Written, label: string]

export interface Classifier {
  /** One text with its right label, or the clerk's correction of one. */
  learn(text: Written, label: string): void
  /** A whole ledger at once (重建): shuffled, because one label after another teaches badly, and gone through twice. Better than `learn` one by one. */
  learnAll(lessons: readonly Lesson[]): void
  /** Every label ever learned, the likeliest first; empty before the first lesson. Words are given for the first three. */
  classify(text: Written): Label[]
  confidence(score: number): Confidence
  /** What was learned, for `createClassifier(saved)`: 19 MB for up to 8 labels, whatever the number of texts. */
  save(): Uint8Array
  readonly labels: readonly string[]
}

/**
 * A label's score is the logistic function of its lead over the best other one, with a slope that makes it the share of such answers that were right
 * (measured: see `npm run bench -- text`).
 */
const EVENNESS = 1.9
/** From here on 98.0 % of the answers were right, and 78 % of the messages had such an answer (14 groupings in five folds, 4,605 messages). */
const SURE = 0.9
/** From here to `SURE` 76 % were right. */
const LIKELY = 0.6
const PASSES = 2
const REASONS = 5
const EXPLAINED = 3

/** Learns labels of texts one by one (在线学习) from what clerks decided, without any model from outside. */
export function createClassifier(saved?: Uint8Array): Classifier {
  const { labels, knowledge } = saved ? opened(saved) : { labels: [] as string[], knowledge: emptyKnowledge() }
  const learner = createLearner(knowledge)
  const numbers = new Map(labels.map((label, number) => [label, number]))

  function numberOf(label: string): number {
    const number = numbers.get(label) ?? labels.push(label) - 1
    numbers.set(label, number)
    return number
  }

  function learn(text: Written, label: string): void {
    const features = featuresOf(text)
    const number = numberOf(label)
    learner.count(features, number)
    learner.attend(features)
    learner.teach(features, number)
  }

  function learnAll(lessons: readonly Lesson[]): void {
    const order = shuffled(lessons)
    for (const [text, label] of order) learner.count(featuresOf(text), numberOf(label))
    learner.attend()
    for (let pass = 0; pass < PASSES; pass++)
      for (const [text, label] of order) learner.teach(featuresOf(text), numberOf(label))
  }

  function classify(text: Written): Label[] {
    if (labels.length === 0) return []
    const answers = ranked(learner.margins(featuresOf(text)))
    const words = reasons(
      text,
      answers.slice(0, EXPLAINED).map(({ label }) => label),
    )
    return answers.map(({ label, score }, rank) => ({ label: labels[label] ?? '', score, words: words[rank] ?? [] }))
  }

  /** For each of some labels the words that speak for it most; a handful is picked from a hundred without sorting them, and only those become strings. */
  function reasons(text: Written, asked: readonly number[]): string[][] {
    const best = asked.map((): Reason[] => [])
    /** What a word must say more than to be among the best. */
    const least = new Float64Array(asked.length)
    for (const part of [segmented(titleOf(text)), segmented(bodyOf(text))])
      for (let i = 0; i < part.size; i++) {
        if ((part.ends[i] as number) - (part.starts[i] as number) < 2) continue
        const place = learner.find(part.hashes[i] as number)
        if (place === -1) continue
        for (let rank = 0; rank < best.length; rank++) {
          const weight = learner.says(place, asked[rank] as number)
          if (weight > (least[rank] as number)) least[rank] = kept(best[rank] as Reason[], { part, i, weight })
        }
      }
    return best.map((reasons) => reasons.map(({ part, i }) => wordAt(part, i)))
  }

  return {
    learn,
    learnAll,
    classify,
    confidence: (score) => (score >= SURE ? 'sure' : score >= LIKELY ? 'likely' : 'unsure'),
    save: () => packed(labels, learner.knowledge),
    labels,
  }
}

interface Reason {
  readonly part: Segments
  readonly i: number
  readonly weight: number
}

/** Puts a word in its place among the best. @returns what the next must say more than */
function kept(best: Reason[], reason: Reason): number {
  const { part, i, weight } = reason
  if (!best.some((known) => known.part.hashes[known.i] === part.hashes[i])) {
    let place = best.length
    while (place > 0 && (best[place - 1]?.weight ?? 0) < weight) place--
    best.splice(place, 0, reason)
    if (best.length > REASONS) best.pop()
  }
  return best.length < REASONS ? 0 : (best.at(-1)?.weight ?? 0)
}

function ranked(margins: Float64Array): { label: number; score: number }[] {
  const order = [...margins.keys()].sort((a, b) => (margins[b] as number) - (margins[a] as number))
  const margin = (rank: number) => margins[order[rank] ?? -1] ?? Number.NEGATIVE_INFINITY
  return order.map((label, rank) => {
    const lead = margin(rank) - (rank === 0 ? margin(1) : margin(0))
    return { label, score: 1 / (1 + Math.exp(-EVENNESS * lead)) }
  })
}

/** The same order every time, so that a rebuild gives the same classifier. */
function shuffled<T>(list: readonly T[]): T[] {
  const result = [...list]
  let state = 1
  for (let i = result.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    const j = Math.floor((state / 2 ** 32) * (i + 1))
    const [a, b] = [result[i] as T, result[j] as T]
    result[i] = b
    result[j] = a
  }
  return result
}

const HEAD_BYTES = 4

function packed(labels: readonly string[], { capacity, textsOf, ...arrays }: Knowledge): Uint8Array {
  const head = Buffer.from(JSON.stringify({ labels, capacity, textsOf }))
  const size = Buffer.alloc(HEAD_BYTES)
  size.writeUInt32LE(head.length)
  const parts = [arrays.owners, arrays.seen, arrays.attention, arrays.weights]
  return Buffer.concat([size, head, ...parts.map(({ buffer }) => Buffer.from(buffer))])
}

function opened(bytes: Uint8Array): { labels: string[]; knowledge: Knowledge } {
  const buffer = Buffer.from(bytes)
  const end = HEAD_BYTES + buffer.readUInt32LE(0)
  const { labels, ...known } = JSON.parse(buffer.subarray(HEAD_BYTES, end).toString())
  const knowledge: Knowledge = { ...emptyKnowledge(known.capacity), ...known }
  let from = end
  for (const array of [knowledge.owners, knowledge.seen, knowledge.attention, knowledge.weights]) {
    new Uint8Array(array.buffer).set(buffer.subarray(from, from + array.byteLength))
    from += array.byteLength
  }
  return { labels, knowledge }
}
