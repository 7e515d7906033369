import { dayOf } from '#org'

/** A time as a chat tells it: `3月5日`, `昨天`, `星期三`; `上午9:12`, `21:05`. */
export interface Spoken {
  readonly day: string | null
  readonly clock: string | null
}

const DAY_MS = 86_400_000
const OFFSET = '+08:00'
const WEEKDAYS = '日一二三四五六'
/** Half of the day in which an hour below twelve is meant. */
const AFTERNOON = /下午|傍晚|晚上|[Pp][Mm]/
const MORNING = /凌晨|清晨|早上|上午|[Aa][Mm]/

/**
 * The instant that a spoken time means: the last one that is not still to come. Without a day the hour is today's or yesterday's, without a year
 * the day is this year's or last year's.
 * @returns null for no time, for a time to come, and for a day that no calendar has (2月30日)
 */
export function instantBefore({ day, clock }: Spoken, now: Date): Date | null {
  const hour = clock === null ? null : hourOf(clock)
  if (clock !== null && hour === null) return null
  const candidates = day === null ? (hour === null ? [] : [daysBack(now, 0), daysBack(now, 1)]) : daysOf(day, now)
  const at = candidates.map((one) => new Date(`${one}T${hour ?? '00:00:00'}${OFFSET}`)).find((one) => one <= now)
  return at ?? null
}

/** `09:12:00` of 上午9:12; 下午1:05 is 13:05, 中午12:30 is 12:30, 凌晨12:10 is 00:10. */
function hourOf(text: string): string | null {
  const [, hours = '', minutes = '', seconds = '00'] = /(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?/.exec(text) ?? []
  const told = Number(hours)
  const noon = /中午/.test(text) && told < 6
  const hour = (AFTERNOON.test(text) || noon) && told < 12 ? told + 12 : MORNING.test(text) && told === 12 ? 0 : told
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  return `${String(hour).padStart(2, '0')}:${minutes}:${seconds}`
}

/** The days a word can mean, the likeliest first. */
function daysOf(text: string, now: Date): readonly string[] {
  const back = ['今天', '昨天', '前天'].indexOf(text)
  if (back >= 0) return [daysBack(now, back)]
  const weekday = /^(?:星期|周)(.)$/.exec(text)?.[1]
  if (weekday !== undefined) {
    const wanted = weekday === '天' ? 0 : WEEKDAYS.indexOf(weekday)
    const today = new Date(`${dayOf(now)}T00:00:00Z`).getUTCDay()
    return [daysBack(now, (today - wanted + 7) % 7 || 7)]
  }
  const numbers = [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits))
  const [year, month, date] = numbers.length === 3 ? numbers : [null, ...numbers]
  const thisYear = Number(dayOf(now).slice(0, 4))
  const years = year == null ? [thisYear, thisYear - 1] : [year]
  return years.flatMap((one) => calendarDay(one, month ?? 0, date ?? 0) ?? [])
}

function calendarDay(year: number, month: number, date: number): string | undefined {
  const day = `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
  const at = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== day ? undefined : day
}

const daysBack = (now: Date, days: number) => dayOf(new Date(now.getTime() - days * DAY_MS))
