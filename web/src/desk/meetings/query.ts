import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type MeetingRow = Answer<'meetings'>['items'][number]
export type Meeting = Answer<'meeting'>
export type Decision = Meeting['list'][number]

const KEY = 'meetings'
export const useMeetings = (wanted: NonNullable<Request<'meetings'>['query']>) =>
  useQuery({ queryKey: [KEY, wanted], queryFn: ({ signal }) => api('meetings', { query: wanted, signal }) })
export const useMeeting = (id: string) =>
  useQuery({ queryKey: [KEY, 'one', id], queryFn: ({ signal }) => api('meeting', { params: { id }, signal }) })
/** What enterprises raised at a meeting (会上提出的问题). */
export const useIssues = (id: string) =>
  useQuery({ queryKey: [KEY, 'issues', id], queryFn: ({ signal }) => api('meetingIssues', { params: { id }, signal }) })
/** The kinds in force, by code. */
export const useKinds = () =>
  useQuery({
    queryKey: [KEY, 'kinds'],
    queryFn: ({ signal }) => api('meetingDictionaries', { signal }),
    select: ({ items }) => items[0],
  })
export const useOrigins = (id: string) =>
  useQuery({ queryKey: [KEY, 'origins', id], queryFn: ({ signal }) => api('caseOrigins', { params: { id }, signal }) })
/** What a step of the minutes changes: these pages and the queues. */
export function refreshMeetings() {
  void queryClient.invalidateQueries({ queryKey: [KEY] })
  void queryClient.invalidateQueries({ queryKey: ['queues'] })
}
