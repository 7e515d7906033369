import { LISTING } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { OPEN } from './open-stages.ts'

/** Delist (移出清单): the problem goes on, but not on this list. It is not struck off. */
export const delist = action({
  label: '移出清单',
  from: [...OPEN, 'answered', 'closed'],
  to: null,
  by: ['system'],
  input: LISTING.delist,
  effect({ kase }) {
    const { listId: _, listedAt: __, ...facts } = kase.facts
    return { facts }
  },
})
