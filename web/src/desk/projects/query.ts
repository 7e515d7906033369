import { useQuery } from '@tanstack/react-query'
import { type Answer, api, type Request } from '../../shared/api.ts'
import { queryClient, useUnits } from '../../shared/query.ts'

export type Project = Answer<'project'>
export type ProjectRow = Answer<'projects'>['items'][number]

const KEY = 'projects'
export const useProjects = (wanted: NonNullable<Request<'projects'>['query']>) =>
  useQuery({ queryKey: [KEY, wanted], queryFn: ({ signal }) => api('projects', { query: wanted, signal }) })
export const useProject = (id: string) =>
  useQuery({ queryKey: [KEY, 'one', id], queryFn: ({ signal }) => api('project', { params: { id }, signal }) })
/** Units under which a project may stand (领导小组、专班). */
export const useGroups = () => {
  const { data, isPending } = useUnits()
  return { groups: (data?.items ?? []).filter(({ kind }) => GROUPS.includes(kind)), isPending }
}
const GROUPS: readonly string[] = ['leadingGroup', 'taskForce']
export const useViolations = () =>
  useQuery({ queryKey: [KEY, 'violations'], queryFn: ({ signal }) => api('projectViolations', { signal }) })
export const useDaysSaved = () =>
  useQuery({
    queryKey: [KEY, 'daysSaved'],
    queryFn: ({ signal }) => api('daysSaved', { query: { type: 'continued', stage: 'start' }, signal }),
  })
export const useInvestment = (year: number) =>
  useQuery({
    queryKey: [KEY, 'investment', year],
    queryFn: ({ signal }) => api('investmentTargets', { query: { year }, signal }),
  })
export const useSchedule = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: [KEY, 'schedule', id],
    queryFn: ({ signal }) => api('projectSchedule', { params: { id }, signal }),
    enabled,
    retry: false,
  })
export const useProjectRules = () =>
  useQuery({ queryKey: [KEY, 'rules'], queryFn: ({ signal }) => api('projectRules', { signal }) })
export const useEnterpriseProjects = (id: string) =>
  useQuery({
    queryKey: [KEY, 'enterprise', id],
    queryFn: ({ signal }) => api('enterpriseProjects', { params: { id }, signal }),
  })

/** What a change of a project touches: its pages, the duties of its officers, the ledger and the queues. */
export function refreshProjects() {
  for (const key of [KEY, 'duties', 'ledger', 'queues']) void queryClient.invalidateQueries({ queryKey: [key] })
}
