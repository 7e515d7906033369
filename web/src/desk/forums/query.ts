import { useQuery } from '@tanstack/react-query'
import { type Answer, api } from '../../shared/api.ts'

export type Forum = Answer<'forums'>['items'][number]

/** Forums, sessions at the window and research (座谈调研), all or those of a drive. */
export const useForums = (drive?: string) =>
  useQuery({
    queryKey: ['forums', drive ?? ''],
    queryFn: ({ signal }) => api('forums', { query: drive === undefined ? {} : { drive }, signal }),
  })
