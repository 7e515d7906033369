import {
  type DisbursementId,
  ENTITLEMENT_STATE,
  type EnterpriseId,
  type EntitlementState,
  type PolicyId,
} from '@banjie/contract'
import type { CalendarBook } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { holdObligations } from '#obligation'
import { type EntitlementRow, findPaidWith, joinPayment, unpay } from './entitlement.sql.ts'
import { lockMeant, putStep } from './serve.ts'
import { settleCohorts } from './settle.ts'

/** A payment to an enterprise (拨付) as the ledger of funds has it; money in fen. */
interface Payment {
  readonly id: DisbursementId
  readonly enterpriseId: EnterpriseId
  readonly policyId: PolicyId | null
  readonly fen: number
  readonly on: string
  readonly voucher: string
}
const PAYABLE: readonly EntitlementState[] = ['eligible', 'offered', 'confirmed']

/**
 * Joins the ledger of funds to what policies owe (拨付兑现政策): a payment under a policy pays the entitlement of its enterprise, whatever step it was at,
 * since the money is there. A payment that the unit had entered with its voucher itself stays one payment; what nobody is owed is refused.
 */
export const paidFromFunds = (calendars: CalendarBook) => ({
  /** @throws Fault 'policy.not_owed' | 'policy.paid_already' | 'policy.voucher_taken' */
  async paid(tx: Tx, payment: Payment, by: Actor): Promise<void> {
    const { id, enterpriseId, policyId, fen, on, voucher } = payment
    if (policyId === null) return
    const row = await lockMeant(tx, { policy: policyId, enterprise: enterpriseId })
    if (row?.state === 'paid') return joinOwn(tx, row, payment, by)
    if (row === undefined || !PAYABLE.includes(row.state))
      throw new Fault('policy.not_owed', { state: row === undefined ? '不在应享名单' : ENTITLEMENT_STATE[row.state] })
    const step = { state: 'paid', on, fen, voucher, disbursementId: id } as const
    await putStep(tx, row, step, await calendars.of(tx.tenant, null), by)
  },
  /** What a voided payment had paid is owed again. */
  async voided(tx: Tx, { id }: Pick<Payment, 'id'>, by: Actor): Promise<void> {
    await holdObligations(tx, 'policy', 'whole')
    const found = await findPaidWith(tx, id)
    if (found === undefined) return
    await unpay(tx, found, by)
    await settleCohorts(tx, await calendars.of(tx.tenant, null), by.at)
    const note = '拨付作废'
    await audit(tx, by, { action: 'unpayEntitlement', objectKind: 'policy', objectId: found.policyId, note })
  },
})

/** The same payment told twice is one; another for the same policy is refused. */
async function joinOwn(tx: Tx, row: EntitlementRow, { id, fen, voucher }: Payment, by: Actor): Promise<void> {
  const { title, paidOn: day } = row
  if (row.disbursementId !== null || row.voucher !== voucher || row.paidFen !== fen)
    throw new Fault('policy.paid_already', { title, day, voucher: row.voucher })
  await joinPayment(tx, row, id, by)
  const note = `${row.enterpriseName} ${title}：凭证 ${voucher} 与涉企资金为同一笔`
  await audit(tx, by, { action: 'joinEntitlement', objectKind: 'policy', objectId: row.policyId, note })
}
