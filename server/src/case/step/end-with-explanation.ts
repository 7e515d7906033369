import { EFFECT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { refuseSilentEnd } from './mark-legacy.ts'

/** End with an explanation (解释终结): closed, not solved, and every rate knows it. */
export const endWithExplanation = action({
  label: '解释终结',
  from: ['inHand', 'calledBack'],
  to: 'closed',
  by: ['system'],
  instead: 'askEnding',
  input: EFFECT.endWithExplanation,
  guard: ({ kase, by }) => refuseSilentEnd(kase, by),
  effect: ({ kase, input, by }) => ({
    outcome: 'explained',
    answer: `${input.explanation}\n依据：${input.basis}`,
    answeredAt: kase.answeredAt ?? by.at,
    closedAt: by.at,
    authorId: by.personId,
  }),
})
