import { INPUT } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { action } from '../engine/case-type.ts'

/** Close (办结): the loop is complete. A person who said "not satisfied" is not closed over. Closed is not solved. */
export const close = action({
  label: '办结',
  from: ['calledBack'],
  to: 'closed',
  by: ['caller', 'clerk', 'dispatcher', 'supervisor'],
  primary: true,
  input: INPUT.close,
  guard({ kase }) {
    if (kase.satisfied === false) throw new Fault('case.unsatisfied')
  },
  effect: ({ by }) => ({ closedAt: by.at }),
})
