import type { QualityState } from '@banjie/contract'
import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Payment = Answer<'disbursements'>['items'][number]
export type Financing = Answer<'financings'>['items'][number]
export type QualityRequest = Answer<'qualityRequests'>['items'][number]
export type Whitelist = Answer<'whitelists'>['items'][number]
export type TotalsQuery = NonNullable<Request<'disbursementTotals'>['query']>

/** The code of the kind of meeting from which financings come (银企对接会). */
export const BANK_MEETING = 'bank'

const KEY = 'finance'
export const usePayments = (query: NonNullable<Request<'disbursements'>['query']>) =>
  useQuery({ queryKey: [KEY, 'paid', query], queryFn: ({ signal }) => api('disbursements', { query, signal }) })
export const useTotals = (query: TotalsQuery) =>
  useQuery({ queryKey: [KEY, 'totals', query], queryFn: ({ signal }) => api('disbursementTotals', { query, signal }) })
export const useFinancings = (query: NonNullable<Request<'financings'>['query']>) =>
  useQuery({ queryKey: [KEY, 'loans', query], queryFn: ({ signal }) => api('financings', { query, signal }) })
export const useFinancingFigures = (query: NonNullable<Request<'financingFigures'>['query']>) =>
  useQuery({
    queryKey: [KEY, 'loanFigures', query],
    queryFn: ({ signal }) => api('financingFigures', { query, signal }),
  })
export const useProducts = () =>
  useQuery({ queryKey: [KEY, 'products'], queryFn: ({ signal }) => api('financingProducts', { signal }) })
export const useWhitelists = () =>
  useQuery({ queryKey: [KEY, 'whitelists'], queryFn: ({ signal }) => api('whitelists', { signal }) })
export const useQuality = (state: QualityState | undefined) =>
  useQuery({
    queryKey: [KEY, 'quality', state],
    queryFn: ({ signal }) => api('qualityRequests', { query: state === undefined ? {} : { state }, signal }),
  })
export const useProviders = () =>
  useQuery({ queryKey: [KEY, 'providers'], queryFn: ({ signal }) => api('qualityProviders', { signal }) })
export const useMoney = (id: string) =>
  useQuery({
    queryKey: [KEY, 'money', id],
    queryFn: ({ signal }) => api('enterpriseMoney', { params: { id }, signal }),
  })
export const useEnterpriseFinancing = (id: string) =>
  useQuery({
    queryKey: [KEY, 'financing', id],
    queryFn: ({ signal }) => api('enterpriseFinancing', { params: { id }, signal }),
  })
/** What a step changes: these pages, and what is owed on the ledger and in the queues. */
export function refreshFinance() {
  for (const key of [KEY, 'ledger', 'queues']) void queryClient.invalidateQueries({ queryKey: [key] })
}
