import { moneyText, type NewPromisePayment, type PromiseId, type PromisePaymentId } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { balanceOf, planInForce } from './balance.ts'
import { getPromise } from './get.ts'
import { findPayment, insertEvent, insertPayment, voidPaymentRow } from './promise.sql.ts'
import { isOwn, mayAnswer } from './right.ts'
import { settlePromises } from './settle.ts'

/**
 * Registers a payment (登记付款) by its voucher; it fills the instalments in the order of their days.
 * @throws Fault 'promise.not_found' | 'forbidden' | 'promise.closed' | 'promise.not_money' | 'promise.future' | 'promise.paid_above' | 'promise.voucher_known'
 */
export async function pay(tx: Tx, id: PromiseId, input: NewPromisePayment, by: Actor): Promise<void> {
  const facts = await getPromise(tx, id, by, 'lock')
  refuseUnless(mayAnswer(facts, by))
  if (facts.closedAt !== null) throw new Fault('promise.closed')
  if (facts.fen === null) throw new Fault('promise.not_money')
  if (input.on > dayOf(by.at)) throw new Fault('promise.future', { day: input.on })
  const { restFen } = balanceOf(facts, dayOf(by.at))
  if (input.fen > restFen)
    throw new Fault('promise.paid_above', { fen: moneyText(input.fen), rest: moneyText(restFen) })
  const planVersion = planInForce(facts.plans)?.version ?? null
  const typed = input.note === undefined ? undefined : maskPersonal(input.note)
  if (!(await insertPayment(tx, id, { ...input, note: typed, planVersion }, by)))
    throw new Fault('promise.voucher_known', { voucher: input.voucher })
  const note = `${moneyText(input.fen)}，凭证 ${input.voucher}`
  await insertEvent(tx, id, { act: '付款', note }, by)
  await settlePromises(tx, by.at, [id])
  await audit(tx, by, { action: 'newPromisePayment', objectKind: 'promise', objectId: id, note })
}

/**
 * Voids a payment (作废付款), never by who registered it: it fills nothing any more and stays to be read.
 * @returns the promise it was for
 * @throws Fault 'promise.payment_not_found' | 'promise.not_found' | 'forbidden' | 'promise.closed' | 'promise.payment_voided' | 'promise.own_payment'
 */
export async function voidPayment(tx: Tx, id: PromisePaymentId, reason: string, by: Actor): Promise<PromiseId> {
  const promiseId = (await findPayment(tx, id))?.promiseId
  if (promiseId === undefined) throw new Fault('promise.payment_not_found')
  const facts = await getPromise(tx, promiseId, by, 'lock')
  refuseUnless(mayAnswer(facts, by))
  if (facts.closedAt !== null) throw new Fault('promise.closed')
  const payment = facts.payments.find((one) => one.id === id)
  if (payment === undefined || payment.voidedAt !== null) throw new Fault('promise.payment_voided')
  if (isOwn(payment, by)) throw new Fault('promise.own_payment')
  await voidPaymentRow(tx, id, maskPersonal(reason), by)
  const note = `${moneyText(payment.fen)}，凭证 ${payment.voucher}：${maskPersonal(reason)}`
  await insertEvent(tx, promiseId, { act: '作废付款', note }, by)
  await settlePromises(tx, by.at, [promiseId])
  await audit(tx, by, {
    action: 'voidPromisePayment',
    objectKind: 'promise',
    objectId: promiseId,
    note: note.slice(0, 500),
  })
  return promiseId
}
