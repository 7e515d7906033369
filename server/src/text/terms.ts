import { mixed } from './hash.ts'
import { type Segments, segmented, wordAt } from './segment.ts'
import { createTally, type Tally } from './tally.ts'
import { bodyOf, titleOf, type Written } from './written.ts'

/** A word in the title says three times as much of the matter as one in the body. */
const TITLE_WEIGHT = 3
const PAIR_SEED = 0x70_61_69_72

/** How often each term occurs in a text, and how a person reads a term. */
export interface Terms {
  readonly tally: Tally
  /** Sum of all frequencies. */
  readonly length: number
  word(i: number): string
}

const tally = createTally()
let last: { readonly title: string; readonly body: string; readonly terms: Terms } | undefined

/**
 * Terms of a text (检索项): words of two characters and more, and the pairs of neighbouring characters of the title, which find what the
 * segmenter cut differently. Valid until the next call; asked for the same text again, as when a message is searched and then added, they are there.
 */
export function termsOf(text: Written): Terms {
  const [title, body] = [titleOf(text), bodyOf(text)]
  if (last?.title !== title || last.body !== body)
    last = { title, body, terms: counted(segmented(title), segmented(body)) }
  return last.terms
}

function counted(title: Segments, body: Segments): Terms {
  tally.clear()
  const letters = lettersOf(title)
  let length = addWords(title, TITLE_WEIGHT, 0)
  length += addWords(body, 1, title.size)
  for (let i = 0; i + 1 < letters.length; i++) {
    tally.add(mixed(((letters.charCodeAt(i) << 16) | letters.charCodeAt(i + 1)) ^ PAIR_SEED), 1, -1 - i)
    length++
  }
  const word = (i: number) => {
    const source = tally.source(i)
    if (source < 0) return letters.slice(-1 - source, 1 - source)
    return source < title.size ? wordAt(title, source) : wordAt(body, source - title.size)
  }
  return { tally, length, word }
}

/** A title without its punctuation. */
function lettersOf({ text, size, starts, ends }: Segments): string {
  let letters = ''
  for (let i = 0, from = 0; i < size; i++) {
    // Words that touch are taken together.
    if (i + 1 < size && ends[i] === starts[i + 1]) continue
    letters += text.slice(starts[from], ends[i])
    from = i + 1
  }
  return letters
}

function addWords({ size, starts, ends, hashes }: Segments, weight: number, first: number): number {
  let length = 0
  for (let i = 0; i < size; i++) {
    if ((ends[i] as number) - (starts[i] as number) < 2) continue
    tally.add(hashes[i] as number, weight, first + i)
    length += weight
  }
  return length
}
