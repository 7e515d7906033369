import { EFFECT, type UnitId } from '@banjie/contract'
import { putCatalogueDecision } from '../dictionary.sql.ts'
import { action } from '../engine/case-type.ts'
import type { Dispute } from '../engine/state.ts'
import { refuseUnfitUnit } from './dispatch.ts'
import { OPEN } from './open-stages.ts'
import { handedTo, leaveBehind } from './reassign.ts'

/**
 * Settle (请示已决): a request was decided. A refusal also says which unit has the case: time in dispute is charged to the unit that turned out
 * to be wrong, and an arbitration binds and is written into the dispatch catalogue.
 */
export const settle = action({
  label: '请示已决',
  from: [...OPEN, 'answered', 'calledBack'],
  to: null,
  by: ['system'],
  input: EFFECT.settle,
  async guard({ tx, kase, input, by }) {
    if (input.granted && input.unitId !== undefined && input.unitId !== kase.leadUnitId)
      await refuseUnfitUnit(tx, input.unitId, by.at)
  },
  effect({ kase, input, by }) {
    const pending = kase.pending.filter((kind) => kind !== input.kind)
    if (input.kind !== 'refusal' && input.kind !== 'arbitration') return { pending }
    const named = input.granted ? (input.unitId ?? kase.leadUnitId) : kase.leadUnitId
    const disputes = charged(kase.disputes, named, by.at)
    const facts = input.kind === 'arbitration' ? { ...kase.facts, arbitrated: input.requestId } : kase.facts
    if (named === null || named === kase.leadUnitId) return { pending, disputes, facts }
    return { facts, stage: 'dispatched', ...handedTo(kase, named, by.at), disputes }
  },
  async follow(sequel) {
    const { tx, kase, before, input, by } = sequel
    if (kase.leadUnitId !== before.leadUnitId) await leaveBehind(sequel)
    if (input.kind === 'arbitration' && kase.category !== null && kase.leadUnitId !== null)
      await putCatalogueDecision(tx, {
        topic: kase.category,
        division: kase.divisionCode,
        unit: kase.leadUnitId,
        basis: input.reason ?? `退单仲裁 ${kase.number}`,
        at: by.at,
      })
  },
})

/**
 * Who pays for the time in dispute: the unit named in the end, from its own first refusal on. What lay before that was a wrong dispatch and is
 * the intake office's (`null`).
 */
function charged(disputes: readonly Dispute[], named: UnitId | null, at: Date): readonly Dispute[] {
  const first = disputes.findIndex(({ byUnitId }) => byUnitId === named)
  return disputes.map((dispute, i) => ({
    ...dispute,
    to: dispute.to ?? at.toISOString(),
    chargedTo: first >= 0 && i >= first ? named : null,
  }))
}
