import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'

/** Annul a rating (评价复核): found on review to be mistaken or untrue. It leaves the rates; that there was one stays in the file. */
export const annulRating = action({
  label: '评价复核',
  from: ['received', 'accepted', 'dispatched', 'inHand', 'drafted', 'answered', 'calledBack', 'closed', 'declined'],
  to: null,
  by: ['supervisor'],
  input: INPUT.annulRating,
  unless: ({ grade, facts }) => grade === null && typeof facts['serviceGrade'] !== 'number',
  guard({ kase, input }) {
    const given = input.kind === 'service' ? kase.facts['serviceGrade'] : kase.grade
    if (typeof given !== 'number') throw new Fault('rating.none')
  },
  effect: ({ kase, input }) =>
    input.kind === 'service' ? { facts: { ...kase.facts, serviceGrade: null } } : { grade: null },
})
