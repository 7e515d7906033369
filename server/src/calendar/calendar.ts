import { Fault } from '#kernel/fault'
import national from './national.json' with { type: 'json' }

/**
 * Working-day calendar (工作日历): which half days count, compiled into prefix arrays so that a deadline is a few look-ups, whatever its length.
 *
 * Layers are laid over each other from the nation down to a unit; the last word wins. Days are `YYYY-MM-DD` of the district's zone. The zone is
 * fixed at +08:00: China has kept it without daylight saving since 1992.
 */
export type DayKind = 'work' | 'off' | 'amOnly' | 'pmOnly'
export interface CalendarDay {
  readonly day: string
  readonly kind: DayKind
  readonly why: string
}
/** Office hours (办公时间) in minutes after midnight. */
export interface OfficeHours {
  readonly am: readonly [start: number, end: number]
  readonly pm: readonly [start: number, end: number]
}
export interface Layer {
  readonly days: readonly CalendarDay[]
  readonly hours?: OfficeHours
}

export interface Calendar {
  readonly hours: OfficeHours
  /** First and last day covered, as day indexes. */
  readonly first: number
  readonly last: number
  /** Working halves before each day; one entry more than there are days. */
  readonly halvesBefore: Int32Array
  /** Working days before each day, a half one counted as a day; one entry more than there are days. */
  readonly daysBefore: Int32Array
  /** Bits of each day: 1 morning works, 2 afternoon works. */
  readonly bits: Uint8Array
  /** The k-th working half as `2 × day + (0 morning | 1 afternoon)`. */
  readonly halfAt: Int32Array
  /** Working minutes before each day. */
  readonly minutesBefore: Int32Array
  /** Why a day is what it is, where the weekday alone does not say. */
  readonly why: ReadonlyMap<number, string>
  /** Day index from which no holiday notice has been published: dates that reach it are provisional. */
  readonly provisionalFrom: number
}

/** A day that no calendar knows. Whoever typed it is told which days there are; nothing is stored. */
class CalendarRangeError extends Fault {
  constructor(calendar: Calendar) {
    super('calendar.out_of_range', { from: dayName(calendar.first), to: dayName(calendar.last) })
    this.name = 'CalendarRangeError'
  }
}

const MINUTE = 60_000
const DAY = 86_400_000
const ZONE = 8 * 60 * MINUTE
const DEFAULT_HOURS: OfficeHours = { am: [9 * 60, 12 * 60], pm: [13 * 60 + 30, 17 * 60 + 30] }
const FIRST_YEAR = 2007
const LAST_YEAR = 2045

/** Index of a local day, counted from 1970-01-01. */
const dayIndex = (day: string) => Date.parse(`${day}T00:00:00Z`) / DAY
export const dayName = (index: number) => new Date(index * DAY).toISOString().slice(0, 10)
/** Local day index of an instant. */
export const localDay = (instant: Date) => Math.floor((instant.getTime() + ZONE) / DAY)
/** Minutes since local midnight. */
export const localMinute = (instant: Date) => Math.floor(((instant.getTime() + ZONE) % DAY) / MINUTE)
/** The instant of a local minute of a day. */
export const instantAt = (day: number, minute: number) => new Date(day * DAY - ZONE + minute * MINUTE)

/**
 * The nation's layer: every published notice, and the statutory days of the years whose notice is still to come.
 * @param except years for which another list is laid over it
 */
export const nationalLayer = (except: readonly number[] = []): Layer => ({
  days: [
    ...own(national.published, except).flatMap(({ off, work }) => [...daysOf(off, 'off'), ...daysOf(work, 'work')]),
    ...own(national.statutory, except).flatMap((off) => daysOf(off, 'off')),
  ],
})
const own = <T>(years: Readonly<Record<string, T>>, except: readonly number[]): T[] =>
  Object.entries(years).flatMap(([year, days]) => (except.includes(Number(year)) ? [] : [days]))
export const daysOf = (days: Readonly<Record<string, string>>, kind: DayKind): CalendarDay[] =>
  Object.entries(days).map(([day, why]) => ({ day, kind, why }))
export const lastPublishedYear = Math.max(...Object.keys(national.published).map(Number))

const BITS = { off: 0, amOnly: 1, pmOnly: 2, work: 3 } as const satisfies Record<DayKind, number>

/**
 * Compiles layers into a calendar.
 * @param layers national first, unit last
 * @param publishedThrough the last year whose holiday notice is loaded
 */
export function compileCalendar(
  layers: readonly Layer[] = [nationalLayer()],
  publishedThrough = lastPublishedYear,
): Calendar {
  const first = dayIndex(`${FIRST_YEAR}-01-01`)
  const last = dayIndex(`${LAST_YEAR}-12-31`)
  const hours = layers.findLast((layer) => layer.hours)?.hours ?? DEFAULT_HOURS
  const bits = Uint8Array.from({ length: last - first + 1 }, (_, i) => (isWeekend(first + i) ? BITS.off : BITS.work))
  const why = new Map<number, string>()
  for (const { day, kind, why: reason } of layers.flatMap((layer) => layer.days)) {
    const index = dayIndex(day)
    if (index < first || index > last) continue
    bits[index - first] = BITS[kind]
    why.set(index, reason)
  }
  return {
    hours,
    first,
    last,
    bits,
    why,
    provisionalFrom: dayIndex(`${publishedThrough + 1}-01-01`),
    ...prefixes(bits, first, hours),
  }
}

