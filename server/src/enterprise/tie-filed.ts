import type { Listener } from '#case'
import type { VisitListener } from '#liaison'
import { putEnterpriseCases, putFiledCases } from './case.sql.ts'

/**
 * Ties a case that was filed with the code of a registered enterprise to it (企业反映). Not when it was filed without a name or in confidence:
 * the page of an enterprise tells nobody that it complained.
 */
export const tieFiled: Listener = async (tx, happenings) => {
  const filed = happenings.filter(
    ({ before, hasUscc, kase }) => before === undefined && hasUscc && !kase.anonymous && !kase.confidential,
  )
  const [first] = filed
  if (first !== undefined)
    await putFiledCases(
      tx,
      filed.map(({ kase }) => kase.id),
      first.event.at,
    )
}

/** Ties what was raised on a visit to the enterprise that was visited (走访收集). */
export const tieRaised: VisitListener = {
  recorded: async (tx, { targetId, raised }, by) => {
    const ties = raised.map((caseId) => ({ enterpriseId: targetId, caseId }))
    if (ties.length > 0) await putEnterpriseCases(tx, ties, 'visit', by.at)
  },
}
