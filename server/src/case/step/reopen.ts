import { INPUT } from '@banjie/contract'
import { action } from '../engine/case-type.ts'

/** Reopen (重办): a new round on the same case; the facts of the rounds before stay as they are. */
export const reopen = action({
  label: '重办',
  from: ['calledBack', 'closed'],
  to: 'inHand',
  by: ['caller', 'dispatcher', 'supervisor', 'citizen'],
  input: INPUT.reopen,
  effect: ({ kase }) => ({
    // An answer given at once has no unit yet: somebody must choose one.
    stage: kase.leadUnitId === null ? 'accepted' : 'inHand',
    round: kase.round + 1,
    holderUnitId: kase.leadUnitId ?? kase.holderUnitId,
    ...{ answer: null, outcome: null, promisedOn: null, satisfied: null, solved: null, grade: null, authorId: null },
    ...{ answeredAt: null, calledBackAt: null, closedAt: null, contactedAt: null, reachTries: 0 },
  }),
})
