import { type Features, featuresOf, PLACES } from './features.ts'
import { hashOf } from './hash.ts'
import { wordsOf } from './segment.ts'
import { bodyOf, titleOf, type Written } from './written.ts'

/** One label for a text (建议), how likely it is (0 to 1), and the words of the text that speak for it most. */
export interface Label {
  readonly label: string
  readonly score: number
  readonly words: readonly string[]
}

/** How far a suggestion may be trusted (可信度): 有把握, 较有把握, 仅供参考. */
export type Confidence = 'sure' | 'likely' | 'unsure'

export interface Classifier {
  /** One text with its right label, or the clerk's correction of one. */
  learn(text: Written, label: string): void
  /** Every label ever learned, the likeliest first; empty before the first lesson. Words are given for the first three. */
  classify(text: Written): Label[]
  confidence(score: number): Confidence
  /** What was learned, for `createClassifier(saved)`. */
  save(): Uint8Array
  readonly labels: readonly string[]
}

const REGULARISATION = 1
const SURE = 0.9
const LIKELY = 0.6
const REASONS = 5
const EXPLAINED = 3
const SLOPE = 3

/** Learns labels of texts one by one (在线学习): one-vs-rest AROW with a diagonal covariance. */
export function createClassifier(saved?: Uint8Array): Classifier {
  const labels: string[] = []
  const weights: Float32Array[] = []
  const variances: Float32Array[] = []
  if (saved) restore(saved)

  function learn(text: Written, label: string): void {
    if (!labels.includes(label)) {
      labels.push(label)
      weights.push(new Float32Array(PLACES))
      variances.push(new Float32Array(PLACES).fill(1))
    }
    const features = featuresOf(text)
    for (let k = 0; k < labels.length; k++) update(k, features, labels[k] === label ? 1 : -1)
  }

  function update(k: number, { places, values, size }: Features, wanted: number): void {
    const weight = weights[k] as Float32Array
    const variance = variances[k] as Float32Array
    let margin = 0
    let confidence = 0
    for (let i = 0; i < size; i++) {
      const [place, value] = [places[i] as number, values[i] as number]
      margin += (weight[place] as number) * value
      confidence += (variance[place] as number) * value * value
    }
    if (margin * wanted >= 1) return
    const beta = 1 / (confidence + REGULARISATION)
    const alpha = (1 - margin * wanted) * beta
    for (let i = 0; i < size; i++) {
      const [place, value] = [places[i] as number, values[i] as number]
      const v = variance[place] as number
      weight[place] = (weight[place] as number) + alpha * wanted * v * value
      variance[place] = v - beta * v * v * value * value
    }
  }

  function classify(text: Written): Label[] {
    const features = featuresOf(text)
    const margins = weights.map((weight) => dot(weight, features))
    const odds = margins.map((margin) => Math.exp(SLOPE * margin))
    const all = odds.reduce((a, b) => a + b, 0)
    return labels
      .map((label, k) => ({ label, k, score: (odds[k] as number) / all }))
      .sort((a, b) => b.score - a.score)
      .map(({ label, k, score }, rank) => ({ label, score, words: rank < EXPLAINED ? reasons(text, k) : [] }))
  }

  function reasons(text: Written, k: number): string[] {
    const weight = weights[k] as Float32Array
    const words = new Set([...wordsOf(titleOf(text)), ...wordsOf(bodyOf(text))])
    return [...words]
      .filter((word) => word.length > 1)
      .map((word) => ({ word, weight: weight[hashOf(word) & (PLACES - 1)] as number }))
      .filter((word) => word.weight > 0)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, REASONS)
      .map(({ word }) => word)
  }

  function save(): Uint8Array {
    const head = Buffer.from(JSON.stringify(labels))
    const size = Buffer.alloc(4)
    size.writeUInt32LE(head.length)
    const arrays = [...weights, ...variances].map((array) => Buffer.from(array.buffer))
    return Buffer.concat([size, head, ...arrays])
  }

  function restore(bytes: Uint8Array): void {
    const head = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
    labels.push(...JSON.parse(Buffer.from(bytes.subarray(4, 4 + head)).toString()))
    const arrays = new Float32Array(bytes.slice(4 + head).buffer)
    for (let k = 0; k < labels.length * 2; k++)
      (k < labels.length ? weights : variances).push(arrays.slice(k * PLACES, (k + 1) * PLACES))
  }

  return {
    learn,
    classify,
    confidence: (score) => (score >= SURE ? 'sure' : score >= LIKELY ? 'likely' : 'unsure'),
    save,
    labels,
  }
}

function dot(weight: Float32Array, { places, values, size }: Features): number {
  let sum = 0
  for (let i = 0; i < size; i++) sum += (weight[places[i] as number] as number) * (values[i] as number)
  return sum
}
