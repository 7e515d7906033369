import { EFFECT, type UnitId } from '@banjie/contract'
import { onBehalf } from '#kernel/actor'
import { listRelated } from '../engine/case.sql.ts'
import { action, type Sequel } from '../engine/case-type.ts'
import type { CaseState, Patch } from '../engine/state.ts'
import { refuseUnfitUnit } from './dispatch.ts'
import { lapseRequests } from './wind-up.ts'

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
  effect: ({ kase, input, by }) => handedTo(kase, input.unitId, by.at),
  follow: leaveBehind,
})

/** What changes when a case goes to another lead unit, which has to sign for it again. What the former one asked for is not asked any more. */
export const handedTo = (kase: CaseState, unit: UnitId, at: Date): Patch => ({
  leadUnitId: unit,
  assistingUnitIds: kase.assistingUnitIds.filter((id) => id !== unit),
  holderUnitId: unit,
  handlerId: null,
  signedAt: null,
  dispatchedAt: at,
  pending: [],
  disputes: kase.disputes.map((dispute) =>
    dispute.to === null
      ? { ...dispute, to: at.toISOString(), chargedTo: unit === dispute.byUnitId ? unit : null }
      : dispute,
  ),
})

/** The former unit's requests lapse: its head decides nothing any more. The new one owes itself no help. */
export async function leaveBehind(sequel: Sequel<unknown>): Promise<void> {
  const { tx, kase, by, engine } = sequel
  await lapseRequests(sequel)
  const tasks = (await listRelated(tx, kase.id)).filter(
    ({ type, facts, leadUnitId, closedAt }) =>
      type === 'task' && facts['kind'] === 'assist' && leadUnitId === kase.leadUnitId && closedAt === null,
  )
  const input = { reason: `${kase.number} 已由本单位主办` }
  await engine.actAll(
    tx,
    tasks.map(({ id }) => ({ caseId: id, action: 'cancel', input, by: onBehalf(by) })),
  )
}
