import { ENTITLEMENT_STATE, type EnterpriseId, type EntitlementState, type PolicyId } from '@banjie/contract'
import type { Calendar } from '#calendar'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { holdObligations } from '#obligation'
import { dayOf } from '#org'
import { getVersions } from './draft.ts'
import {
  type EntitlementRow,
  type EntitlementStep,
  findPaidBy,
  listEntitlements,
  listStates,
  lockEntitlement,
  offerEligible,
  stepEntitlement,
} from './entitlement.sql.ts'
import { mayWrite } from './right.ts'
import { settleCohorts, versionOn } from './settle.ts'

/** From where each step may be taken. */
export const STEPS: Readonly<Record<'offered' | 'confirmed' | 'declined' | 'paid', readonly EntitlementState[]>> = {
  offered: ['eligible'],
  confirmed: ['eligible', 'offered'],
  declined: ['eligible', 'offered', 'confirmed'],
  paid: ['confirmed'],
}

/** Somebody above who hears, in the transaction that notes it, which enterprises were told of a policy. */
export type OfferListener = (
  tx: Tx,
  told: { readonly policy: PolicyId; readonly enterprises: readonly EnterpriseId[] },
  by: Actor,
) => Promise<void>

type Step = EntitlementStep & { readonly state: keyof typeof STEPS }
interface Meant {
  readonly policy: PolicyId
  readonly enterprise: EnterpriseId
}
/**
 * Takes an entitlement a step on (告知、确认、放弃、兑现). Money goes only to whoever confirmed its account.
 * @throws Fault 'policy.not_entitled' | 'forbidden' | 'policy.wrong_step' | 'policy.future' | 'policy.before_since' | 'policy.voucher_taken'
 */
export async function serveEntitlement(tx: Tx, meant: Meant, step: Step, calendar: Calendar, by: Actor): Promise<void> {
  const row = await lockOwn(tx, meant)
  refuseUnless(mayWrite(row.unitId, by))
  await takeStep(tx, row, step, calendar, by)
}

/**
 * Tells every enterprise that was found and has not been told (全部告知); what they are told stands on their own pages at once.
 * @returns who was told
 * @throws Fault 'policy.not_found' | 'forbidden' | 'policy.none_waiting'
 */
export async function offerToAll(
  tx: Tx,
  policy: PolicyId,
  calendar: Calendar,
  by: Actor,
): Promise<readonly EnterpriseId[]> {
  const versions = await getVersions(tx, policy)
  const { body } = versionOn(versions, dayOf(by.at)) ?? versions[0]
  refuseUnless(mayWrite(body.unitId, by))
  await holdObligations(tx, 'policy', 'whole')
  const waiting = (await listStates(tx)).filter(({ policyId, state }) => policyId === policy && state === 'eligible')
  if (waiting.length === 0) throw new Fault('policy.none_waiting')
  await offerEligible(tx, policy, dayOf(by.at), by)
  await settleCohorts(tx, calendar, by.at)
  await audit(tx, by, {
    ...{ action: 'offerPolicyToAll', objectKind: 'policy', objectId: policy },
    note: `${body.title}：告知 ${waiting.length} 户`,
  })
  return waiting.map(({ enterpriseId }) => enterpriseId)
}

/**
 * The enterprise’s own word on what it was found entitled to (企业自己确认或放弃): the caller has made sure that it speaks for this enterprise.
 * @throws Fault 'policy.not_entitled' | 'policy.wrong_step'
 */
export async function answerOffer(
  tx: Tx,
  meant: Meant,
  answer: { readonly accountTail: string } | { readonly reason: string },
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  const state = 'reason' in answer ? ('declined' as const) : ('confirmed' as const)
  await takeStep(tx, await lockOwn(tx, meant), { state, on: dayOf(by.at), ...answer }, calendar, by)
}

/**
 * An entitlement under its lock; what is owed is held first, as by all who settle it, and so that two who enter one voucher at once do not both find
 * it free.
 */
export async function lockMeant(tx: Tx, { policy, enterprise }: Meant): Promise<EntitlementRow | undefined> {
  await holdObligations(tx, 'policy', 'whole')
  await lockEntitlement(tx, policy, enterprise)
  const [row] = await listEntitlements(tx, { policy, enterprise })
  return row
}

async function lockOwn(tx: Tx, meant: Meant): Promise<EntitlementRow> {
  const row = await lockMeant(tx, meant)
  if (row === undefined) throw new Fault('policy.not_entitled')
  return row
}

async function takeStep(tx: Tx, row: EntitlementRow, step: Step, calendar: Calendar, by: Actor): Promise<void> {
  if (!STEPS[step.state].includes(row.state))
    throw new Fault('policy.wrong_step', { state: ENTITLEMENT_STATE[row.state], wanted: ENTITLEMENT_STATE[step.state] })
  if (step.on > dayOf(by.at)) throw new Fault('policy.future', { day: step.on })
  if (step.on < row.since) throw new Fault('policy.before_since', { day: step.on, since: row.since })
  await putStep(tx, row, step, calendar, by)
}

/** Writes a step that may be taken of an entitlement that is locked, and what the unit still owes. @throws Fault 'policy.voucher_taken' */
export async function putStep(tx: Tx, row: EntitlementRow, step: Step, calendar: Calendar, by: Actor): Promise<void> {
  const taken = step.voucher === undefined ? undefined : await findPaidBy(tx, row.enterpriseId, step.voucher)
  if (taken !== undefined) throw new Fault('policy.voucher_taken', { voucher: step.voucher, title: taken.title })
  const masked = step.reason === undefined ? step : { ...step, reason: maskPersonal(step.reason) }
  await stepEntitlement(tx, row.policyId, row.enterpriseId, masked, by)
  await settleCohorts(tx, calendar, by.at)
  const note = `${row.enterpriseName} ${row.title}：${ENTITLEMENT_STATE[step.state]}`
  await audit(tx, by, { action: `${step.state}Entitlement`, objectKind: 'policy', objectId: row.policyId, note })
}
