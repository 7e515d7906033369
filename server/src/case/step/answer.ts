import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'
import { action } from '../engine/case-type.ts'
import { refuseUndone } from './duty.ts'

/** Draft an answer (拟答复): what was done, what came of it, in figures where there are any. A small matter needs no second signature. */
export const draftAnswer = action({
  label: '拟答复',
  from: ['inHand'],
  to: 'drafted',
  by: ['handler', 'head'],
  primary: true,
  input: INPUT.draftAnswer,
  async guard(context) {
    const { input } = context
    if (input.outcome === 'promised' && input.promisedOn === undefined) throw new Fault('answer.promise_without_day')
    refusePast(input, context.by.at)
    if (input.outcome === 'refused' && (input.basis === undefined || input.alternatives === undefined))
      throw new Fault('answer.cannot_without_basis')
    await refuseUndone(context)
  },
  effect: ({ kase, input, by }) => ({
    answer: input.text,
    outcome: input.outcome,
    promisedOn: input.promisedOn ?? null,
    quantities: input.quantities ?? [],
    beneficiaries: input.beneficiaries ?? null,
    authorId: by.personId,
    ...(kase.mode === 'small' && { stage: 'answered', answeredAt: by.at }),
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
  unless: (kase, by) => kase.authorId === by.personId,
  guard({ kase, by }) {
    if (kase.authorId !== null && kase.authorId === by.personId) throw new Fault('case.own_answer')
    refusePast(kase, by.at)
  },
  effect: ({ by }) => ({ answeredAt: by.at }),
})

/** Return an answer (退回修改): it goes back to its author with the reason. */
export const returnAnswer = action({
  label: '退回修改',
  from: ['drafted'],
  to: 'inHand',
  by: ['head'],
  input: INPUT.returnAnswer,
})

/** A promise for a day that has passed would be broken before anybody reads it. */
function refusePast(promise: { outcome: string | null; promisedOn?: string | null | undefined }, at: Date): void {
  const { outcome, promisedOn } = promise
  if (outcome === 'promised' && promisedOn != null && promisedOn < dayOf(at))
    throw new Fault('answer.promise_past', { day: promisedOn })
}
