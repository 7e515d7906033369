import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Roster = Answer<'roster'>
export type RosterPost = Roster['posts'][number]
export type Entry = RosterPost['entries'][number]

const KEY = 'roster'
const SECOND = 1000
export const useRoster = (month: string | undefined) =>
  useQuery({ queryKey: [KEY, 'month', month], queryFn: ({ signal }) => api('roster', { query: { month }, signal }) })
export const useOnDuty = () =>
  useQuery({
    queryKey: [KEY, 'now'],
    queryFn: ({ signal }) => api('onDuty', { signal }),
    refetchInterval: 60 * SECOND,
  })
export const useSwaps = (month: string | undefined) =>
  useQuery({
    queryKey: [KEY, 'swaps', month],
    queryFn: ({ signal }) => api('rosterSwaps', { query: { month }, signal }),
  })
export const useLogs = (wanted: NonNullable<Request<'onCallLogs'>['query']>) =>
  useQuery({ queryKey: [KEY, 'logs', wanted], queryFn: ({ signal }) => api('onCallLogs', { query: wanted, signal }) })
export const useOvertime = (wanted: NonNullable<Request<'overtime'>['query']>) =>
  useQuery({ queryKey: [KEY, 'overtime', wanted], queryFn: ({ signal }) => api('overtime', { query: wanted, signal }) })
export function refreshRoster() {
  void queryClient.invalidateQueries({ queryKey: [KEY] })
  void queryClient.invalidateQueries({ queryKey: ['queues'] })
}
