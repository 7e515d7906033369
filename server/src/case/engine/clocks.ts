import type { ClockKind } from '@banjie/contract'
import { type Calendar, CalendarRangeError, dueOf, yellowAt } from '#calendar'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { limitOf, type Rules } from '../rules.ts'
import type { CaseType, ClockType } from './case-type.ts'
import type { CaseClock, CaseState, Patch } from './state.ts'

/**
 * What an action does to a case's clocks: ends those it ends, starts those it starts, gives the adjusted ones their new limit.
 * @returns the clocks that changed
 * @throws Fault 'calendar.out_of_range': a deadline that cannot be armed is an error
 */
export function turnClocks(
  type: CaseType,
  calendar: Calendar,
  rules: Rules,
  kase: CaseState,
  clocks: readonly CaseClock[],
  action: string,
  at: Date,
): CaseClock[] {
  const changed: CaseClock[] = []
  for (const [kind, clock] of Object.entries(type.clocks) as [ClockKind, ClockType][]) {
    const running = clocks.find((candidate) => candidate.kind === kind && candidate.endedAt === null)
    const ends = clock.ends.includes(action) && (clock.endsIf?.(kase) ?? true)
    if (running && ends) changed.push(ended(running, at))
    else if (running && clock.adjusts?.includes(action)) changed.push(armed(running, calendar, rules, kase, clock))
    if (clock.starts.includes(action) && (clock.startsIf?.(kase) ?? true)) {
      if (running && !ends) changed.push(ended(running, at))
      changed.push(
        armed(
          {
            id: newId(),
            caseId: kase.id,
            kind,
            round: kase.round,
            startedAt: at,
            layer: null,
            endedAt: null,
            state: 'running',
          },
          calendar,
          rules,
          kase,
          clock,
        ),
      )
    }
  }
  return changed
}

const ended = (clock: CaseClock, at: Date): CaseClock => ({
  ...clock,
  endedAt: at,
  state: at > clock.dueAt ? 'missed' : 'met',
  nextAlertAt: null,
})

type Unarmed = Pick<CaseClock, 'id' | 'caseId' | 'kind' | 'round' | 'startedAt' | 'layer' | 'endedAt' | 'state'>

function armed(clock: Unarmed, calendar: Calendar, rules: Rules, kase: CaseState, type: ClockType): CaseClock {
  const { rule, ...limit } = limitOf(rules, clock.kind, kase)
  try {
    const { dueAt, provisional } = dueOf(calendar, clock.startedAt, limit)
    return {
      ...clock,
      ...limit,
      rule,
      dueAt,
      provisional,
      yellowAt: yellowAt(calendar, clock.startedAt, dueAt, limit),
      nextAlertAt: type.onDue ? dueAt : null,
    }
  } catch (error) {
    if (error instanceof CalendarRangeError)
      throw new Fault('calendar.out_of_range', { from: error.from, to: error.to })
    throw error
  }
}

/** The clock that shows in the case's stage, as the ledger's due date and light. */
export function showing(type: CaseType, kase: CaseState, clocks: readonly CaseClock[]): Patch {
  const kinds = Object.entries(type.clocks).filter(([, clock]) => clock.shows?.includes(kase.stage))
  const clock = clocks.findLast(
    (candidate) => candidate.endedAt === null && kinds.some(([kind]) => kind === candidate.kind),
  )
  return { dueKind: clock?.kind ?? null, dueAt: clock?.dueAt ?? null, yellowAt: clock?.yellowAt ?? null }
}
