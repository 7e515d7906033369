import { EFFECT, type UnitId } from '@banjie/contract'
import { action } from '../engine/case-type.ts'
import type { CaseState, Patch } from '../engine/state.ts'
import { refuseUnfitUnit } from './dispatch.ts'

/** Reassign (改派): another unit leads from now on; the person's clock runs on as if nothing had happened. */
export const reassign = action({
  label: '改派',
  from: ['inHand'],
  to: 'dispatched',
  by: ['system'],
  instead: 'askLeadChange',
  input: EFFECT.reassign,
  // It may have been dissolved since it was asked for.
  guard: ({ tx, input, by }) => refuseUnfitUnit(tx, input.unitId, by.at),
  effect: ({ kase, input, by }) => ({
    ...handedTo(kase, input.unitId, by.at),
    pending: kase.pending.filter((kind) => kind !== 'leadChange'),
  }),
})

/** What changes when a case goes to another lead unit, which has to sign for it again. */
export const handedTo = (kase: CaseState, unit: UnitId, at: Date): Patch => ({
  leadUnitId: unit,
  assistingUnitIds: kase.assistingUnitIds.filter((id) => id !== unit),
  holderUnitId: unit,
  handlerId: null,
  signedAt: null,
  dispatchedAt: at,
})
