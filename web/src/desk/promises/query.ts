import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'

export type PromiseRow = Answer<'promises'>['items'][number]
export type PromiseDetail = Answer<'promise'>
type ListQuery = NonNullable<Request<'promises'>['query']>

const KEY = 'promises'
const PAGED = {
  initialPageParam: '',
  getNextPageParam: ({ nextCursor }: { readonly nextCursor: string | null }) => nextCursor,
}
const cursorOf = (cursor: string) => ({ ...(cursor !== '' && { cursor }) })
export const usePromises = (query: ListQuery) =>
  useInfiniteQuery({
    ...{ queryKey: [KEY, 'list', query], ...PAGED, placeholderData: keepPreviousData },
    queryFn: ({ signal, pageParam }) => api('promises', { query: { ...query, ...cursorOf(pageParam) }, signal }),
  })
/** What everything the caller sees amounts to. */
export const usePromiseTotals = () =>
  useQuery({
    queryKey: [KEY, 'totals'],
    queryFn: ({ signal }) => api('promises', { query: { limit: '1' }, signal }),
    select: ({ totals }) => totals,
  })
export const usePromise = (id: string) =>
  useQuery({ queryKey: [KEY, 'one', id], queryFn: ({ signal }) => api('promise', { params: { id }, signal }) })
export const useEnterprisePromises = (id: string) =>
  useInfiniteQuery({
    ...{ queryKey: [KEY, 'enterprise', id], ...PAGED },
    queryFn: ({ signal, pageParam }) =>
      api('enterprisePromises', { params: { id }, query: cursorOf(pageParam), signal }),
  })
export const usePromiseSummary = (query: NonNullable<Request<'promiseSummary'>['query']>) =>
  useQuery({ queryKey: [KEY, 'summary', query], queryFn: ({ signal }) => api('promiseSummary', { query, signal }) })
export const useBacklog = () =>
  useQuery({ queryKey: [KEY, 'backlog'], queryFn: ({ signal }) => api('backlog', { signal }) })
export const useBacklogRows = (query: NonNullable<Request<'backlogRows'>['query']>) =>
  useInfiniteQuery({
    ...{ queryKey: [KEY, 'backlogRows', query], ...PAGED, placeholderData: keepPreviousData },
    queryFn: ({ signal, pageParam }) => api('backlogRows', { query: { ...query, ...cursorOf(pageParam) }, signal }),
  })

/** Sends a change of a promise once; the lists and its page are asked for anew. */
export const usePromiseAct = <B>(
  send: (body: B, key: string) => Promise<PromiseDetail>,
  done: string,
  close: () => void,
) =>
  useSubmission(send, {
    done: () => {
      announce(done)
      void queryClient.invalidateQueries({ queryKey: [KEY] })
      close()
    },
  })
