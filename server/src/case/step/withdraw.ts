import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'

/** Withdraw (撤回): the person takes the matter back; recorded by the intake office. */
export const withdraw = action({
  label: '撤回',
  from: ['received', 'accepted', 'dispatched', 'inHand', 'drafted', 'merged'],
  to: 'withdrawn',
  by: ['clerk', 'dispatcher'],
  input: INPUT.withdraw,
  effect: ({ by }) => ({ outcome: 'withdrawn', closedAt: by.at }),
})
