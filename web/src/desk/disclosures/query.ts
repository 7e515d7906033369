import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Register = Answer<'disclosures'>
export type Body = Register['items'][number]
export type Disclosure = Answer<'disclosure'>
export type PublicText = Answer<'publishText'>
export type Wanted = NonNullable<Request<'disclosures'>['query']>

/** Bodies that owe a disclosure (公开义务单位), or those of them that are asked for. */
export const useDisclosures = (wanted: Wanted = {}) =>
  useQuery({
    queryKey: ['disclosures', wanted],
    queryFn: ({ signal }) => api('disclosures', { query: wanted, signal }),
  })
export const useGaps = () =>
  useQuery({ queryKey: ['disclosures', 'gaps'], queryFn: ({ signal }) => api('disclosureGaps', { signal }) })
export const useDisclosure = (id: string) =>
  useQuery({
    queryKey: ['disclosures', 'one', id],
    queryFn: ({ signal }) => api('disclosure', { params: { id }, signal }),
  })
export const refreshDisclosures = () => void queryClient.invalidateQueries({ queryKey: ['disclosures'] })
