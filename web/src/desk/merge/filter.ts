import type { Request } from '../../shared/api.ts'

export type OpinionQuery = NonNullable<Request<'mergeCount'>['query']>

const MERGED = ['open', 'yes', 'no'] as const

/** Which opinions an address means; what is not merged yet unless it says otherwise. `all` stands for every one. */
export function filterOf(query: URLSearchParams): OpinionQuery {
  const list = (name: string) => (query.get(name) ?? '').split(',').filter(Boolean)
  const days = Number(query.get('days') ?? '')
  const merged = query.get('merged') ?? 'open'
  const isOne = MERGED.find((one) => one === merged)
  return {
    ...(list('category').length > 0 && { category: list('category') }),
    ...(list('channel').length > 0 && { channel: list('channel') }),
    ...(list('tag').length > 0 && { tag: list('tag') }),
    ...(days > 0 && { days }),
    ...textOf(query, 'q'),
    ...textOf(query, 'drive'),
    ...textOf(query, 'list'),
    ...textOf(query, 'problem'),
    ...(isOne && { merged: isOne }),
  }
}

const textOf = (query: URLSearchParams, name: 'q' | 'drive' | 'list' | 'problem') => {
  const value = query.get(name)?.trim() ?? ''
  return value === '' ? {} : { [name]: value }
}

/** The scope of the counter and of a grouping: the same, whatever is merged already. */
export const scopeOf = ({ merged: _, problem: __, ...scope }: OpinionQuery): OpinionQuery => scope
