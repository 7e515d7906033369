import { INPUT } from '@banjie/contract'
import { type ActionType, action } from '../engine/case-type.ts'
import { maskPersonal } from '../text/personal.ts'

/** Withdraw (撤回): the person takes the matter back; recorded by the intake office. */
export const withdraw = action({
  label: '撤回',
  from: ['received', 'accepted', 'dispatched', 'inHand', 'drafted', 'merged'],
  to: 'withdrawn',
  by: ['clerk', 'dispatcher'],
  input: INPUT.withdraw,
  effect: ({ by }) => ({ outcome: 'withdrawn', closedAt: by.at }),
})

/** Of an appeal: the person reads that and why it was taken back. Nothing ends without a word; it does not count as answered. */
export const withdrawAppeal: ActionType = {
  ...withdraw,
  async effect(context) {
    const { reason } = context.input as unknown as { reason: string }
    return {
      ...(await withdraw.effect?.(context)),
      answer: `您反映的事项已经撤回：${maskPersonal(reason)}。如果又有需要，可以再次反映，编号不变。`,
    }
  },
}
