import { LISTING } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { OPEN } from './open-stages.ts'
import { refusePastDay } from './set-deadline.ts'

/** Enlist (列入清单): the problem becomes an item of a list, with its aspect, what is known of its cause, and its deadline. The list does it, at somebody's word. */
export const enlist = action({
  label: '列入清单',
  from: [...OPEN, 'answered'],
  to: null,
  by: ['system'],
  input: LISTING.enlist,
  guard({ input, by }) {
    if (input.deadline !== undefined) refusePastDay(input.deadline, by.at)
  },
  effect({ kase, input, by }) {
    const { reason: _, list: __, ...said } = input
    const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined))
    return { facts: { ...kase.facts, ...given, listedAt: by.at.toISOString() } }
  },
})
