import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { type Answer, type ApiFault, api } from '../../shared/api.ts'
import { queryClient } from '../../shared/query.ts'
import { type Choice, monthAfter } from './choice.ts'
import { COLUMNS, type Figures } from './figure.ts'

const MINUTE_MS = 60_000
const MONTHS = 6
const ROWS = 50

export const useIndicators = () =>
  useQuery({
    queryKey: ['indicators'],
    queryFn: ({ signal }) => api('indicators', { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** Every column of the table, asked for side by side. */
export const useFigures = ({ from, to, by }: Choice) =>
  useQuery({
    queryKey: ['figures', from, to, by],
    queryFn: async ({ signal }): Promise<Figures> => {
      const query = { from, to, by, base: 'yearBefore' } as const
      const answers = await Promise.all(COLUMNS.map((id) => api('indicator', { params: { id }, query, signal })))
      return Object.fromEntries(answers.map((answer) => [answer.id, answer]))
    },
    staleTime: MINUTE_MS,
  })

export const usePeriod = (month: string) =>
  useQuery({
    queryKey: ['period', month],
    queryFn: ({ signal }) => api('period', { params: { month }, signal }),
    staleTime: MINUTE_MS,
  })

/** The last months up to the chosen one, oldest first; asked for after the figures themselves. */
export const useMonths = (month: string, enabled: boolean) =>
  useQuery({
    queryKey: ['months', month],
    queryFn: ({ signal }) =>
      Promise.all(
        Array.from({ length: MONTHS }, (_, place) =>
          api('period', { params: { month: monthAfter(month, place - MONTHS + 1) }, signal }),
        ),
      ),
    staleTime: 5 * MINUTE_MS,
    enabled,
  })

export const useFreeze = (month: string) =>
  useMutation<Answer<'freezePeriod'>, ApiFault>({
    mutationFn: () => api('freezePeriod', { params: { month } }),
    onSuccess: (period) => queryClient.setQueryData(['period', month], period),
  })

export interface Drill {
  readonly id: string
  readonly key: string | undefined
  readonly onlyCounted: boolean
}

export function useRows({ from, to, by }: Choice, { id, key, onlyCounted }: Drill) {
  const query = useInfiniteQuery({
    queryKey: ['indicatorRows', id, from, to, by, key ?? '', onlyCounted],
    queryFn: ({ pageParam, signal }) =>
      api('indicatorRows', {
        params: { id },
        query: {
          ...{ from, to, by, limit: ROWS, part: onlyCounted ? ('numerator' as const) : ('denominator' as const) },
          ...(key !== undefined && { key }),
          ...(pageParam !== '' && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  return { ...query, rows: query.data?.pages.flatMap(({ items }) => items) ?? [], total: query.data?.pages[0]?.total }
}

export const useOutcomes = ({ from, to }: Choice) =>
  useQuery({
    queryKey: ['outcomes', from, to],
    queryFn: ({ signal }) => api('outcomes', { query: { from, to, by: 'unit' }, signal }),
    staleTime: MINUTE_MS,
    placeholderData: keepPreviousData,
  })

export type OutcomeKind = Answer<'outcomes'>['sums'][number]['kind']
export function useOutcomeRows({ from, to }: Choice, kind: OutcomeKind, key: string | undefined) {
  const query = useInfiniteQuery({
    queryKey: ['outcomeRows', from, to, kind, key ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api('outcomeRows', {
        query: {
          ...{ from, to, kind, limit: ROWS },
          ...(key !== undefined && { key }),
          ...(pageParam !== '' && { cursor: pageParam }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
  return { ...query, rows: query.data?.pages.flatMap(({ items }) => items) ?? [], total: query.data?.pages[0]?.total }
}
