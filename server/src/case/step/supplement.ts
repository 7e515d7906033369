import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'
import { findTopic } from '../dictionary.sql.ts'
import { action } from '../engine/case-type.ts'
import type { CaseState, Patch } from '../engine/state.ts'
import { OPEN } from './open-stages.ts'
import { openStops } from './suspend.ts'

/** A stop that waited for the person is over once the person has said more. */
function whatCame(kase: CaseState, today: string): Patch {
  if (!kase.paused) return {}
  const stops = kase.stops.map((stop) =>
    stop.to === null && stop.reason === 'applicant' ? { ...stop, to: today } : stop,
  )
  return { stops, paused: openStops({ stops }).length > 0 }
}

/** Supplement (补充): new facts on an open case; may put it in another category, restarts nothing. */
export const supplement = action({
  label: '补充',
  from: [...OPEN, 'merged', 'answered'],
  to: null,
  by: ['citizen', 'clerk', 'dispatcher', 'caller', 'handler', 'head'],
  input: INPUT.supplement,
  async effect({ tx, kase, input, by }) {
    const supplemented = { supplemented: kase.supplemented + 1, ...whatCame(kase, dayOf(by.at)) }
    if (input.category === undefined || by.kind === 'citizen') return supplemented
    const topic = await findTopic(tx, input.category)
    if (topic === undefined) throw new Fault('case.category_unknown', { category: input.category })
    return { ...supplemented, category: topic.id }
  },
})
