import type { NeedState } from '@banjie/contract'
import { useQuery } from '@tanstack/react-query'
import { type Answer, api } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'
import { useSubmission } from '../../shared/submission.ts'
import { announce } from '../announce.tsx'

export type PolicyDetail = Answer<'policy'>
export type Entitlement = PolicyDetail['entitlements'][number]
export type EnterprisePolicies = Answer<'enterprisePolicies'>
export type Reason = Entitlement['why'][number]

const KEY = 'policies'
export const usePolicies = () =>
  useQuery({ queryKey: [KEY, 'list'], queryFn: ({ signal }) => api('policies', { query: {}, signal }) })
export const usePolicy = (id: string) =>
  useQuery({ queryKey: [KEY, 'one', id], queryFn: ({ signal }) => api('policy', { params: { id }, signal }) })
export const useEnterprisePolicies = (id: string) =>
  useQuery({
    queryKey: [KEY, 'enterprise', id],
    queryFn: ({ signal }) => api('enterprisePolicies', { params: { id }, signal }),
  })

export const usePolicyGaps = (id: string) =>
  useQuery({ queryKey: [KEY, 'gaps', id], queryFn: ({ signal }) => api('policyGaps', { params: { id }, signal }) })
/** The list as it stood at the end of a day; asked for only where a day is chosen. */
export const useEntitlementsOn = (policy: string, on: string) =>
  useQuery({
    queryKey: [KEY, 'on', policy, on],
    queryFn: ({ signal }) => api('entitlements', { query: { policy, on }, signal }),
    enabled: on !== '',
  })
export const useNeeds = (state: NeedState | undefined) =>
  useQuery({
    queryKey: [KEY, 'needs', state],
    queryFn: ({ signal }) => api('needs', { query: { ...(state && { state }) }, signal }),
  })

/** Sends a change once; the library and all that follows from it is asked for anew. */
export const usePolicyAct = <B, T>(
  send: (body: B, key: string) => Promise<T>,
  done: string,
  close: (made: T) => void,
) =>
  useSubmission(send, {
    done: (made) => {
      announce(done)
      void queryClient.invalidateQueries({ queryKey: [KEY] })
      close(made)
    },
  })
