import { AppealFacts, STAGE } from '@banjie/contract'
import { workingDaysBefore } from '#calendar'
import { markEmergency } from '../emergency.ts'
import { type ClockType, defineCaseType } from '../engine/case-type.ts'
import { accept } from '../step/accept.ts'
import { annulRating } from '../step/annul-rating.ts'
import { approveAnswer, draftOwnAnswer, returnAnswer } from '../step/answer.ts'
import { answerAtOnce } from '../step/answer-at-once.ts'
import { answerMerged } from '../step/answer-merged.ts'
import { askEnding } from '../step/ask-ending.ts'
import { askExtension } from '../step/ask-extension.ts'
import { askLeadChange } from '../step/ask-lead-change.ts'
import { askLongTerm } from '../step/ask-long-term.ts'
import { askSuspension } from '../step/ask-suspension.ts'
import { assign } from '../step/assign.ts'
import { orByCode } from '../step/by-code.ts'
import { callBack, rate, verifyFinish } from '../step/call-back.ts'
import { callEmergency } from '../step/call-emergency.ts'
import { close } from '../step/close.ts'
import { contact } from '../step/contact.ts'
import { coordinate } from '../step/coordinate.ts'
import { decline } from '../step/decline.ts'
import { deliverAnswer } from '../step/deliver-answer.ts'
import { dispatch } from '../step/dispatch.ts'
import { draftPersonal } from '../step/draft-personal.ts'
import { endWithExplanation } from '../step/end-with-explanation.ts'
import { escalate } from '../step/escalate.ts'
import { extend } from '../step/extend.ts'
import { handOver } from '../step/hand-over.ts'
import { judgeDemand, reviewDemand } from '../step/judge-demand.ts'
import { markLegacy } from '../step/mark-legacy.ts'
import { merge } from '../step/merge.ts'
import { OPEN } from '../step/open-stages.ts'
import { opine } from '../step/opine.ts'
import { orderSweep } from '../step/order-sweep.ts'
import { breakPromise, fulfilPromise } from '../step/promise.ts'
import { correctAnswer, dropCorrection, publishAnswer, publishCorrection, takeDown } from '../step/publish-answer.ts'
import { reRaise } from '../step/re-raise.ts'
import { reassign } from '../step/reassign.ts'
import { refuse } from '../step/refuse.ts'
import { reopen } from '../step/reopen.ts'
import { reportProgress } from '../step/report-progress.ts'
import { reproject } from '../step/reproject.ts'
import { resume } from '../step/resume.ts'
import { settle } from '../step/settle.ts'
import { deemSigned, sign } from '../step/sign.ts'
import { supervise } from '../step/supervise.ts'
import { supplement } from '../step/supplement.ts'
import { minute, survey } from '../step/survey.ts'
import { suspend } from '../step/suspend.ts'
import { unmerge } from '../step/unmerge.ts'
import { note, urge } from '../step/urge.ts'
import { freshRound, windingUp } from '../step/wind-up.ts'
import { withdrawAppeal } from '../step/withdraw.ts'
import { FINDINGS } from './findings.ts'
import { endOf, HANDS, isJustHanded, PROMISE_CLOCK, SHARED_CLOCKS } from './shared-clocks.ts'

/** Stages in which an answer is owed. */
const OWED: readonly string[] = OPEN

/**
 * The inner date is earlier than the superior's (上级时限), so that the answer can go up in time; where that would lie before the acceptance it is the
 * superior's own. A new round is our own affair and has our own limit.
 */
const beforeSuperior: NonNullable<ClockType['dueOn']> = (kase, calendar, { margins }) => {
  if (kase.superior === null || kase.round > 1) return null
  const early = workingDaysBefore(calendar, endOf(kase.superior.dueOn), margins.superior)
  return early > (kase.acceptedAt ?? kase.receivedAt) ? early : endOf(kase.superior.dueOn)
}

/** Ends when the person has been answered, however. */
const UNTIL_ANSWERED = {
  ends: ['approveAnswer', 'draftAnswer', 'answerAtOnce', 'answerMerged', 'decline', 'withdraw', 'endWithExplanation'],
  endsIf: ({ answeredAt, closedAt }) => answeredAt !== null || closedAt !== null,
} as const satisfies Pick<ClockType, 'ends' | 'endsIf'>

