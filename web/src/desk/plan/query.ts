import { useQuery } from '@tanstack/react-query'
import { type Answer, api } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Plan = Answer<'plan'>
export type Field = Plan['fields'][number]
export type Target = Field['targets'][number]
export type Task = Target['tasks'][number]
export type TargetDetail = Answer<'target'>
export type Progress = Target['progress']

export const usePlans = () => useQuery({ queryKey: ['plan', 'all'], queryFn: ({ signal }) => api('plans', { signal }) })
/** One plan; nothing is asked while none is chosen. */
export const usePlan = (id: string | undefined) =>
  useQuery({
    queryKey: ['plan', 'one', id],
    queryFn: ({ signal }) => api('plan', { params: { id: id ?? '' }, signal }),
    enabled: id !== undefined,
  })
export const useTarget = (id: string) =>
  useQuery({ queryKey: ['plan', 'target', id], queryFn: ({ signal }) => api('target', { params: { id }, signal }) })
export const refreshPlans = () => void queryClient.invalidateQueries({ queryKey: ['plan'] })
