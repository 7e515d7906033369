import { type Calendar, isWorkday } from './calendar.ts'

const DAY_MS = 86_400_000
const next = (day: string) => new Date(Date.parse(day) + DAY_MS).toISOString().slice(0, 10)

/** Working days (工作日) of a stretch as a line of numbers: a day with half its office hours is a day on it. */
export interface WorkdayLine {
  readonly days: readonly string[]
  /** Position of the last working day that is not after `day`; -1 before the line begins. */
  until(day: string): number
  /** Position of the first working day that is not before `day`; one past the end where there is none. */
  from(day: string): number
}

/** @param from first day, `YYYY-MM-DD` @param to last day, included @throws Fault 'calendar.out_of_range' */
export function workdayLine(calendar: Calendar, from: string, to: string): WorkdayLine {
  const days: string[] = []
  for (let day = from; day <= to; day = next(day)) if (isWorkday(calendar, day)) days.push(day)
  const before = (wanted: string) => {
    let [low, high] = [0, days.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((days[middle] ?? '') < wanted) low = middle + 1
      else high = middle
    }
    return low
  }
  return { days, from: before, until: (day) => before(next(day)) - 1 }
}