/** Appeal (诉求): what a person or an enterprise asks of the district; the loop in full. */
export const appeal = defineCaseType({
  id: 'appeal',
  label: '诉求',
  prefix: 'SQ',
  facts: AppealFacts,
  stages: STAGE,
  first: 'received',
  ends: ['closed', 'declined', 'withdrawn'],
  opens: ['citizen', 'clerk', 'dispatcher', 'window', ...FINDINGS.by],
  findings: FINDINGS,
  begins: markEmergency,
  actions: {
    ...{
      accept,
      decline: windingUp(decline),
      answerAtOnce: windingUp(orByCode(answerAtOnce)),
      dispatch,
      sign,
      deemSigned,
      assign,
    },
    ...{
      contact,
      draftAnswer: windingUp(orByCode(draftOwnAnswer)),
      approveAnswer: windingUp(orByCode(approveAnswer)),
      returnAnswer,
    },
    ...{
      callBack,
      verifyFinish,
      rate,
      annulRating,
      deliverAnswer,
      close: windingUp(close, { tasks: true }),
      reopen: freshRound(reopen),
      withdraw: windingUp(withdrawAppeal, { tasks: true }),
      urge,
      note,
    },
    ...{ askSuspension, suspend, resume, askExtension, extend, askLongTerm, askEnding },
    ...{ endWithExplanation: windingUp(endWithExplanation, { tasks: true }), askLeadChange, reassign, refuse, settle },
    ...{
      merge: windingUp(merge, { tasks: true }),
      unmerge,
      draftPersonal,
      answerMerged: orByCode(answerMerged),
      supplement,
      reRaise: freshRound(reRaise),
      survey,
      minute,
      opine,
    },
    ...{ markLegacy, judgeDemand, reviewDemand, reportProgress, coordinate, orderSweep, escalate, supervise },
    ...{
      fulfilPromise,
      breakPromise: freshRound(breakPromise),
      publishAnswer,
      correctAnswer,
      publishCorrection,
      dropCorrection,
      takeDown,
      reproject,
      callEmergency,
      handOver,
    },
  },
  clocks: {
    ...SHARED_CLOCKS,
    accept: { starts: ['open'], ends: ['accept', 'decline', 'answerAtOnce', 'withdraw', 'merge'], shows: ['received'] },
    dispatch: {
      starts: ['accept', 'reopen', 'reRaise', 'breakPromise', 'unmerge'],
      startsIf: ({ stage }) => stage === 'accepted',
      ends: ['dispatch', 'decline', 'answerAtOnce', 'withdraw', 'merge'],
    },
    firstContact: {
      starts: [...HANDS, 'reopen', 'reRaise', 'breakPromise', 'unmerge'],
      startsIf: (kase, running) =>
        ['dispatched', 'inHand'].includes(kase.stage) &&
        kase.leadUnitId !== null &&
        kase.contactedAt === null &&
        (!running || isJustHanded(kase)),
      ends: ['contact', 'approveAnswer', 'draftAnswer', 'withdraw', 'merge', 'endWithExplanation'],
      endsIf: (kase) =>
        kase.contactedAt !== null || kase.answeredAt !== null || kase.closedAt !== null || kase.stage === 'merged',
    },
    handle: {
      starts: ['accept', 'reopen', 'reRaise', 'breakPromise', 'merge'],
      startsIf: ({ stage }, running) => OWED.includes(stage) || (stage === 'merged' && !running),
      adjusts: ['dispatch', 'suspend', 'resume', 'extend', 'merge', 'unmerge', 'supplement', 'reproject'],
      ...UNTIL_ANSWERED,
      shows: ['accepted', 'dispatched', 'inHand', 'drafted', 'merged'],
      dueOn: beforeSuperior,
      stops: true,
      // Merged, it waits for the problem, whose own clock climbs.
      ladder: ({ stage }) => stage !== 'merged',
    },
    superior: {
      starts: ['open'],
      startsIf: ({ superior }) => superior !== null,
      dueOn: ({ superior }) => (superior === null ? null : endOf(superior.dueOn)),
      ...UNTIL_ANSWERED,
    },
    progress: {
      starts: ['dispatch', 'reassign', 'reportProgress', 'reopen', 'unmerge'],
      startsIf: ({ mode, stage }) => mode === 'proactive' && ['dispatched', 'inHand', 'drafted'].includes(stage),
      ends: ['approveAnswer', 'withdraw', 'merge', 'endWithExplanation'],
    },
    promise: {
      ...PROMISE_CLOCK,
      starts: ['approveAnswer', 'draftAnswer', 'answerMerged'],
      ends: ['fulfilPromise', 'breakPromise', 'reopen', 'reRaise', 'endWithExplanation'],
    },
    callBack: {
      starts: ['approveAnswer', 'draftAnswer', 'answerAtOnce', 'answerMerged'],
      startsIf: ({ stage }) => stage === 'answered',
      ends: ['callBack', 'verifyFinish', 'rate', 'breakPromise'],
      endsIf: (kase) => kase.stage !== 'answered',
      shows: ['answered'],
    },
    close: {
      starts: ['callBack', 'verifyFinish', 'rate', 'approveAnswer', 'draftAnswer', 'answerAtOnce', 'answerMerged'],
      startsIf: ({ stage }) => stage === 'calledBack',
      ends: ['close', 'reopen', 'reRaise', 'breakPromise', 'endWithExplanation'],
      endsIf: ({ stage }) => stage !== 'calledBack',
      shows: ['calledBack'],
    },
  },
})
