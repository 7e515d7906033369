import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Calendar = Answer<'contactCalendar'>
export type Entry = Calendar['items'][number]
export type Quiet = Calendar['quiets'][number]
export type Limit = Answer<'contactLimits'>['items'][number]
export type Preview = Answer<'contactPreview'>

const KEY = 'contacts'
export const useMonth = (wanted: NonNullable<Request<'contactMonth'>['query']>) =>
  useQuery({
    queryKey: [KEY, 'month', wanted],
    queryFn: ({ signal }) => api('contactMonth', { query: wanted, signal }),
    placeholderData: keepPreviousData,
  })
export const useSavings = (span: NonNullable<Request<'contactSavings'>['query']>) =>
  useQuery({
    queryKey: [KEY, 'savings', span],
    queryFn: ({ signal }) => api('contactSavings', { query: span, signal }),
  })
export const useCalendar = (id: string, span: { readonly from: string; readonly to: string }) =>
  useQuery({
    queryKey: [KEY, 'calendar', id, span],
    queryFn: ({ signal }) => api('contactCalendar', { params: { id }, query: span, signal }),
    placeholderData: keepPreviousData,
  })
export const usePreview = (wanted: NonNullable<Request<'contactPreview'>['query']>, enabled: boolean) =>
  useQuery({
    queryKey: [KEY, 'preview', wanted],
    queryFn: ({ signal }) => api('contactPreview', { query: wanted, signal }),
    placeholderData: keepPreviousData,
    enabled,
  })
export const useLimits = () =>
  useQuery({ queryKey: [KEY, 'limits'], queryFn: ({ signal }) => api('contactLimits', { signal }) })
export const refreshContacts = () => void queryClient.invalidateQueries({ queryKey: [KEY] })
