import { ProblemFacts } from '@banjie/contract'
import { onBehalf } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { type ActionType, defineCaseType, within } from '../engine/case-type.ts'
import type { CaseState } from '../engine/state.ts'
import { approveAnswer, draftAnswer, returnAnswer } from '../step/answer.ts'
import { answerMerged, answerMergedCases, listMerged } from '../step/answer-merged.ts'
import { askExtension } from '../step/ask-extension.ts'
import { askLeadChange } from '../step/ask-lead-change.ts'
import { askLongTerm } from '../step/ask-long-term.ts'
import { askSuspension } from '../step/ask-suspension.ts'
import { assign } from '../step/assign.ts'
import { coordinate } from '../step/coordinate.ts'
import { delist } from '../step/delist.ts'
import { diagnose } from '../step/diagnose.ts'
import { dispatch } from '../step/dispatch.ts'
import { draftPersonalFor } from '../step/draft-personal.ts'
import { enlist } from '../step/enlist.ts'
import { escalate } from '../step/escalate.ts'
import { extend } from '../step/extend.ts'
import { handOver } from '../step/hand-over.ts'
import { markLegacy } from '../step/mark-legacy.ts'
import { merge } from '../step/merge.ts'
import { opine } from '../step/opine.ts'
import { orderSweep } from '../step/order-sweep.ts'
import { breakPromise, fulfilPromise } from '../step/promise.ts'
import { reassign } from '../step/reassign.ts'
import { refuse } from '../step/refuse.ts'
import { reopen } from '../step/reopen.ts'
import { reproject } from '../step/reproject.ts'
import { resume } from '../step/resume.ts'
import { deadlineOf, freshDeadline, setDeadline } from '../step/set-deadline.ts'
import { settle } from '../step/settle.ts'
import { deemSigned, sign } from '../step/sign.ts'
import { strikeOff } from '../step/strike-off.ts'
import { supervise } from '../step/supervise.ts'
import { minute, survey } from '../step/survey.ts'
import { suspend } from '../step/suspend.ts'
import { unmerge } from '../step/unmerge.ts'
import { note, urge } from '../step/urge.ts'
import { windingUp } from '../step/wind-up.ts'
import { withdraw } from '../step/withdraw.ts'
import { endOf, PROMISE_CLOCK, SHARED_CLOCKS } from './shared-clocks.ts'

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

/** A date that a list has published is not put off case by case. */
const withinDeadline: ActionType = {
  ...askExtension,
  unless: (kase, by) => deadlineOf(kase) !== null || askExtension.unless?.(kase, by) === true,
  async guard(context) {
    const day = deadlineOf(context.kase)
    if (day !== null) throw new Fault('list.deadline_fixed', { day })
    await askExtension.guard?.(context)
  },
}
/** The end of the list's day; one that had passed before the report came in counts for nothing. */
const dueByList = (kase: CaseState) => {
  const day = deadlineOf(kase)
  return day === null || endOf(day) <= kase.receivedAt ? null : endOf(day)
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
      draftPersonal: draftPersonalFor,
      strikeOff: windingUp(strikeOff, { tasks: true }),
    },
    enlist: within(enlist, ...OPEN, 'answered'),
    delist: within(delist, ...OPEN, 'answered', 'closed'),
    diagnose: within(diagnose, ...OPEN, 'answered'),
    setDeadline: within(setDeadline, ...OPEN),
    reopen: freshDeadline(within(reopen, 'answered', 'closed')),
    fulfilPromise: within(fulfilPromise, 'answered', 'closed'),
    breakPromise: freshDeadline(within(breakPromise, 'answered', 'closed')),
    withdraw: windingUp(within(withdrawAndRelease, ...OPEN), { tasks: true }),
    urge: within(urge, ...OPEN),
    note: within(note, ...OPEN, 'answered', 'closed'),
    ...{
      askSuspension,
      suspend,
      resume,
      askExtension: withinDeadline,
      extend,
      askLongTerm,
      askLeadChange,
      reassign,
      refuse,
    },
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
      adjusts: ['enlist', 'setDeadline', 'dispatch', 'suspend', 'resume', 'extend', 'merge', 'unmerge', 'reproject'],
      ends: ['approveAnswer', 'answerMerged', 'withdraw'],
      dueOn: (kase) => dueByList(kase),
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