/** Sunday is 0: 1970-01-01 was a Thursday. */
const isWeekend = (day: number) => (day + 4) % 7 === 0 || (day + 4) % 7 === 6

function prefixes(bits: Uint8Array, first: number, hours: OfficeHours) {
  const halvesBefore = new Int32Array(bits.length + 1)
  const minutesBefore = new Int32Array(bits.length + 1)
  const daysBefore = new Int32Array(bits.length + 1)
  const halfAt = new Int32Array(bits.length * 2)
  let halves = 0
  let minutes = 0
  let days = 0
  for (const [i, day] of bits.entries()) {
    halvesBefore[i] = halves
    minutesBefore[i] = minutes
    daysBefore[i] = days
    if (day !== 0) days += 1
    if (day & 1) {
      halfAt[halves++] = 2 * (first + i)
      minutes += hours.am[1] - hours.am[0]
    }
    if (day & 2) {
      halfAt[halves++] = 2 * (first + i) + 1
      minutes += hours.pm[1] - hours.pm[0]
    }
  }
  halvesBefore[bits.length] = halves
  minutesBefore[bits.length] = minutes
  daysBefore[bits.length] = days
  return { halvesBefore, minutesBefore, daysBefore, halfAt: halfAt.subarray(0, halves) }
}

/** Working halves before local midnight of `day`. @throws Fault 'calendar.out_of_range' */
export function halvesBefore(calendar: Calendar, day: number): number {
  const halves = calendar.halvesBefore[day - calendar.first]
  if (halves === undefined) throw new CalendarRangeError(calendar)
  return halves
}

/** The k-th working half: its day and whether it is the afternoon. @throws Fault 'calendar.out_of_range' */
export function halfAt(calendar: Calendar, k: number): { day: number; pm: boolean } {
  const half = calendar.halfAt[k]
  if (half === undefined) throw new CalendarRangeError(calendar)
  return { day: half >> 1, pm: (half & 1) === 1 }
}

/** Bits of a day, 0 to 3. @throws Fault 'calendar.out_of_range' */
export function bitsOf(calendar: Calendar, day: number): number {
  const bits = calendar.bits[day - calendar.first]
  if (bits === undefined) throw new CalendarRangeError(calendar)
  return bits
}

/** Days of a year that differ from their weekday (放假与调休上班), each with its reason, and whether the year's notice is loaded. */
export function namedDays(calendar: Calendar, year: number) {
  const [begin, end] = [dayIndex(`${year}-01-01`), dayIndex(`${year + 1}-01-01`)]
  const named = [...calendar.why].filter(([day]) => day >= begin && day < end).sort(([a], [b]) => a - b)
  const days = (rest: boolean) =>
    Object.fromEntries(
      named.flatMap(([day, why]) => ((bitsOf(calendar, day) === 0) === rest ? [[dayName(day), why]] : [])),
    )
  return { year, published: begin < calendar.provisionalFrom, off: days(true), work: days(false) }
}

export const isWorkday = (calendar: Calendar, day: string) => bitsOf(calendar, dayIndex(day)) > 0

/** Working days from one day to another, both counted; none where the first is the later one. @throws Fault 'calendar.out_of_range' */
export function countWorkdays(calendar: Calendar, from: string, to: string): number {
  if (to < from) return 0
  const before = calendar.daysBefore[dayIndex(from) - calendar.first]
  const after = calendar.daysBefore[dayIndex(to) + 1 - calendar.first]
  if (before === undefined || after === undefined) throw new CalendarRangeError(calendar)
  return after - before
}

/** Working minutes that have passed at `instant`, counted from the calendar's first day. */
export function minutesUntil(calendar: Calendar, instant: Date): number {
  const day = localDay(instant)
  const before = calendar.minutesBefore[day - calendar.first]
  if (before === undefined) throw new CalendarRangeError(calendar)
  const bits = bitsOf(calendar, day)
  const minute = localMinute(instant)
  const within = ([start, end]: readonly [number, number]) => Math.min(Math.max(minute - start, 0), end - start)
  return before + (bits & 1 ? within(calendar.hours.am) : 0) + (bits & 2 ? within(calendar.hours.pm) : 0)
}

/** The instant at which `minutes` working minutes have passed: a binary search, 14 steps for 39 years. @throws Fault 'calendar.out_of_range' */
export function instantOfMinutes(calendar: Calendar, minutes: number): Date {
  const { minutesBefore, first, hours } = calendar
  if (minutes > (minutesBefore[minutesBefore.length - 1] ?? 0)) throw new CalendarRangeError(calendar)
  let low = 0
  let high = minutesBefore.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((minutesBefore[middle + 1] ?? 0) < minutes) low = middle + 1
    else high = middle
  }
  const rest = minutes - (minutesBefore[low] ?? 0)
  const am = bitsOf(calendar, first + low) & 1 ? hours.am[1] - hours.am[0] : 0
  return instantAt(first + low, rest <= am ? hours.am[0] + rest : hours.pm[0] + rest - am)
}
