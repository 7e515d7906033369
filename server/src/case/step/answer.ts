import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import { isAnsweredByCode } from './by-code.ts'

/** Draft an answer (拟答复): what was done, what came of it. */
export const draftAnswer = action({
  label: '拟答复',
  from: ['inHand'],
  to: 'drafted',
  by: ['handler', 'head'],
  primary: true,
  input: INPUT.draftAnswer,
  effect: ({ input, by }) => ({
    answer: input.text,
    outcome: input.outcome,
    promisedOn: input.promisedOn ?? null,
    authorId: by.personId,
  }),
})

/** Approve an answer (审签): the unit's head signs; never the author. */
export const approveAnswer = action({
  label: '审签',
  from: ['drafted'],
  to: 'answered',
  by: ['head'],
  primary: true,
  input: INPUT.approveAnswer,
  guard({ kase, by }) {
    if (kase.authorId !== null && kase.authorId === by.personId) throw new Fault('case.own_answer')
  },
  effect: async ({ tx, kase, by }) => ({
    answeredAt: by.at,
    ...((await isAnsweredByCode(tx, kase)) && { stage: 'calledBack' }),
  }),
})

/** Return an answer (退回修改): it goes back to its author with the reason. */
export const returnAnswer = action({
  label: '退回修改',
  from: ['drafted'],
  to: 'inHand',
  by: ['head'],
  input: INPUT.returnAnswer,
})
