import {
  keepPreviousData,
  MutationCache,
  QueryCache,
  QueryClient,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import { ApiFault, api, type Request } from './api.ts'
import type { CaseAnswer, LedgerItem, Row } from './shape.ts'

const SECOND = 1000
const REFRESH_MS = 30 * SECOND
const PAGE = 50

/** A session that has ended anywhere ends everywhere: the next render shows the sign-in page. */
export const queryClient: QueryClient = new QueryClient({
  mutationCache: new MutationCache({ onError: (error) => endSession(error) }),
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (query.queryKey[0] !== 'session') endSession(error)
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 5 * SECOND,
      retry: (failures, error) =>
        failures < 2 && error instanceof ApiFault && (error.status === 0 || error.status >= 500),
      retryDelay: (failures) => SECOND * 2 ** failures,
    },
    mutations: { retry: false },
  },
})

function endSession(error: Error): void {
  // A wrong password is a 401 too, but then nobody was signed in.
  if (error instanceof ApiFault && error.code === 'session.required') queryClient.setQueryData(['session'], null)
}

const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) =>
    api('session', { signal }).catch((error: unknown) => {
      if (error instanceof ApiFault && error.status === 401) return null
      throw error
    }),
  staleTime: Number.POSITIVE_INFINITY,
})
const districtQuery = queryOptions({
  queryKey: ['district'],
  queryFn: ({ signal }) => api('district', { signal }),
  staleTime: 10 * 60 * SECOND,
})
const queuesQuery = queryOptions({
  queryKey: ['queues'],
  queryFn: ({ signal }) => api('queues', { signal }),
  refetchInterval: REFRESH_MS,
  refetchOnWindowFocus: 'always',
})
const caseTypesQuery = queryOptions({
  queryKey: ['caseTypes'],
  queryFn: ({ signal }) => api('caseTypes', { signal }),
  staleTime: Number.POSITIVE_INFINITY,
})
const unitsQuery = queryOptions({
  queryKey: ['units'],
  queryFn: ({ signal }) => api('units', { signal }),
  staleTime: 10 * 60 * SECOND,
})
const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => api('categories', { signal }),
  staleTime: 10 * 60 * SECOND,
})
const tagSetsQuery = queryOptions({
  queryKey: ['tagSets'],
  queryFn: ({ signal }) => api('tagSets', { signal }),
  staleTime: 10 * 60 * SECOND,
})
const importsQuery = queryOptions({ queryKey: ['imports'], queryFn: ({ signal }) => api('imports', { signal }) })

export const caseQuery = (id: string) =>
  queryOptions({ queryKey: ['case', id], queryFn: ({ signal }) => api('getCase', { params: { id }, signal }) })
const eventsQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ['events', id, version],
    queryFn: ({ signal }) => api('caseEvents', { params: { id }, signal }),
    placeholderData: keepPreviousData,
  })
const relatedQuery = (id: string | undefined, version: number) =>
  queryOptions({
    queryKey: ['related', id, version],
    queryFn: ({ signal }) => api('relatedCases', { params: { id: id ?? '' }, signal }),
    placeholderData: (before, query) => (query?.queryKey[1] === id ? before : undefined),
    enabled: id !== undefined,
  })
const peopleQuery = (unit: string | undefined) =>
  queryOptions({
    queryKey: ['people', unit ?? ''],
    queryFn: ({ signal }) => api('people', { query: unit === undefined ? {} : { unit }, signal }),
    staleTime: 60 * SECOND,
  })

export const useSession = () => useQuery(sessionQuery)
export const useDistrict = () => useQuery(districtQuery)
export const useQueues = () => useQuery(queuesQuery)
export const useCaseTypes = () => useQuery(caseTypesQuery)
export const useUnits = () => useQuery(unitsQuery)
export const useTagSets = () => useQuery(tagSetsQuery)
export const useCategories = () => useQuery(categoriesQuery)
export const usePeople = (unit: string | undefined) => useQuery(peopleQuery(unit))
export const useImports = () => useQuery(importsQuery)
export const useCase = (id: string) => useQuery(caseQuery(id))
export const useEvents = (id: string, version: number) => useQuery(eventsQuery(id, version))
/** What stands around a case; nothing is asked before the case itself is there. */
export const useRelated = (kase: { readonly number: string; readonly version: number } | undefined) =>
  useQuery(relatedQuery(kase?.number, kase?.version ?? 0))
