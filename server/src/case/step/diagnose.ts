import { LISTING } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import { OPEN } from './open-stages.ts'

/** Diagnose (剖析): where it hurts, what it comes from, and what is done against it (找准病灶、深挖根源、对症下药). */
export const diagnose = action({
  label: '剖析',
  from: [...OPEN, 'answered'],
  to: null,
  by: ['handler', 'head', 'dispatcher', 'supervisor'],
  input: LISTING.diagnose,
  effect: ({ kase, input }) => ({ facts: { ...kase.facts, ...input } }),
  propose: async ({ kase: { facts } }) => ({
    symptom: facts['symptom'],
    rootCause: facts['rootCause'],
    measures: facts['measures'],
  }),
})
