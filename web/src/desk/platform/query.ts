import { useQuery } from '@tanstack/react-query'
import { type Answer, api } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Person = Answer<'platform'>['people'][number]
export type Demand = Answer<'platform'>['demands'][number]

const KEY = 'platform'
export const usePlatform = () => useQuery({ queryKey: [KEY], queryFn: ({ signal }) => api('platform', { signal }) })
export const useEnterprisePlatform = (id: string) =>
  useQuery({
    queryKey: [KEY, id],
    queryFn: ({ signal }) => api('enterprisePlatform', { params: { id }, signal }),
  })
export const refreshPlatform = () => void queryClient.invalidateQueries({ queryKey: [KEY] })
