import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type CampaignRow = Answer<'campaigns'>['items'][number]
export type Campaign = Answer<'campaign'>
export type Subject = Answer<'campaignSubjects'>['items'][number]
export type Problem = Answer<'campaignProblems'>['items'][number]

const KEY = 'campaigns'
export const useCampaigns = () =>
  useQuery({ queryKey: [KEY, 'all'], queryFn: ({ signal }) => api('campaigns', { signal }) })
export const useCampaign = (id: string) =>
  useQuery({ queryKey: [KEY, 'one', id], queryFn: ({ signal }) => api('campaign', { params: { id }, signal }) })
export const useSubjects = (id: string, state: NonNullable<Request<'campaignSubjects'>['query']>['state']) =>
  useQuery({
    queryKey: [KEY, 'subjects', id, state],
    queryFn: ({ signal }) => api('campaignSubjects', { params: { id }, query: { state }, signal }),
  })
export const useProblems = (id: string, state: NonNullable<Request<'campaignProblems'>['query']>['state']) =>
  useQuery({
    queryKey: [KEY, 'problems', id, state],
    queryFn: ({ signal }) => api('campaignProblems', { params: { id }, query: { state }, signal }),
  })
export const useCountedVisits = (id: string, window: NonNullable<Request<'campaignVisits'>['query']>) =>
  useQuery({
    queryKey: [KEY, 'visits', id, window],
    queryFn: ({ signal }) => api('campaignVisits', { params: { id }, query: window, signal }),
  })
/** The campaigns of a case: what changes a campaign changes them. */
export const campaignsOfCase = (caseId: string) => [KEY, 'case', caseId] as const
/** Whatever changes a campaign or what counts for it. */
export const refreshCampaigns = () => void queryClient.invalidateQueries({ queryKey: [KEY] })
