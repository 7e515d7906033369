/** Instants are told in the district's time, +08:00 without daylight saving, whatever the zone of the machine. */
const ZONE_MS = 8 * 3_600_000
const WEEKDAY = ['周日', '周一', '周二', '周三', '周四', '周五', '周六'] as const

const local = (instant: string | Date) => new Date(new Date(instant).getTime() + ZONE_MS)
const two = (value: number) => String(value).padStart(2, '0')

/** `2026-11-23` of an instant. */
export const dayOf = (instant: string | Date): string => local(instant).toISOString().slice(0, 10)

/** `11月23日`, with the year when it is not `now`'s. */
export function dayText(instant: string, now: Date = new Date()): string {
  const at = local(instant)
  const day = `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`
  return at.getUTCFullYear() === local(now).getUTCFullYear() ? day : `${at.getUTCFullYear()}年${day}`
}

/** `17:30`. */
export const clockText = (instant: string): string =>
  `${two(local(instant).getUTCHours())}:${two(local(instant).getUTCMinutes())}`

/** `11月23日 17:30`. */
export const momentText = (instant: string, now?: Date): string => `${dayText(instant, now)} ${clockText(instant)}`

/** `11月26日（周四）17:30`, for deadlines. */
export const dueText = (instant: string, now?: Date): string =>
  `${dayText(instant, now)}（${WEEKDAY[local(instant).getUTCDay()]}）${clockText(instant)}`

/** Short form for dense rows: `09:12` today, `11-23` this year, `2025-11-23` before. */
export function shortText(instant: string, now: Date = new Date()): string {
  const day = dayOf(instant)
  const today = dayOf(now)
  if (day === today) return clockText(instant)
  return day.slice(0, 4) === today.slice(0, 4) ? day.slice(5) : day
}

/** `2026-11-23 17:30` as columns show it. */
export const columnText = (instant: string): string => `${dayOf(instant)} ${clockText(instant)}`

/** The value of a `datetime-local` field as an instant with offset. */
export const instantOfLocal = (value: string): string => `${value.length === 16 ? `${value}:00` : value}+08:00`
export const localOfInstant = (instant: string): string => local(instant).toISOString().slice(0, 16)

/** Days of a clock arranged in weeks, Monday first; `null` fills the edges. */
export function weeksOf<T extends { readonly date: string }>(days: readonly T[]): (T | null)[][] {
  const [first] = days
  if (first === undefined) return []
  const lead = (new Date(`${first.date}T00:00:00Z`).getUTCDay() + 6) % 7
  const cells: (T | null)[] = [...Array<null>(lead).fill(null), ...days]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}

/** `11月26日（周四）` of a day such as `2026-11-26`. */
export const weekdayText = (day: string, now?: Date): string => {
  const noon = `${day}T12:00:00+08:00`
  return `${dayText(noon, now)}（${WEEKDAY[local(noon).getUTCDay()]}）`
}
