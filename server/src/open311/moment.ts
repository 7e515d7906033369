import { Fault } from '#kernel/fault'

const ZONE_MS = 8 * 3_600_000
const DAY_MS = 86_400_000
/** The specification's own limit: one question covers at most so many days. */
const SPAN_DAYS = 90

/** An instant with the district's offset: 2026-03-02T09:30:00+08:00. */
export const w3 = (instant: Date): string => `${new Date(instant.getTime() + ZONE_MS).toISOString().slice(0, 19)}+08:00`

/** A date or an instant as foreign clients write it; a bare date is a day of the district. @throws Fault 'open311.parameter' */
function instantOf(parameter: string, text: string): Date {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text)
  // A plus sign in an address arrives as a space.
  const whole = isDay ? `${text}T00:00:00+08:00` : text.replace(/ (\d\d:?\d\d)$/, '+$1')
  const instant = new Date(whole)
  if (!/^\d{4}-\d\d-\d\dT/.test(whole) || Number.isNaN(instant.getTime()))
    throw new Fault('open311.parameter', { parameter, why: '请写成 2026-01-31T00:00:00Z 这样的格式' })
  return instant
}

/**
 * The span that is asked for (时间跨度): from one day to another, at most ninety days; with one end or none, ninety days.
 * @throws Fault 'open311.parameter' | 'open311.span'
 */
export function spanOf(start: string | undefined, end: string | undefined, now: Date): { from: Date; to: Date } {
  const span = SPAN_DAYS * DAY_MS
  const from = start === undefined ? undefined : instantOf('start_date', start)
  const to = end === undefined ? undefined : instantOf('end_date', end)
  if (from === undefined) return { from: new Date((to ?? now).getTime() - span), to: to ?? now }
  if (to === undefined) return { from, to: new Date(from.getTime() + span) }
  if (to < from) throw new Fault('open311.parameter', { parameter: 'end_date', why: '不能早于 start_date' })
  if (to.getTime() - from.getTime() > span) throw new Fault('open311.span', { days: SPAN_DAYS })
  return { from, to }
}
