const DAY_MS = 86_400_000
const MIDNIGHT = 'T00:00:00+08:00'

/** A period (期) as instants: from the first local midnight to the one after the last day. */
export interface Span {
  readonly from: Date
  readonly until: Date
}

/** @param from first day, @param to last day, both inclusive, local */
export const spanOf = (from: string, to: string): Span => ({
  from: new Date(from + MIDNIGHT),
  until: new Date(new Date(to + MIDNIGHT).getTime() + DAY_MS),
})

/** First and last day of a month `YYYY-MM`. */
export function daysOfMonth(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) }
}

/** The same day a year before; 29 February becomes 28 February. */
export function yearBefore(day: string): string {
  const same = `${Number(day.slice(0, 4)) - 1}${day.slice(4)}`
  return same.endsWith('-02-29') ? same.replace('-29', '-28') : same
}
