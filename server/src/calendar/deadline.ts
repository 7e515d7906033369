import type { Light, LimitUnit } from '@banjie/contract'
import {
  bitsOf,
  type Calendar,
  dayName,
  halfAt,
  halvesBefore,
  instantAt,
  instantOfMinutes,
  localDay,
  localMinute,
  minutesUntil,
} from './calendar.ts'

/** Limit (时限). Working days come in halves: 3.5 is a limit, 3.2 is not. */
export interface Limit {
  readonly amount: number
  readonly unit: LimitUnit
}
/** Stop (暂停计时): both local days are stopped whole; `to` is null while it lasts. */
export interface Stop {
  readonly from: Date
  readonly to: Date | null
}
export interface DeadlineOptions {
  readonly stops?: readonly Stop[]
  /** Where an open stop is cut off. */
  readonly asOf?: Date
  /** A last day that is a holiday moves to the next working day (民法典第203条). */
  readonly rollForward?: boolean
  /** More of the limit's unit (延期). It does not change where counting starts: half a day more starts no earlier. */
  readonly extra?: number
}
export interface Deadline {
  readonly dueAt: Date
  /** True if the date rests on a year whose holiday notice is not published. */
  readonly provisional: boolean
}
/** One date of an explanation; `counted` is 0, 0.5 or 1 of the limit's unit. */
export interface ExplainedDay {
  readonly date: string
  readonly counted: number
  readonly why: string
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const LAST_MINUTE = 24 * 60

/**
 * Due instant (办理期限) of a limit that starts at `from`.
 *
 * - working days: the day of receipt is not counted (次日起算, 民法典第201条); due at the end of office hours of the last day. A limit with a
 *   half starts with the half day after `from`.
 * - working hours: office hours only. hours: natural time.
 * - days and months: natural, day of receipt not counted, due at the end of the last day.
 * @throws Fault 'calendar.out_of_range' when the result lies outside the calendar: a deadline that cannot be armed is an error
 */
export function dueOf(calendar: Calendar, from: Date, limit: Limit, options: DeadlineOptions = {}): Deadline {
  const dueAt = DUE[limit.unit](calendar, from, limit.amount + (options.extra ?? 0), options)
  return { dueAt, provisional: localDay(dueAt) >= calendar.provisionalFrom }
}

const DUE: Record<LimitUnit, (calendar: Calendar, from: Date, amount: number, options: DeadlineOptions) => Date> = {
  workingDay: (calendar, from, amount, options) => endOfHalf(calendar, lastHalf(calendar, from, amount, options)),
  workingHour: (calendar, from, amount, options) => {
    const start = minutesUntil(calendar, from)
    return instantOfMinutes(calendar, stretch(start, start + amount * 60, minuteSpans(calendar, options)))
  },
  hour: (_, from, amount, options) => {
    const spans = merged(options).map((stop) => [stop.from.getTime(), stop.to.getTime()] as const)
    return new Date(stretch(from.getTime(), from.getTime() + amount * HOUR, spans))
  },
  day: (calendar, from, amount, options) =>
    endOfDay(calendar, stretch(localDay(from) + 1, localDay(from) + 1 + amount, daySpans(options)) - 1, options),
  month: (calendar, from, amount, options) => endOfDay(calendar, addMonths(localDay(from), amount), options),
}

/** Index of the half in which a working-day limit ends. */
function lastHalf(calendar: Calendar, from: Date, amount: number, options: DeadlineOptions): number {
  const start = firstHalf(calendar, from, amount - (options.extra ?? 0))
  const spans = daySpans(options).map(([a, b]) => [halvesBefore(calendar, a), halvesBefore(calendar, b)] as const)
  return stretch(start, start + Math.round(amount * 2), spans) - 1
}

/** Index of the first half that counts. */
function firstHalf(calendar: Calendar, from: Date, amount: number): number {
  const day = localDay(from)
  const startsSameDay = !Number.isInteger(amount) && localMinute(from) < calendar.hours.pm[0]
  return startsSameDay ? halvesBefore(calendar, day) + (bitsOf(calendar, day) & 1) : halvesBefore(calendar, day + 1)
}

/** Pushes `end` out by whatever part of the spans lies after `start`; a stop that begins at or after the end no longer helps. */
function stretch(start: number, end: number, spans: readonly (readonly [number, number])[]): number {
  let out = end
  for (const [a, b] of spans) {
    const from = Math.max(a, start)
    if (from >= out) break
    out += Math.max(0, b - from)
  }
  return out
}

/** Stops in order, overlapping ones united, whole local days: [first stopped day, first day that runs again). */
function daySpans(options: DeadlineOptions): (readonly [number, number])[] {
  return merged(options).map((stop) => [localDay(stop.from), localDay(stop.to) + 1] as const)
}
const minuteSpans = (calendar: Calendar, options: DeadlineOptions) =>
  merged(options).map((stop) => [minutesUntil(calendar, stop.from), minutesUntil(calendar, stop.to)] as const)

function merged({ stops = [], asOf }: DeadlineOptions): { from: Date; to: Date }[] {
  const closed = stops.map((stop) => ({ from: stop.from, to: stop.to ?? asOf ?? stop.from }))
  const out: { from: Date; to: Date }[] = []
  for (const stop of closed.sort((a, b) => a.from.getTime() - b.from.getTime())) {
    const last = out.at(-1)
    // Stops on touching days are one: day 12 must not be stopped twice.
    if (last !== undefined && localDay(stop.from) <= localDay(last.to))
      last.to = new Date(Math.max(last.to.getTime(), stop.to.getTime()))
    else out.push({ ...stop })
  }
  return out
}

function endOfHalf(calendar: Calendar, k: number): Date {
  const { day, pm } = halfAt(calendar, k)
  return instantAt(day, pm ? calendar.hours.pm[1] : calendar.hours.am[1])
}

function endOfDay(calendar: Calendar, day: number, options: DeadlineOptions): Date {
  const rolled =
    options.rollForward && bitsOf(calendar, day) === 0 ? halfAt(calendar, halvesBefore(calendar, day)).day : day
  bitsOf(calendar, rolled)
  return new Date(instantAt(rolled, LAST_MINUTE).getTime() - 1)
}

function addMonths(day: number, months: number): number {
  const date = new Date(day * DAY)
  const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0))
  return Date.UTC(target.getUTCFullYear(), target.getUTCMonth(), Math.min(date.getUTCDate(), target.getUTCDate())) / DAY
}

