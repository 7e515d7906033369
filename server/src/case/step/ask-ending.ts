import { ASK } from '@banjie/contract'
import { asking } from './ask.ts'

/** Ask to end with an explanation (申请解释终结): the matter cannot be solved lawfully; decided one level up, in words for the person. */
export const askEnding = asking(ASK.ending, {
  label: '申请解释终结',
  from: ['inHand', 'calledBack'],
  by: ['head', 'dispatcher'],
  kind: () => 'ending',
  level: ({ rules }) => rules.ending.level,
  content: ({ explanation, basis, alternatives }) => `解释：${explanation}\n依据：${basis}\n已尝试：${alternatives}`,
})
