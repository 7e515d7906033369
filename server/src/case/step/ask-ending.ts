import { ASK } from '@banjie/contract'
import { asking } from './ask.ts'

/** Ask to end with an explanation (申请解释终结): the matter cannot be solved lawfully; decided one level up, in words for the person. */
export const askEnding = asking(ASK.ending, {
  label: '申请解释终结',
  from: ['inHand', 'calledBack'],
  by: ['head', 'dispatcher'],
  kind: () => 'ending',
  // A legacy issue is not ended without a leader, in whatever words.
  level: ({ kase, rules }) => (kase.legacy ? 'leader' : rules.ending.level),
  content: ({ explanation, basis, alternatives }) => `解释：${explanation}\n依据：${basis}\n已尝试：${alternatives}`,
})