/**
 * Every date from the start to the due date, and whether it counted (逐日说明). For day limits `counted` sums to the amount; for hours a
 * date counts the hours that fell on it.
 */
export function explain(
  calendar: Calendar,
  from: Date,
  limit: Limit,
  options: DeadlineOptions = {},
): readonly ExplainedDay[] {
  const { dueAt } = dueOf(calendar, from, limit, options)
  const start = localDay(from)
  const stops = daySpans(options)
  return Array.from({ length: localDay(dueAt) - start + 1 }, (_, i) => {
    const day = start + i
    const counted = COUNTED[limit.unit](calendar, day, from, dueAt, limit)
    const stopped = stops.some(([a, b]) => day >= a && day < b)
    const why = stopped ? '暂停计时' : reason(calendar, day, limit, i === 0, counted)
    return {
      date: dayName(day),
      counted: stopped ? 0 : counted,
      why: day >= calendar.provisionalFrom ? `${why}（放假安排未公布，暂定）` : why,
    }
  })
}

const COUNTED: Record<LimitUnit, (calendar: Calendar, day: number, from: Date, dueAt: Date, limit: Limit) => number> = {
  workingDay(calendar, day, from, dueAt, { amount }) {
    const begin = Math.max(halvesBefore(calendar, day), firstHalf(calendar, from, amount))
    const pm = localDay(dueAt) > day || localMinute(dueAt) > calendar.hours.am[1]
    const end = halvesBefore(calendar, day) + (bitsOf(calendar, day) & 1) + (pm ? bitsOf(calendar, day) >> 1 : 0)
    return Math.max(0, end - begin) / 2
  },
  workingHour: (calendar, day, from, dueAt) =>
    hours(minutesUntil(calendar, laterOf(from, day)), minutesUntil(calendar, earlierOf(dueAt, day))),
  hour: (_, day, from, dueAt) => hours(laterOf(from, day).getTime() / 60_000, earlierOf(dueAt, day).getTime() / 60_000),
  day: (_, day, from, dueAt) => (day > localDay(from) && day <= localDay(dueAt) ? 1 : 0),
  month: (_, day, from, dueAt) => (day > localDay(from) && day <= localDay(dueAt) ? 1 : 0),
}
const hours = (fromMinutes: number, toMinutes: number) => Math.round(((toMinutes - fromMinutes) / 60) * 100) / 100
const laterOf = (instant: Date, day: number) => (instantAt(day, 0) > instant ? instantAt(day, 0) : instant)
const earlierOf = (instant: Date, day: number) => (instantAt(day + 1, 0) < instant ? instantAt(day + 1, 0) : instant)

