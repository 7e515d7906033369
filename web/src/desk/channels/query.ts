import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Register = Answer<'channels'>
export type ChannelRecord = Register['items'][number]
export type Wanted = NonNullable<Request<'channels'>['query']>

/** The register (渠道台账), or the part of it that is asked for. */
export const useChannels = (wanted: Wanted = {}) =>
  useQuery({
    queryKey: ['channels', wanted],
    queryFn: ({ signal }) => api('channels', { query: wanted, signal }),
  })
export const refreshChannels = () => void queryClient.invalidateQueries({ queryKey: ['channels'] })
