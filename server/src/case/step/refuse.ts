import { ASK } from '@banjie/contract'
import { dueOf } from '#calendar'
import { Fault } from '#kernel/fault'
import { asking } from './ask.ts'
import { refuseUnfitUnit } from './dispatch.ts'

/**
 * Refuse (退单): the unit says the case is not its own, whose it is, and on what basis; once, within the hours allowed. Signing in, the person's
 * clock and the unit's own time run on. A second refusal of the same case goes to arbitration.
 */
export const refuse = asking(ASK.refusal, {
  label: '退单',
  from: ['dispatched', 'inHand'],
  by: ['handler', 'head'],
  kind: ({ disputes }) => (disputes.length === 0 ? 'refusal' : 'arbitration'),
  async guard({ tx, kase, input, rules, calendar, by }) {
    if (kase.facts['arbitrated'] !== undefined) throw new Fault('refusal.bound')
    if (kase.disputes.some(({ byUnitId }) => byUnitId === kase.leadUnitId)) throw new Fault('refusal.again')
    const limit = dueOf(calendar, kase.dispatchedAt ?? kase.receivedAt, rules.refusal.within).dueAt
    if (by.at > limit) throw new Fault('refusal.too_late', { hours: rules.refusal.within.amount })
    if (input.unitId === kase.leadUnitId) throw new Fault('refusal.same_unit')
    await refuseUnfitUnit(tx, input.unitId, by.at)
  },
  level: ({ kase, rules }) => (kase.disputes.length === 0 ? rules.refusal.level : rules.refusal.arbitration),
  effect: ({ kase, by }) =>
    kase.leadUnitId === null
      ? {}
      : {
          disputes: [
            ...kase.disputes,
            { byUnitId: kase.leadUnitId, from: by.at.toISOString(), to: null, chargedTo: null },
          ],
        },
  content: ({ reason, basis }) => `理由：${reason}\n依据：${basis}`,
})
