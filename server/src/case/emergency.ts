import type { CaseState, Patch } from './engine/state.ts'
import { EMERGENCY_LIST, type Emergency, emergenciesOf, screen } from './text/emergency.ts'

/** A line of a table that was sent in later than this is history, not an alarm. */
const FRESH_HOURS = 24

/**
 * Marks a case that tells of an emergency (紧急情形) at intake: the kinds and words go into its facts, the urgency rises to `critical`; a person
 * may lower it when accepting. It stays an ordinary case for follow-up besides.
 */
export function markEmergency(
  kase: Pick<CaseState, 'title' | 'content' | 'facts' | 'receivedAt' | 'batchId'>,
  at: Date,
): Patch {
  const isHistory = kase.batchId !== null && at.getTime() - kase.receivedAt.getTime() > FRESH_HOURS * 3_600_000
  const found = isHistory ? [] : screen(`${kase.title}\n${kase.content}`)
  if (found.length === 0) return {}
  const emergency = found.map(({ kind }) => kind)
  const emergencyWords = [...new Set(found.flatMap(({ words }) => words))]
  return { urgency: 'critical', facts: { ...kase.facts, emergency, emergencyWords, emergencyList: EMERGENCY_LIST } }
}

/** What a person is told who reads of an emergency: label, whom to call, what to do meanwhile. Empty for an ordinary case. */
export function emergencyAdvice(kase: Pick<CaseState, 'facts'>): Pick<Emergency, 'label' | 'call' | 'advice'>[] {
  const kinds = kase.facts['emergency']
  return Array.isArray(kinds)
    ? emergenciesOf(kinds.map(String)).map(({ label, call, advice }) => ({ label, call, advice }))
    : []
}
