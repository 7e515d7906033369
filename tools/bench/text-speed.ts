import { createClassifier, createTextIndex, wordsOf } from '../../server/src/text/index.ts'
import type { Labelled, Message, TextData } from './text-data.ts'

const SHOWN = 5
const QUERIES = 1000
const WARM_UP = 500
const MILLION = 1_000_000

/** Segment, label, search and add, one message after the other on one core, in a house that knows the training file. */
export function speedFigures({ train, messages }: TextData) {
  const classifier = createClassifier()
  classifier.learnAll(train.map((row: Labelled) => ['seg' in row ? row.seg : row.body, row.label] as const))
  // The first round is the just-in-time compiler's; it is not counted.
  handled(messages.slice(0, WARM_UP), classifier)
  return { messagesPerSecond: Math.round(handled(messages, classifier)) }
}

function handled(messages: readonly Message[], classifier: ReturnType<typeof createClassifier>): number {
  const index = createTextIndex()
  const start = performance.now()
  for (const { id, title, body, time } of messages) {
    const at = Date.parse(time)
    classifier.classify({ title, body })
    index.search({ title, body, at, limit: SHOWN })
    index.add({ id, title, body, at })
  }
  return (messages.length / (performance.now() - start)) * 1000
}

/**
 * The 95th percentile of a search in milliseconds, by size of the index. The documents are synthetic: as long as the messages, their words drawn from the
 * messages as often as they occur there, so that the lists of the frequent words are as long as in life. Asked are such documents and messages in turn.
 */
export function searchFigures({ messages, sizes }: TextData, tell: (line: string) => void) {
  const random = randomBy(1)
  const words = messages.flatMap(({ title, body }) => [...wordsOf(title), ...wordsOf(body)])
  const index = createTextIndex()
  const figures: Record<string, number> = {}
  for (const size of sizes.toSorted((a, b) => a - b)) {
    const start = performance.now()
    while (index.size < size)
      index.add({ ...synthetic(messages, words, random), id: String(index.size), at: index.size })
    tell(
      `search: ${size} documents in ${((performance.now() - start) / 1000).toFixed(0)} s, ${Math.round(index.bytes / size)} bytes each\n`,
    )
    const asked = Array.from({ length: QUERIES }, (_, i) =>
      i % 2 === 0 ? synthetic(messages, words, random) : (messages[Math.floor(random() * messages.length)] as Message),
    )
    const times = asked.map(({ title, body }) => {
      const from = performance.now()
      index.search({ title, body, at: 0, limit: SHOWN })
      return performance.now() - from
    })
    figures[nameOf(size)] = Math.round((times.sort((a, b) => a - b)[Math.floor(QUERIES * 0.95)] ?? 0) * 100) / 100
    tell(`search: p95 at ${nameOf(size)} ${figures[nameOf(size)]} ms\n`)
  }
  return { p95Ms: figures }
}

function synthetic(messages: readonly Message[], words: readonly string[], random: () => number) {
  const like = messages[Math.floor(random() * messages.length)] as Message
  const draw = (length: number) => {
    let text = ''
    while (text.length < length) text += `${words[Math.floor(random() * words.length)]} `
    return text
  }
  return { title: draw(like.title.length), body: draw(like.body.length) }
}

const nameOf = (size: number) =>
  size >= MILLION ? `${size / MILLION}M` : size >= 1000 ? `${size / 1000}k` : String(size)

function randomBy(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
