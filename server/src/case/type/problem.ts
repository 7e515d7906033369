import { INPUT, ProblemFacts } from '@banjie/contract'
import { onBehalf } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { listRelated } from '../engine/case.sql.ts'
import { type ActionType, action, defineCaseType, within } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { approveAnswer, draftAnswer, returnAnswer } from '../step/answer.ts'
import { answerMerged, answerMergedCases, listMerged } from '../step/answer-merged.ts'
import { askExtension } from '../step/ask-extension.ts'
import { askLeadChange } from '../step/ask-lead-change.ts'
import { askLongTerm } from '../step/ask-long-term.ts'
import { askSuspension } from '../step/ask-suspension.ts'
import { assign } from '../step/assign.ts'
import { coordinate } from '../step/coordinate.ts'
import { dispatch } from '../step/dispatch.ts'
import { escalate } from '../step/escalate.ts'
import { extend } from '../step/extend.ts'
import { handOver } from '../step/hand-over.ts'
import { markLegacy, refuseSilentEnd } from '../step/mark-legacy.ts'
import { merge } from '../step/merge.ts'
import { opine } from '../step/opine.ts'
import { orderSweep } from '../step/order-sweep.ts'
import { breakPromise, fulfilPromise } from '../step/promise.ts'
import { reassign } from '../step/reassign.ts'
import { refuse } from '../step/refuse.ts'
import { reopen } from '../step/reopen.ts'
import { reproject } from '../step/reproject.ts'
import { resume } from '../step/resume.ts'
import { settle } from '../step/settle.ts'
import { deemSigned, sign } from '../step/sign.ts'
import { supervise } from '../step/supervise.ts'
import { minute, survey } from '../step/survey.ts'
import { suspend } from '../step/suspend.ts'
import { unmerge } from '../step/unmerge.ts'
import { note, urge } from '../step/urge.ts'
import { windingUp } from '../step/wind-up.ts'
import { withdraw } from '../step/withdraw.ts'
import { PROMISE_CLOCK, SHARED_CLOCKS } from './shared-clocks.ts'

const SETTLED = ['calledBack', 'closed', 'declined', 'withdrawn']

/** Strike off (销号): the supervisor has looked, and every person whose voice was merged has been answered or could not be reached. */
const strikeOff = action({
  label: '销号',
  from: ['answered'],
  to: 'closed',
  by: ['supervisor', 'dispatcher', 'leader'],
  primary: true,
  input: INPUT.close,
  async guard({ tx, kase, by }) {
    refuseSilentEnd(kase, by)
    const open = (await mergedInto(tx, kase)).filter(({ stage }) => !SETTLED.includes(stage))
    if (open.length > 0) throw new Fault('merge.children_open', { count: open.length, numbers: someOf(open) })
  },
  async effect({ tx, kase, by }) {
    const merged = await mergedInto(tx, kase)
    const unreachable = merged.filter(({ satisfied, reachTries }) => satisfied === null && reachTries > 0)
    const logged = { merged: merged.length, unreachable: unreachable.map(({ number }) => number) }
    return { closedAt: by.at, facts: { ...kase.facts, struckOff: logged } }
  },
})

const mergedInto = async (tx: Parameters<typeof listRelated>[0], kase: CaseState) =>
  (await listRelated(tx, kase.id)).filter(({ problemId }) => problemId === kase.id)
const SHOWN = 3
const someOf = (cases: readonly CaseState[]) =>
  cases
    .slice(0, SHOWN)
    .map(({ number }) => number)
    .join('、') + (cases.length > SHOWN ? '等' : '')

