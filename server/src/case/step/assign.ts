import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { dayOf, holdsPostIn } from '#org'
import { action } from '../engine/case-type.ts'

/** Assign (指派): inside the lead unit, to a person, back, or to a stand-in. */
export const assign = action({
  label: '指派',
  from: ['inHand'],
  to: null,
  by: ['handler', 'head'],
  input: INPUT.assign,
  async guard({ tx, kase, input, by }) {
    const inside = kase.leadUnitId !== null && (await holdsPostIn(tx, input.personId, kase.leadUnitId, dayOf(by.at)))
    if (!inside) throw new Fault('case.assignee_outside')
  },
  effect: ({ input }) => ({ handlerId: input.personId }),
})
