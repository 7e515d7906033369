import type { CaseState, Listener } from '#case'
import { insertMarks } from './return.sql.ts'

/** What a return tells; when one of these changes, the city is told again. */
const TOLD = [
  'answer',
  'outcome',
  'answeredAt',
  'closedAt',
  'satisfied',
  'grade',
] as const satisfies readonly (keyof CaseState)[]

const hasResult = (kase: CaseState) => kase.answeredAt !== null || kase.closedAt !== null
const same = (a: unknown, b: unknown) =>
  a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b

/**
 * Marks (待回传) the superior's orders whose result is there or has changed: each change is a revision, so that a correction goes up again.
 */
export const markReturns: Listener = async (tx, happenings) => {
  const marks = happenings.flatMap(({ before, kase }) => {
    if (kase.superior === null || !hasResult(kase)) return []
    if (before !== undefined && TOLD.every((field) => same(before[field], kase[field]))) return []
    return [{ caseId: kase.id, revision: kase.version, at: kase.updatedAt }]
  })
  if (marks.length > 0) await insertMarks(tx, marks)
}
