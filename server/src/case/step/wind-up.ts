import { onBehalf } from '#kernel/actor'
import { dayOf } from '#org'
import { listRelated } from '../engine/case.sql.ts'
import type { ActionType, Sequel } from '../engine/case-type.ts'
import type { CaseState, Dispute } from '../engine/state.ts'
import { stoppedUntil } from './suspend.ts'

/**
 * Winding up (收尾): an action that ends the work. Nothing is left standing behind it: open stops end, requests lapse, tasks that nobody needs any
 * more are withdrawn.
 */
export const windingUp = (step: ActionType, also: { readonly tasks: boolean } = { tasks: false }): ActionType => ({
  ...step,
  async effect(context) {
    const { kase, by } = context
    const patch = (await step.effect?.(context)) ?? {}
    if (!isOver({ ...kase, ...(step.to !== null && { stage: step.to }), ...patch })) return patch
    return {
      ...(kase.paused && { paused: false, stops: stoppedUntil(kase, dayOf(by.at)) }),
      ...(kase.pending.length > 0 && { pending: [] }),
      ...(kase.disputes.some(({ to }) => to === null) && { disputes: givenUp(kase, by.at) }),
      ...patch,
    }
  },
  async follow(sequel) {
    await step.follow?.(sequel)
    if (isOver(sequel.kase)) await lapse(sequel, also.tasks)
  },
})

/** A dispute that nobody decided: whoever had the case in the end did the work, the time is its own. */
const givenUp = ({ disputes, leadUnitId }: CaseState, at: Date): readonly Dispute[] =>
  disputes.map((dispute) =>
    dispute.to === null ? { ...dispute, to: at.toISOString(), chargedTo: leadUnitId } : dispute,
  )

/** A new round (新一轮) is not bound by what was asked for in the one before: those requests lapse. */
export const freshRound = (step: ActionType): ActionType => ({
  ...step,
  async effect(context) {
    const patch = (await step.effect?.(context)) ?? {}
    return patch.round === undefined || context.kase.pending.length === 0 ? patch : { ...patch, pending: [] }
  },
  async follow(sequel) {
    await step.follow?.(sequel)
    if (sequel.kase.round !== sequel.before.round) await lapseRequests(sequel)
  },
})

/** What was asked for and not yet decided is no longer wanted. */
export const lapseRequests = (sequel: Sequel<unknown>): Promise<void> => lapse(sequel, false)

/** The unit's work is over: answered, ended, or done under another case. */
const isOver = ({ answeredAt, closedAt, stage }: CaseState) =>
  answeredAt !== null || closedAt !== null || stage === 'merged'

async function lapse({ tx, kase, by, engine }: Sequel<unknown>, withTasks: boolean): Promise<void> {
  const open = (await listRelated(tx, kase.id)).filter(
    ({ parentId, closedAt }) => parentId === kase.id && closedAt === null,
  )
  const acts = open.flatMap(({ id, type, stage }) => {
    if (type === 'request') return [{ caseId: id, action: 'lapse', input: {}, by: onBehalf(by) }]
    if (type === 'task' && withTasks)
      return [{ caseId: id, action: 'cancel', input: { reason: `${kase.number} 已结束` }, by: onBehalf(by) }]
    if (type === 'commitment' && withTasks) return [{ caseId: id, by: onBehalf(by), ...endOfWord(kase, stage) }]
    return []
  })
  if (acts.length > 0) await engine.actAll(tx, acts)
}

/** What was promised about a problem is kept once the problem is struck off; about one that is gone nobody can keep a promise. */
const endOfWord = ({ number, stage }: CaseState, word: string) =>
  stage === 'closed' && ['published', 'broken'].includes(word)
    ? { action: 'fulfilCommitment', input: { text: '问题已验收销号' } }
    : { action: 'withdrawCommitment', input: { reason: `${number} 已${ENDING[stage] ?? '结束'}` } }
const ENDING: Readonly<Record<string, string>> = { closed: '销号', withdrawn: '撤回', merged: '并案' }
