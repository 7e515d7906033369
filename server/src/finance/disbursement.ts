import {
  type DisbursementBy,
  type DisbursementId,
  type EnterpriseId,
  moneyText,
  type NewDisbursement,
  type PolicyId,
} from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import {
  type DisbursementFilter,
  type DisbursementRow,
  findUnitName,
  hasPolicy,
  insertDisbursements,
  listDisbursements,
  listVouchers,
  sumDisbursements,
  totalDisbursements,
  voidRow,
} from './disbursement.sql.ts'
import { getFirm, refuseFuture } from './firm.ts'
import { keeps, mayKeep, refuseUnlessReader } from './keeper.ts'

function viewOf({ voidedAt, voidedBy, voidedWhy, at, ...row }: DisbursementRow, by: Actor) {
  const isVoided = voidedAt !== null
  return {
    ...row,
    at: at.toISOString(),
    voided: isVoided ? { reason: voidedWhy ?? '', by: voidedBy ?? '', at: voidedAt.toISOString() } : null,
    mayVoid: !isVoided && mayKeep(by, row.unit.id),
  }
}

/** The ledger of disbursements (涉企资金台账) and what its rows come to. @throws Fault 'forbidden' */
export async function disbursementsOf(tx: Tx, filter: DisbursementFilter, by: Actor) {
  refuseUnlessReader(by)
  const items = (await listDisbursements(tx, filter)).map((row) => viewOf(row, by))
  return { items, ...(await sumDisbursements(tx, filter)), mayKeep: keeps(by) }
}

/** What was paid, summed (合计). @throws Fault 'forbidden' */
export async function totalsOf(tx: Tx, grouping: DisbursementBy, filter: DisbursementFilter, by: Actor) {
  refuseUnlessReader(by)
  return { by: grouping, items: await totalDisbursements(tx, grouping, filter) }
}

/** What one enterprise was paid (企业获得的资金). @throws Fault 'forbidden' | 'finance.enterprise_unknown' */
export async function moneyOf(tx: Tx, enterprise: EnterpriseId, by: Actor) {
  refuseUnlessReader(by)
  await getFirm(tx, enterprise)
  const years = await totalDisbursements(tx, 'year', { enterprise })
  const { items, fen } = await disbursementsOf(tx, { enterprise }, by)
  return { fen, years: years.map(({ key, fen: paid, rows }) => ({ year: Number(key), fen: paid, rows })), items }
}

/** Whoever is told of a payment to an enterprise, in the transaction that writes it, and refuses it by a fault. */
export interface PaymentListener {
  paid(tx: Tx, payment: Payment, by: Actor): Promise<void>
  voided(tx: Tx, payment: Payment, by: Actor): Promise<void>
}
interface Payment {
  readonly id: DisbursementId
  readonly enterpriseId: EnterpriseId
  readonly policyId: PolicyId | null
  readonly fen: number
  readonly on: string
  readonly voucher: string
}

/**
 * Records a disbursement (登记拨付) of one's own unit.
 * @throws Fault 'unit.not_found' | 'forbidden' | 'finance.future' | 'finance.enterprise_unknown' | 'finance.policy_unknown' |
 *   'finance.voucher_taken' | what the listeners refuse
 */
export async function disburse(tx: Tx, given: NewDisbursement, listeners: readonly PaymentListener[], by: Actor) {
  const unit = await findUnitName(tx, given.unitId)
  if (unit === undefined) throw new Fault('unit.not_found')
  refuseUnless(mayKeep(by, given.unitId))
  refuseFuture(given.on, dayOf(by.at))
  const firm = await getFirm(tx, given.enterpriseId)
  if (given.policyId !== undefined && !(await hasPolicy(tx, given.policyId))) throw new Fault('finance.policy_unknown')
  const id = newId<DisbursementId>()
  const note = given.note === undefined ? undefined : maskPersonal(given.note)
  const written = await insertDisbursements(tx, [{ ...given, id, note }], by)
  if (written.length === 0) {
    const [twin] = await listVouchers(tx, given.unitId, [given.voucher])
    throw new Fault('finance.voucher_taken', { unit, voucher: given.voucher, programme: twin?.programme ?? '' })
  }
  for (const listener of listeners) await listener.paid(tx, { ...given, id, policyId: given.policyId ?? null }, by)
  await audit(tx, by, {
    ...{ action: 'newDisbursement', objectKind: 'disbursement', objectId: id },
    note: `${firm.name} ${moneyText(given.fen)} ${given.programme}，凭证 ${given.voucher}`,
  })
  return getDisbursement(tx, id, by)
}

/** Voids a disbursement (作废): it stays readable and counts nowhere. @throws Fault 'finance.not_found' | 'forbidden' | 'finance.voided' */
export async function voidDisbursement(
  tx: Tx,
  { id, reason }: { readonly id: DisbursementId; readonly reason: string },
  listeners: readonly PaymentListener[],
  by: Actor,
) {
  const payment = await getDisbursement(tx, id, by)
  const { unit, enterprise, fen } = payment
  refuseUnless(mayKeep(by, unit.id))
  if (!(await voidRow(tx, id, maskPersonal(reason), by))) throw new Fault('finance.voided')
  for (const listener of listeners) await listener.voided(tx, { ...payment, enterpriseId: enterprise.id }, by)
  const note = `${enterprise.name} ${moneyText(fen)} 作废：${maskPersonal(reason)}`
  await audit(tx, by, { action: 'voidDisbursement', objectKind: 'disbursement', objectId: id, note })
  return getDisbursement(tx, id, by)
}

async function getDisbursement(tx: Tx, id: DisbursementId, by: Actor) {
  const [row] = await listDisbursements(tx, { id })
  if (row === undefined) throw new Fault('finance.not_found')
  return viewOf(row, by)
}
