import { useQuery } from '@tanstack/react-query'
import { type Answer, api } from '../../shared/api.ts'
import { queryClient, refreshLists } from '../../shared/query.ts'

export type ListView = Answer<'problemList'>
export type List = ListView['list']
export type Item = ListView['items'][number]
export type Word = Item['commitments'][number]

export const useLists = () =>
  useQuery({ queryKey: ['lists', 'all'], queryFn: ({ signal }) => api('problemLists', { signal }) })
/** A list now, or as it stood at the end of a day. */
export const useList = (id: string, asOf: string | undefined) =>
  useQuery({
    queryKey: ['lists', id, asOf ?? 'now'],
    queryFn: ({ signal }) => api('problemList', { params: { id }, query: { ...(asOf && { asOf }) }, signal }),
  })

/** After whatever was done to a list: all that tells of lists is looked up again. */
export function refreshProblemLists(): void {
  void queryClient.invalidateQueries({ queryKey: ['lists'] })
  refreshLists()
}
