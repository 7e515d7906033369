import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import { WITH_UNIT } from './open-stages.ts'

/** Judge a demand (合理性判断): whether it is reasonable is a judgement with author and basis, apart from the answer. */
export const judgeDemand = action({
  label: '合理性判断',
  from: [...WITH_UNIT],
  to: null,
  by: ['handler', 'head', 'dispatcher'],
  input: INPUT.judgeDemand,
  effect: ({ input, by }) => ({
    judgement: { ...input, authorId: by.personId, author: by.name, reviewer: null, agreed: null },
  }),
})

/** Review the judgement (合理性复核): by somebody else, outside the unit. */
export const reviewDemand = action({
  label: '合理性复核',
  from: [...WITH_UNIT, 'answered', 'calledBack'],
  to: null,
  by: ['dispatcher', 'supervisor', 'leader'],
  input: INPUT.reviewDemand,
  unless: ({ judgement }, by) => judgement === null || judgement.authorId === by.personId,
  guard({ kase, by }) {
    if (kase.judgement === null) throw new Fault('judgement.none')
    if (kase.judgement.authorId === by.personId) throw new Fault('judgement.own')
  },
  effect: ({ kase, input, by }) =>
    kase.judgement === null ? {} : { judgement: { ...kase.judgement, reviewer: by.name, agreed: input.agree } },
})
