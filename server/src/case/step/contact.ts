import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'

/** First contact (首次联系): the handler has spoken with the person, or tried to. */
export const contact = action({
  label: '首次联系',
  from: ['inHand'],
  to: null,
  by: ['handler', 'head'],
  input: INPUT.contact,
  effect: ({ kase, input, by }) => (input.reached && kase.contactedAt === null ? { contactedAt: by.at } : {}),
})
