import { Jieba } from '@node-rs/jieba'
import { dict } from '@node-rs/jieba/dict.js'
import { folded } from './fold.ts'

const jieba = Jieba.withDict(dict)
const WORD = /[\p{L}\p{N}]/u
/** A message is classified, searched and added in a row; segmenting it once for all three is most of the speed. */
const REMEMBERED = 8
const remembered = new Map<string, readonly string[]>()

/** The words of a text (分词) in their order, folded; punctuation and spaces are left out. */
export function wordsOf(text: string): readonly string[] {
  const known = remembered.get(text)
  if (known) return known
  const words = jieba.cut(folded(text), true).filter((word) => WORD.test(word))
  if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value ?? '')
  remembered.set(text, words)
  return words
}
