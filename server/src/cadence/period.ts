import type { CadencePer, ExemptCause, PeriodState, PersonId, VisitKind } from '@banjie/contract'
import { type Calendar, countWorkdays, isWorkday } from '#calendar'

/** Days from one to another, both included; without an end while it lasts. */
export interface Span {
  readonly from: string
  readonly to: string | null
}
/** Somebody who owes the duty for some days (责任人): a successor takes the line over, a stand-in shares it. */
export interface Holder extends Span {
  readonly personId: PersonId
}
/** What may count toward a duty: a visit in one of its ways, or a check-in on a target (点检). */
export type DeedKind = VisitKind | 'checkIn'
/** One deed, whoever counts it. */
export interface Deed {
  readonly id: string
  readonly on: string
  readonly kind: DeedKind
  readonly officials: readonly PersonId[]
}
export interface Cadence extends Span {
  readonly min: number
  readonly per: CadencePer
  readonly counts: readonly DeedKind[]
  /** A period in which fewer working days were left to do it is exempt. */
  readonly leastWorkdays: number
}
/** One duty: the rule, who owes it when, when it rests, and what was done toward its target. */
export interface Series {
  readonly cadence: Cadence
  readonly holders: readonly Holder[]
  readonly suspensions: readonly Span[]
  readonly leaves: ReadonlyMap<PersonId, readonly Span[]>
  readonly deeds: readonly Deed[]
}
/** A period (周期) and what became of it. */
export interface Period {
  readonly from: string
  readonly to: string
  readonly state: PeriodState
  readonly cause: ExemptCause | null
  /** Working days on which it was owed. */
  readonly workdays: number
  readonly proof: readonly { readonly deed: Deed; readonly credited: readonly PersonId[] }[]
  /** Who owed it on some day of the period. */
  readonly debtors: readonly PersonId[]
}

const DAY_MS = 86_400_000
const dayAt = (ms: number) => new Date(ms).toISOString().slice(0, 10)
export const dayAfter = (day: string, days = 1) => dayAt(Date.parse(day) + days * DAY_MS)
const within = (day: string, { from, to }: Span) => day >= from && (to === null || day <= to)
const some = (spans: readonly Span[] | undefined, day: string) => spans?.some((span) => within(day, span)) ?? false
const monthOf = (day: string, back: number) => {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return Date.UTC(year, month - 1 - back, 1)
}

/** The period of a cadence that a day lies in: the day, Monday to Sunday, the month, the quarter. */
export function periodAround(per: CadencePer, day: string): { readonly from: string; readonly to: string } {
  if (per === 'day') return { from: day, to: day }
  if (per === 'week') {
    const from = dayAfter(day, -((new Date(day).getUTCDay() + 6) % 7))
    return { from, to: dayAfter(from, 6) }
  }
  const length = per === 'month' ? 1 : 3
  const first = monthOf(day, (Number(day.slice(5, 7)) - 1) % length)
  return { from: dayAt(first), to: dayAfter(dayAt(monthOf(dayAt(first), -length)), -1) }
}

/** Half of an ordinary period's working days, which is what a rule asks for where it does not say. */
export const HALF_WORKDAYS = { day: 1, week: 3, month: 10, quarter: 30 } as const satisfies Record<CadencePer, number>

const daysOf = (from: string, to: string): string[] => {
  const days = []
  for (let day = from; day <= to; day = dayAfter(day)) days.push(day)
  return days
}

/** A stretch of a cadence with its working days; the same for every duty, so it is worked out once a calendar. */
interface Stretch {
  readonly from: string
  readonly to: string
  readonly next: string
  readonly workdays: number
}
const known = new WeakMap<Calendar, Map<string, Stretch>>()
function stretchAt(calendar: Calendar, per: CadencePer, day: string): Stretch {
  const own = known.get(calendar) ?? new Map<string, Stretch>()
  known.set(calendar, own)
  const key = `${per} ${day}`
  let stretch = own.get(key)
  if (stretch === undefined) {
    const { from, to } = periodAround(per, day)
    stretch = { from, to, next: dayAfter(to), workdays: countWorkdays(calendar, from, to) }
    own.set(key, stretch)
  }
  return stretch
}

