import { Converter } from 'opencc-js'
import { configs } from 'opencc-js/preset/t2cn'

const simplify = Converter({ from: 't', to: 'cn' })
const TRADITIONAL = traditionalCharacters()

/**
 * A text as it is compared (归一): NFKC, Traditional→Simplified, lower case. Only a text with a character that the converter would touch goes
 * through the converter, which takes 8 times as long as everything else (0.019 of 0.021 ms for 371 characters).
 */
export function folded(text: string): string {
  const plain = text.normalize('NFKC')
  return (hasTraditional(plain) ? simplify(plain) : plain).toLowerCase()
}

function hasTraditional(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (TRADITIONAL[text.charCodeAt(i)] === 1) return true
  return false
}

/** By UTF-16 unit, 1 for what starts a change of the converter; every surrogate counts, for rare characters may have a common form. */
function traditionalCharacters(): Uint8Array {
  const marks = new Uint8Array(0x1_00_00).fill(1, 0xd8_00, 0xe0_00)
  const changes = (configs['t2s']?.conversionChain.flat() ?? [])
    .flatMap((list) => (typeof list === 'string' ? list.split('|').map((entry) => entry.split(' ')) : list))
    .filter(([from, to]) => from !== to)
  const mark = (from: string, to: string) => {
    for (let i = 0; i < from.length; i++) if (from[i] !== to[i]) marks[from.charCodeAt(i)] = 1
  }
  for (const [from = '', to = ''] of changes) if (from.length === 1) mark(from, to)
  // A phrase that already holds a marked character marks no other: 么麼 must not send every 什么 to the converter.
  for (const [from = '', to = ''] of changes)
    if (![...from].some((one) => marks[one.charCodeAt(0)] === 1)) mark(from, to)
  return marks
}
