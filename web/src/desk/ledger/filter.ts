import { queryText } from '../../shared/api.ts'
import type { LedgerQuery } from '../../shared/query.ts'

const LISTS = [
  ...['form', 'type', 'stage', 'unit', 'light', 'category', 'tag', 'number'],
  ...['channel', 'channelRecord', 'problem', 'aspect'],
] as const
const WORDS = ['q', 'from', 'to', 'batch', 'drive', 'campaign', 'sheet', 'forum', 'media', 'answered', 'owner'] as const
const SORTS = ['due', '-due', 'received', '-received', 'updated', '-updated'] as const
export type ListName = (typeof LISTS)[number]
type Sort = (typeof SORTS)[number]

export interface LedgerFilter {
  readonly lists: Readonly<Record<ListName, readonly string[]>>
  readonly words: Readonly<Record<(typeof WORDS)[number], string>>
  readonly sort: Sort
}

/** The filter that an address holds. */
export function filterOf(query: URLSearchParams): LedgerFilter {
  const list = (name: ListName) => (query.get(name) ?? '').split(',').filter(Boolean)
  return {
    lists: {
      form: list('form'),
      type: list('type'),
      stage: list('stage'),
      unit: list('unit'),
      light: list('light'),
      category: list('category'),
      channel: list('channel'),
      channelRecord: list('channelRecord'),
      problem: list('problem'),
      aspect: list('aspect'),
      tag: list('tag'),
      number: list('number'),
    },
    words: {
      q: query.get('q') ?? '',
      from: query.get('from') ?? '',
      to: query.get('to') ?? '',
      batch: query.get('batch') ?? '',
      drive: query.get('drive') ?? '',
      campaign: query.get('campaign') ?? '',
      sheet: query.get('sheet') ?? '',
      forum: query.get('forum') ?? '',
      media: query.get('media') ?? '',
      answered: query.get('answered') ?? '',
      owner: query.get('owner') ?? '',
    },
    sort: SORTS.find((sort) => sort === query.get('sort')) ?? '-received',
  }
}

/** The question to the server: empty conditions are left out. */
export function questionOf({ lists, words, sort }: LedgerFilter): LedgerQuery {
  const given = Object.fromEntries([
    ...Object.entries(lists).filter(([, values]) => values.length > 0),
    ...Object.entries(words).filter(([, word]) => word !== ''),
  ])
  return { ...given, sort }
}

/** The Excel file of exactly what is listed. */
export const workbookAddress = (filter: LedgerFilter) => `/api/v1/ledger.xlsx?${queryText(questionOf(filter))}`

export const countOf = ({ lists, words }: LedgerFilter) =>
  Object.values(lists).filter((values) => values.length > 0).length +
  Object.values(words).filter((word) => word !== '').length

/** The other direction of a column that is sorted already, else soonest or newest first. */
export function nextSort(sort: Sort, key: 'due' | 'received' | 'updated'): Sort {
  if (sort === key) return `-${key}`
  if (sort === `-${key}`) return key
  return key === 'due' ? 'due' : `-${key}`
}
