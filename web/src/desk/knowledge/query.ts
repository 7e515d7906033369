import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Entry = Answer<'knowledgeEntries'>['items'][number]
export type EntryFile = Answer<'knowledgeEntry'>
export type Wanted = NonNullable<Request<'knowledgeEntries'>['query']>

/** Entries on the keeper's table (知识库维护), those that need somebody first. */
export const useEntries = (wanted: Wanted) =>
  useQuery({
    queryKey: ['knowledgeEntries', wanted],
    queryFn: ({ signal }) => api('knowledgeEntries', { query: wanted, signal }),
    placeholderData: keepPreviousData,
  })
export const useEntry = (id: string) =>
  useQuery({
    queryKey: ['knowledgeEntry', id],
    queryFn: ({ signal }) => api('knowledgeEntry', { params: { id }, signal }),
  })

/** After something was done to an entry: its page is known, every list of entries is asked for again. */
export function rememberEntry(file: EntryFile): void {
  queryClient.setQueryData(['knowledgeEntry', file.id], file)
  for (const key of ['knowledgeEntries', 'knowledge', 'ledger', 'queues'])
    void queryClient.invalidateQueries({ queryKey: [key] })
}
