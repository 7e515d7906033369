import { type Calendar, workingDaysBetween } from '#calendar'

/** How many rounds lasted from one local day to another. */
export interface Lasting {
  readonly fromDay: string
  readonly toDay: string
  readonly count: number
}
/** Ages in days with how many rounds have each, youngest first. */
type Ages = readonly { readonly days: number; readonly count: number }[]

const DAY_MS = 86_400_000
const NOON = 'T12:00:00+08:00'

export const naturalDays = ({ fromDay, toDay }: Omit<Lasting, 'count'>) =>
  (Date.parse(toDay) - Date.parse(fromDay)) / DAY_MS
export const workingDays = (calendar: Calendar, { fromDay, toDay }: Omit<Lasting, 'count'>) =>
  workingDaysBetween(calendar, new Date(fromDay + NOON), new Date(toDay + NOON))

/** Ages of what ended (办理时长), in the order that quantiles need. */
export const agesOf = (lasting: readonly Lasting[], daysOf: (one: Lasting) => number): Ages =>
  lasting.map((one) => ({ days: daysOf(one), count: one.count })).sort((a, b) => a.days - b.days)

export const countOf = (ages: Ages) => ages.reduce((sum, { count }) => sum + count, 0)
export const daysTogether = (ages: Ages) => ages.reduce((sum, { days, count }) => sum + days * count, 0)

/** The k-th youngest, counted from 1. */
function nth(ages: Ages, k: number): number {
  let passed = 0
  for (const { days, count } of ages) {
    passed += count
    if (passed >= k) return days
  }
  throw new Error(`there is no ${k}-th of ${passed}`)
}

/** Median (中位数): the middle one, or half way between the two in the middle; null of nothing. */
export function median(ages: Ages): number | null {
  const count = countOf(ages)
  return count === 0 ? null : (nth(ages, Math.ceil(count / 2)) + nth(ages, Math.floor(count / 2) + 1)) / 2
}

/** The age that nine in ten do not exceed (九成位); null of nothing. */
export function ninetieth(ages: Ages): number | null {
  const count = countOf(ages)
  return count === 0 ? null : nth(ages, Math.ceil((count * 9) / 10))
}
