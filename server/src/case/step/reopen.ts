import { INPUT } from '@banjie/contract'
import { dayOf, getUnitAsNow, holdsPostIn } from '#org'
import { action } from '../engine/case-type.ts'

/**
 * Reopen (重办): a new round on the same case; the facts of the rounds before stay as they are. If the unit was dissolved meanwhile, the new
 * round is its successor's.
 */
export const reopen = action({
  label: '重办',
  from: ['calledBack', 'closed'],
  to: 'inHand',
  by: ['caller', 'dispatcher', 'supervisor', 'citizen'],
  input: INPUT.reopen,
  async effect({ tx, kase, by }) {
    const lead = kase.leadUnitId === null ? null : await getUnitAsNow(tx, kase.leadUnitId, kase)
    const went =
      lead !== null &&
      lead !== kase.leadUnitId &&
      kase.handlerId !== null &&
      !(await holdsPostIn(tx, kase.handlerId, lead, dayOf(by.at)))
    return {
      // An answer given at once has no unit yet: somebody must choose one.
      stage: lead === null ? 'accepted' : 'inHand',
      round: kase.round + 1,
      leadUnitId: lead,
      handlerId: went ? null : kase.handlerId,
      holderUnitId: lead ?? kase.holderUnitId,
      ...{ answer: null, outcome: null, promisedOn: null, satisfied: null, solved: null, grade: null, authorId: null },
      ...{ answeredAt: null, calledBackAt: null, closedAt: null, contactedAt: null, reachTries: 0 },
    }
  },
})
