import { useQuery } from '@tanstack/react-query'
import { type Answer, api } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'

export type Plan = Answer<'plan'>
export type Field = Plan['fields'][number]
export type Target = Field['targets'][number]
export type Task = Target['tasks'][number]
export type TargetDetail = Answer<'target'>
export type TaskDetail = Answer<'task'>
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
export const useTask = (id: string) =>
  useQuery({ queryKey: ['plan', 'task', id], queryFn: ({ signal }) => api('task', { params: { id }, signal }) })
export const useChanges = () =>
  useQuery({ queryKey: ['plan', 'changes'], queryFn: ({ signal }) => api('planChanges', { signal }) })
export const useDutyTree = (id: string | undefined) =>
  useQuery({
    queryKey: ['plan', 'duty', id],
    queryFn: ({ signal }) => api('dutyTree', { params: { id: id ?? '' }, signal }),
    enabled: id !== undefined,
  })
export const useOrders = (query: { readonly plan?: string | undefined; readonly mine: boolean }) =>
  useQuery({
    queryKey: ['plan', 'orders', query],
    queryFn: ({ signal }) => api('taskOrders', { query: { plan: query.plan, mine: String(query.mine) }, signal }),
  })
/** What somebody would move by beginning later; asked only when both are told. */
export const useSlip = (plan: string, task: string, delay: { readonly days?: string; readonly beginOn?: string }) =>
  useQuery({
    queryKey: ['plan', 'slip', plan, task, delay],
    queryFn: ({ signal }) => api('slip', { params: { id: plan }, query: { task, ...delay }, signal }),
    enabled: (delay.days ?? delay.beginOn ?? '') !== '',
    retry: false,
    placeholderData: (before) => before,
  })
export function refreshPlans(): void {
  void queryClient.invalidateQueries({ queryKey: ['plan'] })
  // A check-in is one of my duties, too.
  void queryClient.invalidateQueries({ queryKey: ['duties'] })
  void queryClient.invalidateQueries({ queryKey: ['queues'] })
}
