import { INPUT } from '@banjie/contract'
import { dayOf, getUnitAsNow, holdsPostIn } from '#org'
import { action, type Context, type Sequel } from '../engine/case-type.ts'
import type { CaseState, Patch } from '../engine/state.ts'
import { issueNotice } from './issue-notice.ts'

/**
 * Reopen (重办): a new round on the same case; the facts of the rounds before stay as they are. If the unit was dissolved meanwhile, the new
 * round is its successor's.
 */
export const reopen = action({
  label: '重办',
  from: ['calledBack', 'closed'],
  to: 'inHand',
  by: ['caller', 'dispatcher', 'supervisor', 'citizen'],
  input: INPUT.reopen,
  effect: nextRound,
  follow: reportDissatisfaction,
})

/**
 * The state a new round begins with. An answer given at once has no unit yet: somebody must choose one. Where the unit was dissolved meanwhile,
 * the round is its successor's.
 */
export async function nextRound({ tx, kase, by }: Context<unknown>): Promise<Patch> {
  const lead = kase.leadUnitId === null ? null : await getUnitAsNow(tx, kase.leadUnitId, kase)
  if (lead === kase.leadUnitId) return begun(kase)
  const went = kase.handlerId !== null && lead !== null && (await holdsPostIn(tx, kase.handlerId, lead, dayOf(by.at)))
  return begun({ ...kase, leadUnitId: lead, handlerId: went ? kase.handlerId : null })
}

const begun = (kase: CaseState): Patch => ({
  stage: kase.leadUnitId === null ? 'accepted' : 'inHand',
  round: kase.round + 1,
  leadUnitId: kase.leadUnitId,
  handlerId: kase.handlerId,
  holderUnitId: kase.leadUnitId ?? kase.holderUnitId,
  ...{ answer: null, outcome: null, promisedOn: null, satisfied: null, solved: null, grade: null, authorId: null },
  ...{ answeredAt: null, calledBackAt: null, closedAt: null, contactedAt: null, reachTries: 0, reachTriedAt: null },
  ...{
    problemId: null,
    stageBefore: null,
    quantities: [],
    beneficiaries: null,
    publishedAt: null,
    declineReason: null,
  },
})

const FOR_A_LEADER = 2

/** The second dissatisfaction is reported to a leader, the third is supervised (第二次不满意呈领导，第三次督办). */
export async function reportDissatisfaction(sequel: Sequel<unknown>): Promise<void> {
  const { before, kase } = sequel
  if (before.satisfied !== false || kase.dissatisfied < FOR_A_LEADER) return
  const text = `${kase.number}“${kase.title}”诉求人第${kase.dissatisfied}次不满意，已重办（第${kase.round}轮）。`
  await (kase.dissatisfied === FOR_A_LEADER
    ? issueNotice(sequel, { kind: 'dissatisfied', to: 'leader', text })
    : issueNotice(sequel, { kind: 'red', to: 'head', text }))
}
