import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

/** A resident's message as the files have it. */
export interface Message {
  readonly id: string
  readonly title: string
  readonly time: string
  readonly body: string
}
/** A labelled text, raw or already segmented. */
export type Labelled = { readonly label: string } & (
  | { readonly title?: string; readonly body: string }
  | { readonly seg: string }
)
export interface Judged {
  readonly a: string
  readonly b: string
  readonly same: number
}

/** Parts that `--only` measures alone. */
const ONLY = ['labels', 'matters', 'speed'] as const
export type Part = (typeof ONLY)[number]

/** What is measured on. `test` is absent when the training file is to be split into folds. */
export interface TextData {
  readonly train: readonly Labelled[]
  readonly test?: readonly Labelled[]
  readonly messages: readonly Message[]
  readonly pairs: readonly Judged[]
  /** Ids of messages on one hot issue. */
  readonly hot: readonly (readonly string[])[]
  readonly sizes: readonly number[]
  readonly only: Part | undefined
  readonly source: Readonly<Record<string, string>>
}

const ROOT = join(import.meta.dirname, '../..')
const FOLDER = '../shared/data'
const FILES = {
  train: 'labelled_segmented.jsonl',
  messages: 'messages.jsonl',
  pairs: 'same_matter_pairs.jsonl',
  hot: 'hot_groups.jsonl',
} as const

const rows = <T>(path: string): T[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))

/**
 * Reads the files that `--train --test --messages --pairs --hot` name, or those of the data folder beside the project. Where messages or pairs are
 * named and hot groups are not, there are none.
 * @throws Error with one sentence when a file is not there
 */
export function readTextData(args: readonly string[]): TextData {
  const option = { type: 'string' } as const
  const { values: given } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { train: option, test: option, messages: option, pairs: option, hot: option, sizes: option, only: option },
  })
  const path = (name: keyof typeof FILES) => given[name] ?? join(ROOT, FOLDER, FILES[name])
  const own = (given.messages ?? given.pairs) !== undefined
  const wanted = ['train', 'messages', 'pairs'] as const
  const paths = [...wanted.map(path), ...(own && !given.hot ? [] : [path('hot')]), ...(given.test ? [given.test] : [])]
  const absent = paths.filter((file) => !existsSync(file))
  if (absent.length > 0)
    throw new Error(
      `There is no ${absent.join(', ')}. Put the data into ${FOLDER} beside the project, or name files of the same form with --train F --test F --messages F --pairs F.`,
    )
  const shown = (name: keyof typeof FILES) => given[name] ?? `${FOLDER}/${FILES[name]}`
  return {
    train: rows(path('train')),
    ...(given.test && { test: rows<Labelled>(given.test) }),
    messages: rows(path('messages')),
    pairs: rows(path('pairs')),
    hot: own && !given.hot ? [] : rows<{ ids: string[] }>(path('hot')).map(({ ids }) => ids),
    only: given.only === undefined ? undefined : partOf(given.only),
    sizes: (given.sizes ?? '100k,1M').split(',').map(sizeOf),
    source: {
      train: shown('train'),
      test: given.test ?? 'grouped folds of train',
      messages: shown('messages'),
      pairs: shown('pairs'),
      ...((!own || given.hot) && { hot: shown('hot') }),
    },
  }
}

const partOf = (text: string) => {
  const part = ONLY.find((name) => name === text)
  if (!part) throw new Error(`--only ${text}: a part is one of ${ONLY.join(', ')}.`)
  return part
}

const sizeOf = (text: string) => {
  const size = Number.parseFloat(text) * (/m$/i.test(text) ? 1_000_000 : /k$/i.test(text) ? 1000 : 1)
  if (!(size > 0)) throw new Error(`--sizes ${text}: a size is a number such as 5000, 100k or 1M.`)
  return size
}
