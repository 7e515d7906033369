import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'

export type PromiseRow = Answer<'promises'>['items'][number]
export type PromiseDetail = Answer<'promise'>
type ListQuery = NonNullable<Request<'promises'>['query']>

const KEY = 'promises'
export const usePromises = (query: ListQuery) =>
  useQuery({ queryKey: [KEY, 'list', query], queryFn: ({ signal }) => api('promises', { query, signal }) })
export const usePromise = (id: string) =>
  useQuery({ queryKey: [KEY, 'one', id], queryFn: ({ signal }) => api('promise', { params: { id }, signal }) })
export const useEnterprisePromises = (id: string) =>
  useQuery({
    queryKey: [KEY, 'enterprise', id],
    queryFn: ({ signal }) => api('enterprisePromises', { params: { id }, signal }),
  })
export const usePromiseSummary = (query: NonNullable<Request<'promiseSummary'>['query']>) =>
  useQuery({ queryKey: [KEY, 'summary', query], queryFn: ({ signal }) => api('promiseSummary', { query, signal }) })
export const useBacklog = () =>
  useQuery({ queryKey: [KEY, 'backlog'], queryFn: ({ signal }) => api('backlog', { signal }) })
export const useBacklogRows = (query: NonNullable<Request<'backlogRows'>['query']>) =>
  useQuery({ queryKey: [KEY, 'backlogRows', query], queryFn: ({ signal }) => api('backlogRows', { query, signal }) })

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
