import { OBLIGATION_STATE, type Obligation, ROLE } from '@banjie/contract'
import type { z } from 'zod'
import { type Calendar, remaining } from '#calendar'
import type { Actor } from '#kernel/actor'
import { obligationLight } from './light.ts'
import type { ObligationRow, PeriodRow } from './obligation.sql.ts'
import { mayClear, mayExplain } from './say.ts'

/** An obligation that is no case, as its own answer tells it. */
export function obligationView(row: ObligationRow, calendar: Calendar, by: Actor): z.input<typeof Obligation> {
  const { explainedAt, explainedBy, clearedAt, clearedBy, clearNote } = row
  return {
    ...itemView(row, calendar, by.at),
    id: row.id,
    explained: explainedAt && { at: explainedAt.toISOString(), by: explainedBy ?? '' },
    cleared: clearedAt && { at: clearedAt.toISOString(), by: clearedBy ?? '', note: clearNote ?? '' },
    may: { explain: mayExplain(row, by), clear: mayClear(row, by) },
  }
}

/** The same as a row of the ledger; what only a case has is empty. */
export function itemView(row: ObligationRow, calendar: Calendar, now: Date) {
  const { id, form, kind, title, subjectId, state, supervised, explanation, owners, closedAt, beginsAt } = row
  const isMissed = form === 'recurring' && state === 'running' && row.dueAt < now
  const stage = isMissed ? 'missed' : state
  return {
    ...{ id, form, title, subjectId, owners, supervised, explanation, type: kind, stage },
    ...{ number: null, superiorNumber: null, channel: null, category: null, categoryLabel: null },
    stageLabel: OBLIGATION_STATE[stage],
    ...{ round: 1, version: 1, urgency: 'normal' as const, confidential: false, urged: 0, paused: false },
    ...{ outcome: null, satisfied: null, tags: [], answeredAt: null },
    light: obligationLight(row, now),
    dueAt: row.dueAt.toISOString(),
    remaining: closedAt === null ? remaining(calendar, now, row.dueAt, 'workingDay') : null,
    leadUnit: row.leadUnitId === null ? null : { id: row.leadUnitId, name: row.leadUnitName ?? '' },
    handler: owners[0] ?? null,
    checker: row.checkUnitName ?? ROLE.supervisor,
    progress: `${row.done}/${row.needed}${row.unitWord}`,
    ...{ receivedAt: beginsAt.toISOString(), closedAt: closedAt?.toISOString() ?? null },
    updatedAt: row.updatedAt.toISOString(),
  }
}

/** What a module shows of the ledger's row beside its own: what was said about it, and what the caller may do. */
type Standing = Pick<z.input<typeof Obligation>, 'may' | 'explanation'> & {
  readonly id: ObligationRow['id']
  readonly cleared: string | null
}
/** What was said about a row of the ledger (台账所记). */
export const standingOf = (row: PeriodRow, by: Actor): Standing => ({
  ...{ id: row.id, explanation: row.explanation, cleared: row.state === 'cleared' ? row.clearNote : null },
  may: { explain: mayExplain(row, by), clear: mayClear(row, by) },
})
