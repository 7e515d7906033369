import { EFFECT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { retimeTasks } from './retime.ts'

/** Extend (延期): granted; the handling clock gets so much more of its own unit, the original date stays on record. */
export const extend = action({
  label: '延期',
  from: ['dispatched', 'inHand', 'drafted'],
  to: null,
  by: ['system'],
  instead: 'askExtension',
  input: EFFECT.extend,
  effect: ({ kase, input, by }) => ({
    extensions: [
      ...kase.extensions,
      { round: kase.round, amount: input.amount, approvedBy: by.name, level: input.level },
    ],
    pending: kase.pending.filter((kind) => kind !== 'extension'),
  }),
  follow: retimeTasks,
})
