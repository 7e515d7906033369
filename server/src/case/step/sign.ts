import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'

/** Sign (签收): the unit takes the case in hand. */
export const sign = action({
  label: '签收',
  from: ['dispatched'],
  to: 'inHand',
  by: ['handler', 'head'],
  primary: true,
  input: INPUT.sign,
  // Who has it in hand has signed for it: a second tap on a slow line is no fault.
  already: (kase, by) => kase.stage === 'inHand' && by.personId !== null && kase.handlerId === by.personId,
  effect: ({ by }) => ({ signedAt: by.at, handlerId: by.personId }),
})

/** Deemed signed (视同签收): a unit that does not sign in time has the case in hand all the same. */
export const deemSigned = action({
  label: '视同签收',
  from: ['dispatched'],
  to: 'inHand',
  by: ['system'],
  input: INPUT.sign,
  effect: ({ by }) => ({ signedAt: by.at }),
})
