import { OUTCOME, PROPOSAL, ProposalFacts } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'
import { markEmergency } from '../emergency.ts'
import { type ActionType, action, defineCaseType, within } from '../engine/case-type.ts'
import { accept } from '../step/accept.ts'
import { approveAnswer, returnAnswer } from '../step/answer.ts'
import { askExtension } from '../step/ask-extension.ts'
import { askLeadChange } from '../step/ask-lead-change.ts'
import { assign } from '../step/assign.ts'
import { rate } from '../step/call-back.ts'
import { callEmergency } from '../step/call-emergency.ts'
import { contact } from '../step/contact.ts'
import { decline } from '../step/decline.ts'
import { deliverAnswer } from '../step/deliver-answer.ts'
import { dispatch } from '../step/dispatch.ts'
import { escalate } from '../step/escalate.ts'
import { extend } from '../step/extend.ts'
import { handOver } from '../step/hand-over.ts'
import { breakPromise, fulfilPromise } from '../step/promise.ts'
import { correctAnswer, dropCorrection, publishAnswer, publishCorrection, takeDown } from '../step/publish-answer.ts'
import { reRaise } from '../step/re-raise.ts'
import { reassign } from '../step/reassign.ts'
import { refuse } from '../step/refuse.ts'
import { reproject } from '../step/reproject.ts'
import { settle } from '../step/settle.ts'
import { deemSigned, sign } from '../step/sign.ts'
import { supervise } from '../step/supervise.ts'
import { supplement } from '../step/supplement.ts'
import { minute } from '../step/survey.ts'
import { note, urge } from '../step/urge.ts'
import { freshRound, windingUp } from '../step/wind-up.ts'
import { withdraw } from '../step/withdraw.ts'
import { FINDINGS } from './findings.ts'
import { HANDS, PROMISE_CLOCK, SHARED_CLOCKS } from './shared-clocks.ts'

const OPEN = ['received', 'accepted', 'dispatched', 'inHand', 'drafted'] as const
const ENDED = ['closed', 'declined', 'withdrawn'] as const

/** A proposal is studied, not handled: its limit is its own, whatever class the topic's complaints have. */
const acceptProposal: ActionType<(typeof OPEN)[number]> = {
  ...(within(accept, 'received') as ActionType<(typeof OPEN)[number]>),
  effect: async (context) => ({ ...(await accept.effect?.(context)), class: null }),
}

/** Weigh (采纳意见): adopted, partly or not, and always why; what is adopted may be promised by a day. */
const draftAnswer = action({
  label: '拟答复',
  from: ['inHand'],
  to: 'drafted',
  by: ['handler', 'head'],
  primary: true,
  input: PROPOSAL.draftAnswer,
  guard({ input, by }) {
    if (input.promisedOn === undefined) return
    if (input.outcome === 'notAdopted') throw new Fault('proposal.promise_not_adopted')
    if (input.promisedOn < dayOf(by.at)) throw new Fault('answer.promise_past', { day: input.promisedOn })
  },
  effect: ({ input, by }) => ({
    answer: `${input.text}\n采纳情况：${OUTCOME[input.outcome]}。\n理由：${input.reason}`,
    outcome: input.outcome,
    promisedOn: input.promisedOn ?? null,
    authorId: by.personId,
  }),
})

/** Signed by the unit's head, the answer is the end: there is nothing to call back about, and the person may rate it. */
const approveProposal: ActionType = {
  ...approveAnswer,
  to: 'closed',
  effect: async (context) => ({ ...(await approveAnswer.effect?.(context)), closedAt: context.by.at }),
}

/** What was adopted and promised by a day is done (兑现承诺); it stays adopted. */
const carryOut: ActionType = {
  ...within(fulfilPromise, 'closed'),
  unless: ({ promisedOn, facts, round }) => promisedOn === null || facts['carriedOut'] === round,
  effect: ({ kase }) => ({ facts: { ...kase.facts, carriedOut: kase.round } }),
}

/** Proposal (建言献策): how the district could do better. Owed an answer in time: adopted, partly or not, because. */
export const proposal = defineCaseType({
  id: 'proposal',
  label: '建言献策',
  prefix: 'JY',
  facts: ProposalFacts,
  stages: {
    received: '待受理',
    accepted: '待交办',
    dispatched: '待签收',
    inHand: '研究中',
    drafted: '待审签',
    closed: '已答复',
    declined: '不予受理',
    withdrawn: '已撤回',
  },
  first: 'received',
  ends: [...ENDED],
  opens: ['citizen', 'clerk', 'dispatcher', 'window', ...FINDINGS.by],
  findings: FINDINGS,
  begins: markEmergency,
  actions: {
    ...{ accept: acceptProposal, decline: windingUp(decline), dispatch, sign, deemSigned, assign, contact },
    ...{ draftAnswer, approveAnswer: windingUp(approveProposal, { tasks: true }), returnAnswer },
    rate: within(rate, 'closed'),
    reRaise: freshRound(within(reRaise, ...ENDED)),
    withdraw: windingUp(within(withdraw, ...OPEN), { tasks: true }),
    ...{ supplement: within(supplement, ...OPEN), urge: within(urge, ...OPEN), note: within(note, ...OPEN, ...ENDED) },
    ...{ askExtension, extend, askLeadChange, reassign, refuse, settle: within(settle, ...OPEN) },
    minute: within(minute, 'inHand'),
    ...{ supervise: within(supervise, ...OPEN), escalate: within(escalate, ...OPEN) },
    ...{ fulfilPromise: carryOut, breakPromise: freshRound(within(breakPromise, 'closed')) },
    publishAnswer: within(publishAnswer, 'closed'),
    correctAnswer: within(correctAnswer, 'closed'),
    publishCorrection: within(publishCorrection, 'closed'),
    dropCorrection: within(dropCorrection, 'closed'),
    takeDown: within(takeDown, 'closed', 'inHand'),
    reproject: within(reproject, ...OPEN),
    callEmergency: within(callEmergency, ...OPEN),
    deliverAnswer: within(deliverAnswer, 'closed', 'declined'),
    handOver: within(handOver, ...OPEN),
  },
  clocks: {
    accept: { starts: ['open'], ends: ['accept', 'decline', 'withdraw'], shows: ['received'] },
    dispatch: {
      starts: ['accept', 'reRaise', 'breakPromise'],
      startsIf: ({ stage }) => stage === 'accepted',
      ends: ['dispatch', 'decline', 'withdraw'],
    },
    signIn: { ...SHARED_CLOCKS.signIn, starts: [...HANDS], ends: ['sign', 'deemSigned', 'withdraw'] },
    approve: {
      ...SHARED_CLOCKS.approve,
      starts: ['draftAnswer'],
      ends: ['approveAnswer', 'returnAnswer', 'settle', 'withdraw'],
    },
    handle: {
      starts: ['accept', 'reRaise', 'breakPromise'],
      startsIf: ({ stage }) => stage === 'accepted' || stage === 'inHand',
      adjusts: ['dispatch', 'extend', 'reproject'],
      ends: ['approveAnswer', 'decline', 'withdraw'],
      shows: ['accepted', 'dispatched', 'inHand', 'drafted'],
      ladder: () => true,
    },
    promise: {
      ...PROMISE_CLOCK,
      startsIf: ({ promisedOn, answeredAt }) => promisedOn !== null && answeredAt !== null,
      starts: ['approveAnswer'],
      ends: ['fulfilPromise', 'breakPromise', 'reRaise'],
      endsIf: ({ answeredAt, facts, round }) => answeredAt === null || facts['carriedOut'] === round,
    },
  },
})
