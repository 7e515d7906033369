import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { refuseUnfilled } from './fill-in.ts'

/** Answer at once (即办): the intake office knows the answer; no unit is troubled. */
export const answerAtOnce = action({
  label: '即办',
  from: ['received', 'accepted'],
  to: 'answered',
  by: ['clerk', 'dispatcher'],
  input: INPUT.answerAtOnce,
  guard: ({ input }) => refuseUnfilled(input.text),
  effect({ kase, input, by }) {
    const { addressed: _, ...facts } = kase.facts
    return {
      facts: { ...facts, ...(input.addressed === true && { addressed: true }) },
      answer: input.text,
      outcome: 'explained',
      answeredAt: by.at,
      acceptedAt: kase.acceptedAt ?? by.at,
      contactedAt: by.at,
      authorId: by.personId,
      holderUnitId: by.unitId,
    }
  },
})
