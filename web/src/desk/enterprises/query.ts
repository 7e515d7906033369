import type { EnterpriseGroup, EnterpriseGrowthMark } from '@banjie/contract'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Enterprise = Answer<'enterprise'>
export type EnterpriseCounts = Answer<'enterprises'>['counts']
export type EnterpriseRow = Answer<'enterprises'>['items'][number]
export type Figure = Answer<'enterpriseFigures'>['items'][number]
export type Wanted = NonNullable<Request<'enterprises'>['query']>
/** Months as 2026-01, and of which enterprises. */
export interface Span {
  readonly from: string
  readonly to: string
  readonly group: EnterpriseGroup
}
export type Growth = Answer<'enterpriseGrowth'>

const KEY = 'enterprises'
export const useEnterprises = (wanted: Wanted) =>
  useInfiniteQuery({
    queryKey: [KEY, 'list', wanted],
    queryFn: ({ signal, pageParam }) =>
      api('enterprises', { query: { ...wanted, ...(pageParam && { cursor: pageParam }) }, signal }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  })
export const useEnterprise = (id: string) =>
  useQuery({ queryKey: [KEY, id], queryFn: ({ signal }) => api('enterprise', { params: { id }, signal }) })
export const useEnterpriseCases = (id: string) =>
  useInfiniteQuery({
    queryKey: [KEY, id, 'cases'],
    queryFn: ({ signal, pageParam }) =>
      api('enterpriseCases', {
        params: { id },
        query: { limit: '20', ...(pageParam && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
export const useEnterpriseVisits = (id: string) =>
  useQuery({
    queryKey: [KEY, id, 'visits'],
    queryFn: ({ signal }) => api('enterpriseVisits', { params: { id }, signal }),
  })
export const useEnterpriseFigures = (id: string) =>
  useQuery({
    queryKey: [KEY, id, 'figures'],
    queryFn: ({ signal }) => api('enterpriseFigures', { params: { id }, signal }),
  })
export const useGrowth = (span: Span) =>
  useQuery({
    queryKey: [KEY, 'growth', span],
    queryFn: ({ signal }) => api('enterpriseGrowth', { query: span, signal }),
  })
export const useGrowthRows = (wanted: Span & { readonly mark: EnterpriseGrowthMark }) =>
  useQuery({
    queryKey: [KEY, 'growthRows', wanted],
    queryFn: ({ signal }) => api('enterpriseGrowthRows', { query: wanted, signal }),
  })
export function refreshEnterprises() {
  void queryClient.invalidateQueries({ queryKey: [KEY] })
  void queryClient.invalidateQueries({ queryKey: ['duties'] })
}
