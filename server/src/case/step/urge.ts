import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'

const OPEN = ['received', 'accepted', 'dispatched', 'inHand', 'drafted', 'merged'] as const

/** Urge (催办): counted, restarts nothing. */
export const urge = action({
  label: '催办',
  from: [...OPEN, 'answered'],
  to: null,
  by: ['citizen', 'clerk', 'dispatcher', 'caller', 'supervisor', 'leader'],
  input: INPUT.urge,
  effect: ({ kase }) => ({ urged: kase.urged + 1 }),
})

/** Note (备注): a word for the file, or, if public, for the person. */
export const note = action({
  label: '备注',
  from: [...OPEN, 'answered', 'calledBack', 'closed', 'declined', 'withdrawn'],
  to: null,
  by: ['clerk', 'dispatcher', 'handler', 'head', 'caller', 'supervisor', 'leader', 'system'],
  input: INPUT.note,
})
