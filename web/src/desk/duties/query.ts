import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Duty = Answer<'duties'>['items'][number]
export type Target = Answer<'liaisonTarget'>
export type TargetRow = Answer<'liaisonTargets'>['items'][number]
export type Coverage = Answer<'liaisonCoverage'>
export type NamedTarget = Pick<TargetRow, 'id' | 'name' | 'kind'>

const KEY = 'duties'
export const useDuties = (wanted: NonNullable<Request<'duties'>['query']>) =>
  useQuery({ queryKey: [KEY, wanted], queryFn: ({ signal }) => api('duties', { query: wanted, signal }) })
export const useTargets = (wanted: NonNullable<Request<'liaisonTargets'>['query']>, enabled = true) =>
  useQuery({
    queryKey: [KEY, 'targets', wanted],
    queryFn: ({ signal }) => api('liaisonTargets', { query: wanted, signal }),
    enabled,
  })
export const useTarget = (id: string) =>
  useQuery({
    queryKey: [KEY, 'target', id],
    queryFn: ({ signal }) => api('liaisonTarget', { params: { id }, signal }),
  })
/** The campaigns a visit of a day may be counted for; those first that fit the target. */
export const useCampaignTags = (on: string, target: string | undefined) =>
  useQuery({
    queryKey: [KEY, 'tags', on, target],
    queryFn: ({ signal }) => api('campaignTags', { query: { on, target }, signal }),
    enabled: on !== '',
    placeholderData: keepPreviousData,
  })
export const useCoverage = () =>
  useQuery({ queryKey: [KEY, 'coverage'], queryFn: ({ signal }) => api('liaisonCoverage', { signal }) })
/** What a visit, a liaison or a handover changes: all of these pages, and the queue's count. */
export function refreshDuties() {
  void queryClient.invalidateQueries({ queryKey: [KEY] })
  void queryClient.invalidateQueries({ queryKey: ['campaigns'] })
  void queryClient.invalidateQueries({ queryKey: ['queues'] })
}