function reason(calendar: Calendar, day: number, limit: Limit, isStart: boolean, counted: number): string {
  const named = calendar.why.get(day)
  if (isStart && counted === 0) return '起算日，不计'
  if (limit.unit === 'day' || limit.unit === 'month' || limit.unit === 'hour')
    return named === undefined ? '自然日' : `自然日（${named}）`
  if (bitsOf(calendar, day) === 0) return named ?? '周末'
  const part = limit.unit === 'workingDay' && counted === 0.5 ? '半个工作日' : '工作日'
  return named === undefined ? part : `${part}，${named}`
}

/** Working days (halves allowed) after the local day of `a` up to and with that of `b`; negative backwards. */
export const workingDaysBetween = (calendar: Calendar, a: Date, b: Date) =>
  (halvesBefore(calendar, localDay(b) + 1) - halvesBefore(calendar, localDay(a) + 1)) / 2

/** Working days of the union of inclusive day spans: government's days (政府用时) of parallel items are not added up. */
export function unionWorkingDays(
  calendar: Calendar,
  spans: readonly { readonly from: Date; readonly to: Date }[],
): number {
  const united = daySpans({ stops: spans })
  return united.reduce((sum, [a, b]) => sum + halvesBefore(calendar, b) - halvesBefore(calendar, a), 0) / 2
}

/**
 * What is left (剩余), as people say it: whole working days after today up to the due date, 0 on the due date itself, negative when overdue.
 * Hour clocks are told in hours with one decimal.
 */
export function remaining(
  calendar: Calendar,
  now: Date,
  dueAt: Date,
  unit: LimitUnit,
): { amount: number; unit: LimitUnit } {
  if (unit === 'hour') return { amount: Math.round(((dueAt.getTime() - now.getTime()) / HOUR) * 10) / 10, unit }
  if (unit === 'workingHour')
    return { amount: Math.round((minutesUntil(calendar, dueAt) - minutesUntil(calendar, now)) / 6) / 10, unit }
  if (unit === 'workingDay') return { amount: workingDaysBetween(calendar, now, dueAt), unit }
  return { amount: localDay(dueAt) - localDay(now), unit: 'day' }
}

/**
 * The instant at which the light turns yellow: a third of the budget or one working day is left, whichever is more; hour clocks: a third.
 * Never before the start.
 */
export function yellowAt(calendar: Calendar, from: Date, dueAt: Date, limit: Limit): Date {
  const at = YELLOW[limit.unit](calendar, dueAt, limit.amount)
  return at < from ? from : at
}
const YELLOW: Record<LimitUnit, (calendar: Calendar, dueAt: Date, amount: number) => Date> = {
  workingDay(calendar, dueAt, amount) {
    const left = Math.max(2, Math.floor((amount * 2) / 3))
    const pm = localMinute(dueAt) > calendar.hours.am[1]
    const last = halvesBefore(calendar, localDay(dueAt)) + (pm ? bitsOf(calendar, localDay(dueAt)) & 1 : 0)
    return last - left < 0 ? new Date(0) : endOfHalf(calendar, last - left)
  },
  workingHour: (calendar, dueAt, amount) =>
    instantOfMinutes(calendar, Math.max(0, minutesUntil(calendar, dueAt) - amount * 20)),
  hour: (_, dueAt, amount) => new Date(dueAt.getTime() - (amount * HOUR) / 3),
  day: (_, dueAt, amount) => new Date(dueAt.getTime() - Math.max(DAY, (amount * DAY) / 3)),
  month: (_, dueAt, amount) => new Date(dueAt.getTime() - amount * 10 * DAY),
}

/** Light (灯) of a clock. */
export function lightOf(clock: {
  readonly now: Date
  readonly yellowAt: Date
  readonly dueAt: Date
  readonly paused?: boolean
  readonly done?: boolean
}): Light {
  if (clock.done) return 'done'
  if (clock.paused) return 'paused'
  if (clock.now > clock.dueAt) return 'red'
  return clock.now >= clock.yellowAt ? 'yellow' : 'green'
}

/** The instant itself if the office is open, else the next opening: notices are written in office hours. */
export function officeTime(calendar: Calendar, instant: Date): Date {
  const minutes = minutesUntil(calendar, instant)
  const later = minutesUntil(calendar, new Date(instant.getTime() + 60_000))
  if (later > minutes) return instant
  return new Date(instantOfMinutes(calendar, minutes + 1).getTime() - 60_000)
}

/** Close of office on the day that lies `days` working days before the local day of `instant`. */
export const workingDaysBefore = (calendar: Calendar, instant: Date, days: number): Date =>
  endOfHalf(calendar, halvesBefore(calendar, localDay(instant)) - 2 * days + 1)

/** Office minutes between two instants. */
export const workingMinutesBetween = (calendar: Calendar, from: Date, to: Date): number =>
  minutesUntil(calendar, to) - minutesUntil(calendar, from)
