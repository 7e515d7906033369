import { INPUT, ProblemFacts } from '@banjie/contract'
import { action, defineCaseType, within } from '../engine/case-type.ts'
import { approveAnswer, draftAnswer, returnAnswer } from '../step/answer.ts'
import { assign } from '../step/assign.ts'
import { dispatch } from '../step/dispatch.ts'
import { handOver } from '../step/hand-over.ts'
import { reopen } from '../step/reopen.ts'
import { deemSigned, sign } from '../step/sign.ts'
import { note, urge } from '../step/urge.ts'
import { withdraw } from '../step/withdraw.ts'

/** Strike off (销号): the supervisor has looked; the problem leaves the list. */
const strikeOff = action({
  label: '销号',
  from: ['answered'],
  to: 'closed',
  by: ['supervisor', 'dispatcher'],
  primary: true,
  input: INPUT.close,
  effect: ({ by }) => ({ closedAt: by.at }),
})

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
  },
  first: 'accepted',
  ends: ['closed', 'withdrawn'],
  opens: ['dispatcher', 'supervisor'],
  actions: {
    ...{ dispatch, sign, deemSigned, assign, draftAnswer, approveAnswer, returnAnswer, strikeOff },
    reopen: within(reopen, 'answered', 'closed'),
    withdraw: within(withdraw, ...OPEN),
    urge: within(urge, ...OPEN),
    note: within(note, ...OPEN, 'answered', 'closed'),
    handOver: within(handOver, ...OPEN, 'answered'),
  },
  clocks: {
    signIn: { starts: ['dispatch'], ends: ['sign', 'deemSigned', 'withdraw'], onDue: 'deemSigned' },
    handle: {
      starts: ['open', 'reopen'],
      adjusts: ['dispatch'],
      ends: ['approveAnswer', 'withdraw'],
      shows: ['accepted', 'dispatched', 'inHand', 'drafted'],
    },
    approve: { starts: ['draftAnswer'], ends: ['approveAnswer', 'returnAnswer', 'withdraw'] },
    close: { starts: ['approveAnswer'], ends: ['strikeOff', 'reopen'], shows: ['answered'] },
  },
})
