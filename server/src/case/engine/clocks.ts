import type { ClockKind } from '@banjie/contract'
import { type Calendar, dueOf, officeTime, workingDaysBetween, yellowAt } from '#calendar'
import { newId } from '#kernel/id'
import { limitOf, type Rules, rungAfter } from '../rules.ts'
import type { CaseType, ClockType } from './case-type.ts'
import type { CaseClock, CaseState, Patch } from './state.ts'

/** What a clock is armed with. */
export interface Arming {
  readonly type: CaseType
  readonly calendar: Calendar
  readonly rules: Rules
  readonly kase: CaseState
}

/**
 * What an action does to a case's clocks: ends those it ends, starts those it starts, gives the adjusted ones their new limit, and moves an
 * overdue one up the ladder.
 * @returns the clocks that changed
 * @throws Fault 'calendar.out_of_range': a deadline that cannot be armed is an error
 */
export function turnClocks(arming: Arming, clocks: readonly CaseClock[], action: string, at: Date): CaseClock[] {
  const { type, kase } = arming
  const changed: CaseClock[] = []
  for (const [kind, clock] of Object.entries(type.clocks) as [ClockKind, ClockType][]) {
    const running = clocks.find((candidate) => candidate.kind === kind && candidate.endedAt === null)
    const ends = clock.ends.includes(action) && (clock.endsIf?.(kase) ?? true)
    const starts = clock.starts.includes(action) && (clock.startsIf?.(kase, running !== undefined) ?? true)
    if (running && (ends || starts)) changed.push(ended(running, at))
    else if (running && action === 'escalate' && clock.ladder && isDue(running, at))
      changed.push(alerted({ ...running, rung: running.rung + 1 }, arming, clock))
    else if (running && action === 'reproject') changed.push(steadied(reprojected(running, arming), arming, clock, at))
    else if (running && clock.adjusts?.includes(action))
      changed.push(steadied(armed(running, arming, clock), arming, clock, at))
    if (starts) changed.push(armed(fresh(kind, kase, at), arming, clock))
  }
  return changed
}

/**
 * An adjusted clock's place on the ladder: with a new date ahead it starts from the foot; of the rungs that passed while it stood still or was
 * merged only the highest is climbed, now, and not each of them in the past.
 */
function steadied(clock: CaseClock, arming: Arming, type: ClockType, at: Date): CaseClock {
  if (!type.ladder || clock.nextAlertAt === null) return clock
  if (clock.dueAt > at) return alerted({ ...clock, rung: 0 }, arming, type)
  let reached = clock
  for (;;) {
    const next = alerted({ ...reached, rung: reached.rung + 1 }, arming, type)
    if (next.nextAlertAt === null || next.nextAlertAt > at) break
    reached = next
  }
  return reached.nextAlertAt !== null && reached.nextAlertAt < at ? { ...reached, nextAlertAt: at } : reached
}

const isDue = (clock: CaseClock, at: Date) => clock.nextAlertAt !== null && clock.nextAlertAt <= at

const ended = (clock: CaseClock, at: Date): CaseClock => ({
  ...clock,
  endedAt: at,
  state: at > clock.dueAt ? 'missed' : 'met',
  nextAlertAt: null,
})

type Unarmed = Pick<CaseClock, 'id' | 'caseId' | 'kind' | 'round' | 'startedAt' | 'layer' | 'endedAt' | 'rung'>
const fresh = (kind: ClockKind, kase: CaseState, startedAt: Date): Unarmed => ({
  ...{ id: newId(), caseId: kase.id, kind, round: kase.round, startedAt, layer: null, endedAt: null, rung: 0 },
})

/** Gives a clock its date: a fixed one, or budget + extensions, without the days of the suspension ledger (期限 = 时限 + 延期，扣除暂停). */
const armed = (clock: Unarmed, arming: Arming, type: ClockType): CaseClock =>
  alerted(dated(clock, arming, type), arming, type)

