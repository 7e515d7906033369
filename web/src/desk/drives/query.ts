import { useQuery } from '@tanstack/react-query'
import { type Answer, api } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Drive = Answer<'drive'>
export type Figures = Drive['figures']
export type Line = Drive['notes'][number]['line']

export const useDrives = () => useQuery({ queryKey: ['drives'], queryFn: ({ signal }) => api('drives', { signal }) })
export const useDrive = (id: string) =>
  useQuery({ queryKey: ['drive', id], queryFn: ({ signal }) => api('drive', { params: { id }, signal }) })

/** What a change has answered is shown at once; lists are asked for again. */
export function rememberDrive(drive: Drive): void {
  queryClient.setQueryData(['drive', drive.id], drive)
  void queryClient.invalidateQueries({ queryKey: ['drives'] })
}
/** Sheets came or went: the figures and the lists behind them have changed. */
export function refreshDrive(id: string): void {
  for (const key of ['drive', 'issues', 'sheets', 'forums']) void queryClient.invalidateQueries({ queryKey: [key, id] })
  void queryClient.invalidateQueries({ queryKey: ['drives'] })
}

/** The rows behind a figure of a drive. */
export const rowsOf = (id: string, more: Readonly<Record<string, string>> = {}) =>
  `/w/c?${new URLSearchParams({ drive: id, ...more })}`
