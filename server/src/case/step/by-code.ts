import type { Tx } from '#kernel/store'
import type { CaseState } from '../engine/state.ts'
import { hasNumber } from '../party.sql.ts'

/**
 * Answered by the code (凭码答复): an anonymous person who left no number reads the answer with number and pickup code. Nobody can call back,
 * so the case goes past the call-back; it counts for keeping the day and never for satisfaction.
 */
export const isAnsweredByCode = async (tx: Tx, kase: CaseState): Promise<boolean> =>
  kase.anonymous && !(await hasNumber(tx, kase.id))