/** One work, n answers: what the head signs, or what comes from the problem above, goes to every person whose voice was merged. */
const answeringAll = (step: ActionType): ActionType => ({
  ...step,
  async follow(sequel) {
    const waiting = (await listMerged(sequel)).filter(({ stage }) => stage === 'merged')
    await answerMergedCases(sequel, sequel.kase, waiting)
  },
})
/** A problem that is taken back, by whoever may open one, lets its voices go: each stands where it stood. */
const withdrawAndRelease: ActionType = {
  ...withdraw,
  by: [...withdraw.by, 'supervisor'],
  async follow(sequel) {
    const waiting = (await listMerged(sequel)).filter(({ stage }) => stage === 'merged')
    const input = { reason: `${sequel.kase.number} 已撤回` }
    await sequel.engine.actAll(
      sequel.tx,
      waiting.map(({ id }) => ({ caseId: id, action: 'unmerge', input, by: onBehalf(sequel.by) })),
    )
  },
}

const OPEN = ['accepted', 'dispatched', 'inHand', 'drafted'] as const

/** Prominent problem (突出问题): found by merging voices; listed, dispatched, rectified, accepted, struck off. */
export const problem = defineCaseType({
  id: 'problem',
  label: '突出问题',
  prefix: 'WT',
  facts: ProblemFacts,
  stages: {
    accepted: '已立项',
    dispatched: '待签收',
    inHand: '整改中',
    drafted: '待审签',
    answered: '待验收',
    closed: '已销号',
    withdrawn: '已撤回',
    merged: '已并案',
  },
  first: 'accepted',
  ends: ['closed', 'withdrawn'],
  opens: ['dispatcher', 'supervisor'],
  actions: {
    ...{
      dispatch,
      sign,
      deemSigned,
      assign,
      draftAnswer,
      approveAnswer: windingUp(answeringAll(approveAnswer)),
      returnAnswer,
      strikeOff: windingUp(strikeOff, { tasks: true }),
    },
    reopen: within(reopen, 'answered', 'closed'),
    fulfilPromise: within(fulfilPromise, 'answered', 'closed'),
    breakPromise: within(breakPromise, 'answered', 'closed'),
    withdraw: windingUp(within(withdrawAndRelease, ...OPEN), { tasks: true }),
    urge: within(urge, ...OPEN),
    note: within(note, ...OPEN, 'answered', 'closed'),
    ...{ askSuspension, suspend, resume, askExtension, extend, askLongTerm, askLeadChange, reassign, refuse },
    settle: within(settle, ...OPEN, 'answered'),
    merge: windingUp(within(merge, ...OPEN), { tasks: true }),
    ...{
      unmerge,
      answerMerged: answeringAll(answerMerged),
      survey,
      minute,
      opine,
      coordinate,
      reproject: within(reproject, ...OPEN, 'merged', 'answered'),
    },
    markLegacy: within(markLegacy, 'accepted', 'inHand'),
    orderSweep: within(orderSweep, ...OPEN, 'answered', 'closed'),
    escalate: within(escalate, ...OPEN, 'merged'),
    supervise: within(supervise, ...OPEN, 'merged'),
    handOver: within(handOver, ...OPEN, 'answered', 'merged'),
  },
  clocks: {
    ...SHARED_CLOCKS,
    handle: {
      starts: ['open', 'reopen', 'breakPromise'],
      adjusts: ['dispatch', 'suspend', 'resume', 'extend', 'merge', 'unmerge', 'reproject'],
      ends: ['approveAnswer', 'answerMerged', 'withdraw'],
      shows: [...OPEN, 'merged'],
      stops: true,
      // Merged, it waits for the problem, whose own clock climbs.
      ladder: ({ stage }) => stage !== 'merged',
    },
    suspension: {
      ...SHARED_CLOCKS.suspension,
      adjusts: ['suspend', 'resume'],
      ends: ['resume', 'approveAnswer', 'withdraw', 'merge'],
    },
    promise: {
      ...PROMISE_CLOCK,
      starts: ['approveAnswer', 'answerMerged'],
      ends: ['fulfilPromise', 'breakPromise', 'reopen'],
    },
    close: {
      starts: ['approveAnswer', 'answerMerged'],
      ends: ['strikeOff', 'reopen', 'breakPromise'],
      shows: ['answered'],
    },
  },
})
