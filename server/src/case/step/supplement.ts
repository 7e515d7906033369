import { HARD } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { findTopic } from '../dictionary.sql.ts'
import { action } from '../engine/case-type.ts'
import { OPEN } from './open-stages.ts'

/** Supplement (补充): new facts on an open case; may put it in another category, restarts nothing. */
export const supplement = action({
  label: '补充',
  from: [...OPEN, 'merged'],
  to: null,
  by: ['citizen', 'clerk', 'dispatcher', 'caller', 'handler', 'head'],
  input: HARD.supplement,
  async effect({ tx, kase, input, by }) {
    const supplemented = kase.supplemented + 1
    if (input.category === undefined || by.kind === 'citizen') return { supplemented }
    const topic = await findTopic(tx, input.category)
    if (topic === undefined) throw new Fault('case.category_unknown', { category: input.category })
    return { supplemented, category: topic.id }
  },
})