/**
 * The periods (周期) of a duty that touch `window`, up to the one that runs today, each in exactly one state. Done is done: a period with enough
 * deeds is met whatever else is so; otherwise one without enough working days to do it is exempt; otherwise it runs until its last day is over,
 * and then it is missed. A deed counts by the day on which it was done and by who did it, so a period split between two holders is met by
 * either, to the credit of who went.
 * @throws Fault 'calendar.out_of_range' for days outside the calendar
 */
export function periodsOf(
  series: Series,
  calendar: Calendar,
  window: { readonly from: string; readonly to: string; readonly today: string },
): Period[] {
  const { cadence } = series
  const [, begin = window.from] = [window.from, cadence.from].sort()
  const [last = window.to] = [window.to, window.today, cadence.to ?? window.today].sort()
  const proofs = proofsOf(series)
  const periods = []
  let seen = 0
  for (let day = begin; day <= last; ) {
    const stretch = stretchAt(calendar, cadence.per, day)
    const proof = []
    for (let at = proofs[seen]; at !== undefined && at.deed.on <= stretch.to; at = proofs[++seen])
      if (at.deed.on >= stretch.from) proof.push(at)
    periods.push(judge(series, calendar, stretch, { proof, today: window.today }))
    day = stretch.next
  }
  return periods
}

function judge(
  series: Series,
  calendar: Calendar,
  stretch: Stretch,
  { proof, today }: { readonly proof: Period['proof']; readonly today: string },
): Period {
  const { cadence, holders } = series
  const { from, to } = stretch
  const { workdays, cause } = owedDays(series, calendar, stretch)
  const state: PeriodState =
    proof.length >= cadence.min ? 'met' : cause !== null ? 'exempt' : today <= to ? 'running' : 'missed'
  const debtors = holders.filter((holder) => holder.from <= to && (holder.to === null || holder.to >= from))
  return {
    ...{ from, to, state, cause: state === 'exempt' ? cause : null, workdays, proof },
    debtors: [...new Set(debtors.map(({ personId }) => personId))],
  }
}

/** The deeds that count, by day, each with who has the credit for it. */
function proofsOf({ cadence, holders, deeds }: Series): Period['proof'] {
  return deeds
    .filter(({ on, kind }) => within(on, cadence) && cadence.counts.includes(kind))
    .map((deed) => ({
      deed,
      credited: deed.officials.filter((person) =>
        holders.some((holder) => holder.personId === person && within(deed.on, holder)),
      ),
    }))
    .filter(({ credited }) => credited.length > 0)
    .sort((a, b) => (a.deed.on < b.deed.on ? -1 : a.deed.on > b.deed.on ? 1 : 0))
}

/** Working days on which somebody could do it, and what took the others, where too few are left. */
function owedDays(series: Series, calendar: Calendar, { from, to, workdays: total }: Stretch) {
  const { cadence, holders, suspensions, leaves } = series
  if (total < cadence.leastWorkdays) return { workdays: total, cause: 'holiday' as const }
  if (isPlain(series, from, to)) return { workdays: total, cause: null }
  const held = (day: string) => holders.filter((holder) => within(day, holder))
  const sieves: readonly [ExemptCause, (day: string) => boolean][] = [
    ['vacant', (day) => within(day, cadence) && held(day).length > 0],
    ['suspended', (day) => !some(suspensions, day)],
    ['leave', (day) => held(day).some(({ personId }) => !some(leaves.get(personId), day))],
  ]
  let left = daysOf(from, to).filter((day) => isWorkday(calendar, day))
  for (const [cause, keeps] of sieves) {
    left = left.filter(keeps)
    if (left.length < cadence.leastWorkdays) return { workdays: left.length, cause }
  }
  return { workdays: left.length, cause: null }
}

/** Nothing takes a day from the period: the rule holds on all of it, one person owes all of it, and nobody rests. Most periods are so. */
const isPlain = ({ cadence, holders, suspensions, leaves }: Series, from: string, to: string) =>
  suspensions.length === 0 &&
  leaves.size === 0 &&
  spans(cadence, from, to) &&
  holders.some((holder) => spans(holder, from, to))
const spans = (span: Span, from: string, to: string) => span.from <= from && (span.to === null || span.to >= to)
