import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { type Answer, api } from '../../shared/api.ts'
import { queryClient, refreshLists } from '../../shared/query.ts'
import type { OpinionQuery } from './filter.ts'

export type Opinion = Answer<'opinions'>['items'][number]
export type Group = Answer<'grouping'>['groups'][number]
export type ProblemToMerge = Answer<'problemsToMerge'>['items'][number]
export type Step = Answer<'mergeStep'>
export type NewStep = Parameters<typeof api<'newMergeStep'>>[1]['body']

const PAGE = 100
const POLL_MS = 400
const isRunning = (state: string | undefined) => state === 'running' || state === 'undoing'

type OpinionsQuery = OpinionQuery & { readonly grouping?: string; readonly group?: string }

/** Raw opinions, a hundred at a time. */
export function useOpinions(filter: OpinionsQuery, enabled = true) {
  const query = useInfiniteQuery({
    queryKey: ['merge', 'opinions', filter],
    queryFn: ({ pageParam, signal }) =>
      api('opinions', { query: { ...filter, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    enabled,
  })
  return {
    ...query,
    rows: query.data?.pages.flatMap(({ items }) => items) ?? [],
    total: query.data?.pages[0]?.total,
  }
}

export const useMergeCount = (scope: OpinionQuery) =>
  useQuery({
    queryKey: ['merge', 'count', scope],
    queryFn: ({ signal }) => api('mergeCount', { query: scope, signal }),
    placeholderData: keepPreviousData,
  })

export function useProblems(scope: { readonly q?: string; readonly aspect?: string; readonly list?: string }) {
  const query = useInfiniteQuery({
    queryKey: ['merge', 'problems', scope],
    queryFn: ({ pageParam, signal }) =>
      api('problemsToMerge', {
        query: { ...scope, limit: PAGE, ...(pageParam !== '' && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  return {
    ...query,
    rows: query.data?.pages.flatMap(({ items }) => items) ?? [],
    total: query.data?.pages[0]?.total.value,
  }
}

/** A run of grouping, asked for until it is done. */
export const useGrouping = (id: string | null) =>
  useQuery({
    queryKey: ['grouping', id],
    queryFn: ({ signal }) => api('grouping', { params: { id: id ?? '' }, signal }),
    enabled: id !== null,
    refetchInterval: ({ state }) => (isRunning(state.data?.state) ? POLL_MS : false),
  })

/** A step, asked for until it is done. */
export const useStep = (id: string | null) =>
  useQuery({
    queryKey: ['mergeStep', id],
    queryFn: ({ signal }) => api('mergeStep', { params: { id: id ?? '' }, signal }),
    enabled: id !== null,
    refetchInterval: ({ state }) => (isRunning(state.data?.state) ? POLL_MS : false),
  })

export const useNewStep = (begun: (step: Step) => void) =>
  useMutation({ mutationFn: (body: NewStep) => api('newMergeStep', { body }), onSuccess: begun })
export const useUndo = (begun: (step: Step) => void) =>
  useMutation({
    mutationFn: (id: string) => api('undoMergeStep', { params: { id } }),
    onSuccess: (step) => {
      queryClient.setQueryData(['mergeStep', step.id], step)
      begun(step)
    },
  })

/** After a step the pool, the problems and the counter are others. */
export function refreshMerge(): void {
  void queryClient.invalidateQueries({ queryKey: ['merge'] })
  void queryClient.invalidateQueries({ queryKey: ['case'] })
  refreshLists()
}
