import { INPUT } from '@banjie/contract'
import { emergencyAdvice } from '../emergency.ts'
import { action } from '../engine/case-type.ts'

/**
 * Call an emergency service (紧急联动): who was called, whether somebody answered, what was agreed: the escalation log. The case stays in the
 * queue of emergencies until a call has reached somebody, and goes on as a case whatever happens.
 */
export const callEmergency = action({
  label: '紧急联动',
  from: ['received', 'accepted', 'dispatched', 'inHand', 'drafted', 'answered', 'calledBack'],
  to: null,
  by: ['clerk', 'dispatcher', 'leader'],
  input: INPUT.callEmergency,
  effect: ({ kase, input, by }) =>
    input.reached ? { facts: { ...kase.facts, emergencyCalledAt: by.at.toISOString() } } : {},
  async propose({ kase }) {
    const calls = emergencyAdvice(kase).map(({ call }) => call)
    return calls.length === 0 ? undefined : { service: calls.join('、') }
  },
})
