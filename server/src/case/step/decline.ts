import { DECLINE_REASON, INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'

/** Decline (不予受理): not ours, with the reason and where to go. It counts as an answer: nobody is left without one. */
export const decline = action({
  label: '不予受理',
  from: ['received', 'accepted'],
  to: 'declined',
  by: ['clerk', 'dispatcher'],
  input: INPUT.decline,
  effect: ({ input, by }) => ({
    declineReason: input.reason,
    outcome: 'refused',
    answer: `您反映的事项${input.reason === 'other' ? '' : DECLINE_REASON[input.reason]}，我们不能受理。${input.advice}`,
    answeredAt: by.at,
    closedAt: by.at,
    authorId: by.personId,
  }),
})