function dated(clock: Unarmed, { calendar, rules, kase }: Arming, type: ClockType): CaseClock {
  const fixedAt = type.dueOn?.(kase, calendar, rules)
  const { rule, ...limit } = fixedAt ? fixedLimit(calendar, clock.startedAt, fixedAt) : limitOf(rules, clock.kind, kase)
  const extra = type.stops
    ? kase.extensions.filter(({ round }) => round === clock.round).reduce((sum, { amount }) => sum + amount, 0)
    : 0
  const stops = type.stops ? stopsOf(kase, clock) : []
  const spans = spansOf(stops)
  const original = dueOf(calendar, clock.startedAt, limit, { stops: spans })
  const extended = extra === 0 ? original : dueOf(calendar, clock.startedAt, limit, { stops: spans, extra })
  // A date that was promised or ordered is not moved by our own suspensions.
  const { dueAt, provisional } = fixedAt
    ? { dueAt: fixedAt, provisional: original.provisional }
    : { dueAt: extended.dueAt, provisional: extended.provisional }
  return {
    ...clock,
    ...limit,
    ...{ rule, extra, stops, dueAt, provisional, fixed: fixedAt != null },
    originalDueAt: fixedAt ?? original.dueAt,
    yellowAt: yellowAt(calendar, clock.startedAt, dueAt, limit),
    state: kase.paused && type.stops ? 'paused' : 'running',
    nextAlertAt: null,
  }
}

/** A date set by somebody, told in working days so that it can be explained like any other. */
const fixedLimit = (calendar: Calendar, from: Date, dueAt: Date) => ({
  amount: Math.max(1, Math.floor(workingDaysBetween(calendar, from, dueAt))),
  unit: 'workingDay' as const,
  rule: '按指定日期',
})

/**
 * A running clock under another calendar (重排时限). A date that was told moves later, with notice; it never moves earlier against those who rely on
 * it, but it is no longer provisional.
 */
function reprojected(clock: CaseClock, arming: Arming): CaseClock {
  const type = arming.type.clocks[clock.kind]
  if (type === undefined || clock.fixed) return clock
  const next = armed(clock, arming, type)
  if (next.dueAt >= clock.dueAt) return next
  const { dueAt, yellowAt: yellow, originalDueAt } = clock
  return alerted({ ...next, dueAt, yellowAt: yellow, originalDueAt }, arming, type)
}

/** The date a running clock would have under another calendar, whether it may move there or not. */
export function wouldBeDue(clock: CaseClock, arming: Arming): Date {
  const type = arming.type.clocks[clock.kind]
  return type === undefined || clock.fixed ? clock.dueAt : armed(clock, arming, type).dueAt
}

/** The stopped days of a clock's round. An open stop is counted to the day it will end by itself. */
const stopsOf = (kase: CaseState, clock: Unarmed) =>
  kase.stops
    .filter((stop) => stop.round === clock.round)
    .map((stop) => ({ from: stop.from, to: stop.to ?? stop.until }))
    .filter(({ from, to }) => from <= to)
/** Stopped days from their first instant to their last, so that a clock of hours stands still on all of them too. */
export const spansOf = (stops: CaseClock['stops']) =>
  stops.map(({ from, to }) => ({
    from: new Date(`${from}T00:00:00+08:00`),
    to: new Date(`${to}T23:59:59.999+08:00`),
  }))

/** When the system must next act by itself: at the due date, or at the ladder's next rung; in office hours unless it is urgent. */
function alerted(clock: CaseClock, { calendar, rules, kase }: Arming, type: ClockType): CaseClock {
  if (clock.state === 'paused' || (!type.onDue && !type.ladder?.(kase))) return { ...clock, nextAlertAt: null }
  if (type.onDue) return { ...clock, nextAlertAt: type.inOfficeHours ? officeTime(calendar, clock.dueAt) : clock.dueAt }
  const after = rungAfter(rules, clock.rung)
  // Days on which the clock stood still are no days on the ladder.
  const limit = { amount: after, unit: 'workingDay' as const }
  const at = after === 0 ? clock.dueAt : dueOf(calendar, clock.dueAt, limit, { stops: spansOf(clock.stops) }).dueAt
  return { ...clock, nextAlertAt: kase.urgency === 'normal' ? officeTime(calendar, at) : at }
}

/** The clock that shows in the case's stage, as the ledger's due date and light. */
export function showing(type: CaseType, kase: CaseState, clocks: readonly CaseClock[]): Patch {
  const kinds = Object.entries(type.clocks).filter(([, clock]) => clock.shows?.includes(kase.stage))
  const clock = clocks.findLast(
    (candidate) => candidate.endedAt === null && kinds.some(([kind]) => kind === candidate.kind),
  )
  return { dueKind: clock?.kind ?? null, dueAt: clock?.dueAt ?? null, yellowAt: clock?.yellowAt ?? null }
}
