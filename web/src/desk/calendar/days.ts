/** Days with their reasons, as the notice lists them. */
export type Days = Readonly<Record<string, string>>
export interface ReadDays {
  readonly days: Days
  /** Lines that no date could be read from, counted from 1. */
  readonly bad: readonly { readonly line: number; readonly text: string }[]
}

const DAY_MS = 86_400_000
const DATE = String.raw`(?:(\d{4})[-./年])?(\d{1,2})[-./月](\d{1,2})日?`
const LINE = new RegExp(String.raw`^${DATE}(?:\s*(?:至|到|~|～|—+|–)\s*${DATE})?[\s，,：:]*(.*)$`)

/**
 * Reads days off as people paste them, one line each: `2027-01-01 元旦`, `2月6日至2月12日 春节`. A date without a year is of `year`; a line
 * without a reason keeps the one above.
 */
export function readDays(text: string, year: number): ReadDays {
  const days: Record<string, string> = {}
  const bad: { line: number; text: string }[] = []
  let why = ''
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim()
    if (line === '') continue
    const span = spanOf(line, year)
    why = span?.why || why
    if (span === undefined || why === '') bad.push({ line: index + 1, text: line })
    else for (const day of span.days) days[day] = why
  }
  return { days, bad }
}

function spanOf(line: string, year: number): { days: readonly string[]; why: string } | undefined {
  const found = LINE.exec(line)
  if (found === null) return undefined
  const [, y1, m1 = '', d1 = '', y2, m2, d2, why = ''] = found
  const from = dayOf(y1 ?? String(year), m1, d1)
  const to = m2 === undefined || d2 === undefined ? from : dayOf(y2 ?? y1 ?? String(year), m2, d2)
  if (from === undefined || to === undefined || to < from) return undefined
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
  if (count > 60) return undefined
  const days = Array.from({ length: count }, (_, place) =>
    new Date(Date.parse(from) + place * DAY_MS).toISOString().slice(0, 10),
  )
  return { days, why: why.trim() }
}

/** Undefined for a date that is not in the calendar, such as 2月30日. */
function dayOf(year: string, month: string, day: string): string | undefined {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : undefined
}

/** The days as lines, to be changed. */
export const daysText = (days: Days): string =>
  Object.entries(days)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([day, why]) => `${day} ${why}`)
    .join('\n')

/** A month in weeks, Monday first; null outside of it. */
export function monthWeeks(year: number, month: number): readonly (readonly (string | null)[])[] {
  const lead = (new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7
  const length = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const day = (number: number) => `${year}-${String(month).padStart(2, '0')}-${String(number).padStart(2, '0')}`
  const cells = [...Array<null>(lead).fill(null), ...Array.from({ length }, (_, place) => day(place + 1))]
  while (cells.length % 7 !== 0) cells.push(null)
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7))
}
