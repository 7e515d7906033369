import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Ask = Answer<'asks'>['items'][number]
export type Burdens = Answer<'burdens'>
export type Burden = Burdens['items'][number]

const KEY = 'asks'
export const useAsks = () => useQuery({ queryKey: [KEY], queryFn: ({ signal }) => api('asks', { signal }) })
export const useBurdens = (day: string) =>
  useQuery({ queryKey: [KEY, 'burdens', day], queryFn: ({ signal }) => api('burdens', { query: { day }, signal }) })
export const useBurdenRows = (id: string, day: string) =>
  useQuery({
    queryKey: [KEY, 'rows', id, day],
    queryFn: ({ signal }) => api('burdenRows', { params: { id }, query: { day }, signal }),
  })
export const useAskPreview = (body: Request<'askPreview'>['body']) =>
  useQuery({
    queryKey: [KEY, 'preview', body],
    queryFn: ({ signal }) => api('askPreview', { body, signal }),
    enabled: body.unitIds.length > 0,
  })
/** What an ask or a decision changes: these pages, and the queue's count. */
export function refreshAsks() {
  void queryClient.invalidateQueries({ queryKey: [KEY] })
  void queryClient.invalidateQueries({ queryKey: ['queues'] })
}
