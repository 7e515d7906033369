import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Instruction = Answer<'instructions'>['items'][number]

const KEY = 'instructions'
export const useInstructions = (wanted: NonNullable<Request<'instructions'>['query']>) =>
  useQuery({ queryKey: [KEY, wanted], queryFn: ({ signal }) => api('instructions', { query: wanted, signal }) })
export function refreshInstructions() {
  void queryClient.invalidateQueries({ queryKey: [KEY] })
  void queryClient.invalidateQueries({ queryKey: ['queues'] })
}