/** A case beside the one that is open, where there is one. */
export const useCaseBeside = (number: string | undefined) =>
  useQuery({ ...caseQuery(number ?? ''), enabled: number !== undefined })
export const useKnowledge = (category: string | undefined) =>
  useQuery({
    queryKey: ['knowledge', category ?? ''],
    queryFn: ({ signal }) => api('knowledge', { query: category === undefined ? {} : { category }, signal }),
    staleTime: 60 * SECOND,
  })
/** Entries nearest to what somebody said; none where nobody has said anything. */
export const useKnowledgeNear = (text: string) => {
  const q = text.trim().slice(0, MOST_ASKED)
  return useQuery({
    queryKey: ['knowledge', 'near', q],
    queryFn: ({ signal }) => api('knowledge', { query: { q, limit: NEAREST }, signal }),
    enabled: [...q].length >= ENOUGH_ASKED,
    placeholderData: keepPreviousData,
    staleTime: 60 * SECOND,
  })
}
const NEAREST = 3
/** A word or two say nothing yet. */
const ENOUGH_ASKED = 4
export const useImport = (id: string) =>
  useQuery({
    queryKey: ['import', id],
    queryFn: ({ signal }) => api('getImport', { params: { id }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'reading' || state.data?.state === 'committing' ? 600 : false,
  })

const NOBODY: ReadonlyMap<string, number> = new Map()
/** Times (人次) that others said “me too”, by case; asked for beside the list, so that the list never waits for it. */
export function useMeToo(ids: readonly string[]): ReadonlyMap<string, number> {
  const asked = ids.slice(-MOST_ASKED)
  const { data } = useQuery({
    queryKey: ['meToo', asked],
    queryFn: ({ signal }) => api('meTooCounts', { query: { ids: asked.join(',') }, signal }),
    select: ({ items }) => new Map(items.map(({ caseId, count }) => [caseId as string, count])),
    placeholderData: keepPreviousData,
    staleTime: 30 * SECOND,
    enabled: asked.length > 0,
  })
  return data ?? NOBODY
}
const MOST_ASKED = 200

export type LedgerQuery = NonNullable<Request<'ledger'>['query']>

/** Rows of the ledger (台账), page by page: everything owed. */
export function useLedger(filter: LedgerQuery) {
  const query = useInfiniteQuery({
    queryKey: ['ledger', filter],
    queryFn: ({ pageParam, signal }) => api('ledger', { query: pageQuery(filter, pageParam), signal }),
    ...PAGED,
  })
  const rows: readonly LedgerItem[] = query.data?.pages.flatMap((page) => page.items) ?? []
  return { ...query, rows, total: query.data?.pages[0]?.total }
}
/** Cases of a queue, page by page; they come and go while one looks. */
export function useCases(filter: LedgerQuery) {
  const query = useInfiniteQuery({
    queryKey: ['ledger', 'cases', filter],
    queryFn: ({ pageParam, signal }) => api('cases', { query: pageQuery(filter, pageParam), signal }),
    ...PAGED,
    refetchInterval: REFRESH_MS,
  })
  const rows: readonly Row[] = query.data?.pages.flatMap((page) => page.items) ?? []
  return { ...query, rows, total: query.data?.pages[0]?.total }
}
const pageQuery = (filter: LedgerQuery, cursor: string) => ({
  ...filter,
  limit: PAGE,
  ...(cursor !== '' && { cursor }),
})
const PAGED = {
  initialPageParam: '',
  getNextPageParam: (page: { readonly nextCursor: string | null }) => page.nextCursor,
  placeholderData: keepPreviousData,
  refetchOnWindowFocus: 'always',
} as const

/** After an act: the page of the case is known, lists and counts are asked for again, and so is every other case: a decision moves two. */
export function rememberCase(answer: CaseAnswer): void {
  const { number } = answer.case
  queryClient.setQueryData(['case', number], answer)
  void queryClient.invalidateQueries({ queryKey: ['case'], predicate: ({ queryKey }) => queryKey[1] !== number })
  void queryClient.invalidateQueries({ queryKey: ['related'] })
  refreshLists()
}
export function refreshLists(): void {
  void queryClient.invalidateQueries({ queryKey: ['ledger'] })
  void queryClient.invalidateQueries({ queryKey: ['queues'] })
}
