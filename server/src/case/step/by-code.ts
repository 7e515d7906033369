import type { Tx } from '#kernel/store'
import type { ActionType } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { hasNumber } from '../party.sql.ts'

/**
 * An anonymous person who left no number reads the answer with number and pickup code (凭码答复); nobody can call back. What staff found themselves
 * (主动发现) has nobody to call either, and never counts for satisfaction.
 */
export const isAnsweredByCode = async (tx: Tx, kase: CaseState): Promise<boolean> =>
  (kase.anonymous || kase.channel === 'staffFound') && !(await hasNumber(tx, kase.id))

/**
 * An answer that, for a case answered by the code, goes past the call-back: the case can be closed, counts for keeping the day and never for
 * satisfaction.
 */
export const orByCode = (step: ActionType): ActionType => ({
  ...step,
  async effect(context) {
    const patch = (await step.effect?.(context)) ?? {}
    const isAnswer = (patch.stage ?? step.to) === 'answered'
    return isAnswer && (await isAnsweredByCode(context.tx, context.kase)) ? { ...patch, stage: 'calledBack' } : patch
  },
})
