import { AppealFacts, STAGE } from '@banjie/contract'
import { defineCaseType } from '../engine/case-type.ts'
import { accept } from '../step/accept.ts'
import { approveAnswer, draftAnswer, returnAnswer } from '../step/answer.ts'
import { answerAtOnce } from '../step/answer-at-once.ts'
import { assign } from '../step/assign.ts'
import { callBack, rate } from '../step/call-back.ts'
import { close } from '../step/close.ts'
import { contact } from '../step/contact.ts'
import { decline } from '../step/decline.ts'
import { dispatch } from '../step/dispatch.ts'
import { handOver } from '../step/hand-over.ts'
import { reopen } from '../step/reopen.ts'
import { deemSigned, sign } from '../step/sign.ts'
import { note, urge } from '../step/urge.ts'
import { withdraw } from '../step/withdraw.ts'

/** Appeal (诉求): what a person or an enterprise asks of the district; the loop in full. */
export const appeal = defineCaseType({
  id: 'appeal',
  label: '诉求',
  prefix: 'SQ',
  facts: AppealFacts,
  stages: STAGE,
  first: 'received',
  ends: ['closed', 'declined', 'withdrawn'],
  opens: ['citizen', 'clerk', 'dispatcher', 'window'],
  actions: {
    ...{
      accept,
      decline,
      answerAtOnce,
      dispatch,
      sign,
      deemSigned,
      assign,
      contact,
      draftAnswer,
      approveAnswer,
      returnAnswer,
    },
    ...{ callBack, rate, close, reopen, withdraw, urge, note, handOver },
  },
  clocks: {
    accept: { starts: ['open'], ends: ['accept', 'decline', 'answerAtOnce', 'withdraw'], shows: ['received'] },
    dispatch: { starts: ['accept'], ends: ['dispatch', 'decline', 'answerAtOnce', 'withdraw'] },
    signIn: { starts: ['dispatch'], ends: ['sign', 'deemSigned', 'withdraw'], onDue: 'deemSigned' },
    firstContact: {
      starts: ['dispatch', 'reopen'],
      ends: ['contact', 'approveAnswer', 'withdraw'],
      endsIf: (kase) => kase.contactedAt !== null || kase.answeredAt !== null || kase.closedAt !== null,
    },
    handle: {
      starts: ['accept', 'reopen'],
      adjusts: ['dispatch'],
      ends: ['approveAnswer', 'answerAtOnce', 'decline', 'withdraw'],
      shows: ['accepted', 'dispatched', 'inHand', 'drafted'],
    },
    approve: { starts: ['draftAnswer'], ends: ['approveAnswer', 'returnAnswer', 'withdraw'] },
    callBack: {
      starts: ['approveAnswer', 'answerAtOnce'],
      ends: ['callBack', 'rate'],
      endsIf: (kase) => kase.stage !== 'answered',
      shows: ['answered'],
    },
    close: { starts: ['callBack', 'rate'], ends: ['close', 'reopen'], shows: ['calledBack'] },
  },
})
