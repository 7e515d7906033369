import type { RosterDay, Shift } from '@banjie/contract'
import { dayAfter } from '#cadence'
import { type Calendar, isWorkday, namedDays } from '#calendar'

/** A day as the roster tells it apart (日期类别), with the holiday's name or that of a make-up day. */
export interface DayOf {
  readonly day: string
  readonly kind: RosterDay
  readonly name: string | null
}

/** Every day of a stretch, both ends included. @throws Fault 'calendar.out_of_range' */
export function daysOf(calendar: Calendar, from: string, to: string): DayOf[] {
  const years = new Map<number, ReturnType<typeof namedDays>>()
  const days: DayOf[] = []
  for (let day = from; day <= to; day = dayAfter(day, 1)) {
    const year = Number(day.slice(0, 4))
    const named = years.get(year) ?? namedDays(calendar, year)
    years.set(year, named)
    const holiday = named.off[day]
    const kind = isWorkday(calendar, day) ? 'work' : holiday === undefined ? 'rest' : 'holiday'
    days.push({ day, kind, name: holiday ?? named.work[day] ?? null })
  }
  return days
}

const MORNING = '08:30'
const EVENING = '17:30'
/** When a shift begins and ends (交接班时间). The whole day and the night end on the next morning. */
const HOURS: Readonly<Record<Shift, { readonly from: string; readonly to: string; readonly overnight: boolean }>> = {
  whole: { from: MORNING, to: MORNING, overnight: true },
  day: { from: MORNING, to: EVENING, overnight: false },
  night: { from: EVENING, to: MORNING, overnight: true },
}
const at = (day: string, time: string) => new Date(`${day}T${time}:00+08:00`)

/** The shift that runs at an instant, its day and its end; undefined where none of these shifts runs. */
export function shiftAt(
  shifts: readonly Shift[],
  today: string,
  now: Date,
): { readonly day: string; readonly shift: Shift; readonly until: Date } | undefined {
  for (const day of [today, dayAfter(today, -1)])
    for (const shift of shifts) {
      const { from, to, overnight } = HOURS[shift]
      const until = at(overnight ? dayAfter(day, 1) : day, to)
      if (at(day, from) <= now && now < until) return { day, shift, until }
    }
  return undefined
}
