import { JOINT, TaskFacts } from '@banjie/contract'
import { action, defineCaseType, within } from '../engine/case-type.ts'
import { assign } from '../step/assign.ts'
import { escalate } from '../step/escalate.ts'
import { handOver } from '../step/hand-over.ts'
import { retime } from '../step/retime.ts'
import { deemSigned, sign } from '../step/sign.ts'
import { note } from '../step/urge.ts'

/** Report (反馈): the co-unit tells the lead unit what it did. It is not an answer: only the lead unit answers the person. */
const report = action({
  label: '反馈',
  from: ['inHand'],
  to: 'closed',
  by: ['handler', 'head'],
  primary: true,
  input: JOINT.report,
  effect: ({ input, by }) => ({ answer: input.text, closedAt: by.at, authorId: by.personId }),
})

/** Remind (催函): another letter or call to a body that has not answered. */
const remind = action({
  label: '催函',
  from: ['inHand'],
  to: null,
  by: ['handler', 'head', 'dispatcher'],
  input: JOINT.remind,
  unless: ({ facts }) => facts['kind'] !== 'external' && facts['kind'] !== 'superior',
  effect: ({ kase }) => ({ urged: kase.urged + 1 }),
})

/** Cancel (撤销): nobody needs it any more. */
const cancel = action({
  label: '撤销',
  from: ['dispatched', 'inHand'],
  to: 'withdrawn',
  by: ['dispatcher', 'system'],
  input: JOINT.cancel,
  effect: ({ by }) => ({ outcome: 'withdrawn', closedAt: by.at }),
})

/** Task (协同任务): what a co-unit, an outside body or the superior owes the lead unit, with a date of its own before the lead unit's. */
export const task = defineCaseType({
  id: 'task',
  label: '协同任务',
  prefix: 'XB',
  facts: TaskFacts,
  stages: { dispatched: '待签收', inHand: '办理中', closed: '已反馈', withdrawn: '已撤销' },
  first: 'dispatched',
  ends: ['closed', 'withdrawn'],
  opens: ['system'],
  actions: {
    ...{ sign, deemSigned, assign, report, remind, cancel, retime },
    escalate: within(escalate, 'dispatched', 'inHand'),
    note: within(note, 'dispatched', 'inHand', 'closed'),
    handOver: within(handOver, 'dispatched', 'inHand'),
  },
  clocks: {
    signIn: {
      starts: ['open'],
      startsIf: ({ stage }) => stage === 'dispatched',
      ends: ['sign', 'deemSigned', 'cancel'],
      onDue: 'deemSigned',
    },
    handle: {
      starts: ['open'],
      adjusts: ['retime'],
      ends: ['report', 'cancel'],
      dueOn: ({ facts }) => new Date(String(facts['dueAt'])),
      shows: ['dispatched', 'inHand'],
      ladder: () => true,
    },
  },
})
