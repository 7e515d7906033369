import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'
import { refuseSilentEnd } from './mark-legacy.ts'

/** Close (办结): the loop is complete. A person who said "not satisfied" is not closed over. Closed is not solved. */
export const close = action({
  label: '办结',
  from: ['calledBack'],
  to: 'closed',
  by: ['caller', 'clerk', 'dispatcher', 'supervisor', 'leader'],
  primary: true,
  input: INPUT.close,
  unless: (kase, by) => kase.satisfied === false || (kase.legacy && !by.roles.has('leader')),
  guard({ kase, by }) {
    refuseSilentEnd(kase, by)
    if (kase.satisfied === false) throw new Fault('case.unsatisfied')
  },
  effect: ({ by }) => ({ closedAt: by.at }),
})
