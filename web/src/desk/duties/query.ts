import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Duty = Answer<'duties'>['items'][number]
export type Target = Answer<'liaisonTarget'>
export type TargetRow = Answer<'liaisonTargets'>['items'][number]
export type Coverage = Answer<'liaisonCoverage'>
export type NamedTarget = Pick<TargetRow, 'id' | 'name' | 'kind'>

const KEY = 'duties'
/** What is owed beside visits, under the same roof: a check-in or a visit asks for both anew. */
export const owedKey = (form: string) => [KEY, 'owed', form] as const
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
/** Something owed that is no case, as the ledger has it. */
export type Owed = Answer<'obligation'>
export const useOwed = (id: string) =>
  useQuery({ queryKey: [KEY, 'owed', id], queryFn: ({ signal }) => api('obligation', { params: { id }, signal }) })
export type Visits = Answer<'visits'>
export type Rule = Answer<'cadenceRules'>['items'][number]
export type NormalTrack = Answer<'normalTracks'>['items'][number]

export const useVisits = (wanted: NonNullable<Request<'visits'>['query']>) =>
  useQuery({ queryKey: [KEY, 'visits', wanted], queryFn: ({ signal }) => api('visits', { query: wanted, signal }) })
export const useVisitProblems = (wanted: NonNullable<Request<'visitProblems'>['query']>) =>
  useQuery({
    queryKey: [KEY, 'visitProblems', wanted],
    queryFn: ({ signal }) => api('visitProblems', { query: wanted, signal }),
  })
export const useVisitRoles = (wanted: NonNullable<Request<'visitRoles'>['query']>) =>
  useQuery({ queryKey: [KEY, 'roles', wanted], queryFn: ({ signal }) => api('visitRoles', { query: wanted, signal }) })
export const useRules = () =>
  useQuery({ queryKey: [KEY, 'rules'], queryFn: ({ signal }) => api('cadenceRules', { signal }) })
export const useExemptions = () =>
  useQuery({ queryKey: [KEY, 'exemptions'], queryFn: ({ signal }) => api('cadenceExemptions', { signal }) })
export const useNormalTracks = () =>
  useQuery({ queryKey: [KEY, 'tracks'], queryFn: ({ signal }) => api('normalTracks', { signal }) })
export const useFourOnes = (on: string) =>
  useQuery({ queryKey: [KEY, 'fourOnes', on], queryFn: ({ signal }) => api('fourOnes', { query: { on }, signal }) })

/** What a visit, a liaison or a handover changes: all of these pages, the ledger and the queue's count. */
export function refreshDuties() {
  void queryClient.invalidateQueries({ queryKey: [KEY] })
  void queryClient.invalidateQueries({ queryKey: ['campaigns'] })
  void queryClient.invalidateQueries({ queryKey: ['ledger'] })
  void queryClient.invalidateQueries({ queryKey: ['queues'] })
}
