import { ENTITLEMENT_STATE, type EnterpriseId, type EntitlementState, type PolicyId } from '@banjie/contract'
import type { Calendar } from '#calendar'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type EntitlementStep, listEntitlements, lockEntitlement, stepEntitlement } from './policy.sql.ts'
import { mayWrite } from './right.ts'
import { settleCohorts } from './settle.ts'

/** From where each step may be taken. */
export const STEPS: Readonly<Record<'offered' | 'confirmed' | 'declined' | 'paid', readonly EntitlementState[]>> = {
  offered: ['eligible'],
  confirmed: ['eligible', 'offered'],
  declined: ['eligible', 'offered', 'confirmed'],
  paid: ['confirmed'],
}

interface Meant {
  readonly policy: PolicyId
  readonly enterprise: EnterpriseId
}
/**
 * Takes an entitlement a step on (告知、确认、放弃、兑现). Money goes only to whoever confirmed its account.
 * @throws Fault 'policy.not_entitled' | 'forbidden' | 'policy.wrong_step' | 'policy.future' | 'policy.before_since'
 */
export async function serveEntitlement(
  tx: Tx,
  { policy, enterprise }: Meant,
  step: EntitlementStep & { readonly state: keyof typeof STEPS },
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  await lockEntitlement(tx, policy, enterprise)
  const [row] = await listEntitlements(tx, { policy, enterprise })
  if (row === undefined) throw new Fault('policy.not_entitled')
  refuseUnless(mayWrite(row.unitId, by))
  if (!STEPS[step.state].includes(row.state))
    throw new Fault('policy.wrong_step', { state: ENTITLEMENT_STATE[row.state], wanted: ENTITLEMENT_STATE[step.state] })
  if (step.on > dayOf(by.at)) throw new Fault('policy.future', { day: step.on })
  if (step.on < row.since) throw new Fault('policy.before_since', { day: step.on, since: row.since })
  const masked = step.reason === undefined ? step : { ...step, reason: maskPersonal(step.reason) }
  await stepEntitlement(tx, policy, enterprise, masked, by)
  await settleCohorts(tx, calendar, by.at)
  const note = `${row.enterpriseName} ${row.title}：${ENTITLEMENT_STATE[step.state]}`
  await audit(tx, by, { action: `${step.state}Entitlement`, objectKind: 'policy', objectId: policy, note })
}
