import type { UnitId } from '@banjie/contract'
import { type Calendar, workingMinutesBetween } from '#calendar'
import type { CaseEvent, CaseState, Dispute } from './engine/state.ts'

/** How long a unit has had a case (用时), in working minutes; `unitId` null is the intake office. */
export interface UsedTime {
  readonly unitId: UnitId | null
  readonly minutes: number
}
interface Span {
  readonly unitId: UnitId | null
  readonly from: Date
  readonly to: Date
}

/**
 * Working time used by every unit that had the case, from dispatch to answer. Time in dispute (退单争议) is taken from whoever held the case and
 * charged to the unit that turned out to be wrong; where that was the dispatch itself, to the intake office.
 */
export function usedTime(
  calendar: Calendar,
  events: readonly CaseEvent[],
  disputes: readonly Dispute[],
  now: Date,
): readonly UsedTime[] {
  const minutes = new Map<UnitId | null, number>()
  const add = (unit: UnitId | null, from: Date, to: Date, sign: 1 | -1) =>
    minutes.set(unit, (minutes.get(unit) ?? 0) + sign * workingMinutesBetween(calendar, from, to))
  const held = spansOf(events, now)
  for (const { unitId, from, to } of held) add(unitId, from, to, 1)
  for (const dispute of disputes) {
    const [from, to] = [new Date(dispute.from), dispute.to === null ? now : new Date(dispute.to)]
    for (const span of held) {
      const [start, end] = [later(from, span.from), earlier(to, span.to)]
      if (start >= end) continue
      add(span.unitId, start, end, -1)
      // Undecided, it is nobody's yet but the holder's.
      add(dispute.to === null ? span.unitId : dispute.chargedTo, start, end, 1)
    }
  }
  return [...minutes].map(([unitId, used]) => ({ unitId, minutes: used }))
}

/** Who had the case when, up to its answer. */
function spansOf(events: readonly CaseEvent[], now: Date): readonly Span[] {
  const spans: Span[] = []
  let since: { unitId: UnitId | null; from: Date } | undefined
  let state: Partial<CaseState> = {}
  for (const event of events) {
    state = { ...state, ...event.patch }
    const works = state.answeredAt == null && state.closedAt == null
    const unitId = works ? (state.leadUnitId ?? null) : undefined
    if (since !== undefined && since.unitId !== unitId) spans.push({ ...since, to: event.at })
    if (unitId === undefined) since = undefined
    else if (since?.unitId !== unitId) since = { unitId, from: event.at }
  }
  if (since !== undefined) spans.push({ ...since, to: now })
  return spans
}

const later = (a: Date, b: Date) => (a > b ? a : b)
const earlier = (a: Date, b: Date) => (a < b ? a : b)
