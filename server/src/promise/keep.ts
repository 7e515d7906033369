import { type ConfirmPromise, type EnterpriseId, moneyText, type PromiseId } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { balanceOf } from './balance.ts'
import { getPromise } from './get.ts'
import {
  insertEvent,
  listPromises,
  lockPromise,
  markConfirmed,
  markKept,
  markRefused,
  type PromiseFacts,
} from './promise.sql.ts'
import { mayAnswer, mayConfirm } from './right.ts'
import { settlePromises } from './settle.ts'

/**
 * Reports that a promise has been kept (报告已兑现): all that is not in dispute is paid, or the evidence is named. The enterprise has the last word.
 * @throws Fault 'promise.not_found' | 'forbidden' | 'promise.closed' | 'promise.kept_already' | 'promise.not_paid'
 */
export async function keep(tx: Tx, id: PromiseId, typed: string, by: Actor): Promise<void> {
  const facts = await getPromise(tx, id, by, 'lock')
  refuseUnless(mayAnswer(facts, by))
  if (facts.closedAt !== null) throw new Fault('promise.closed')
  if (facts.keptOn !== null) throw new Fault('promise.kept_already')
  const { undisputedRest } = balanceOf(facts, dayOf(by.at))
  if (undisputedRest > 0) throw new Fault('promise.not_paid', { rest: moneyText(undisputedRest) })
  const evidence = maskPersonal(typed)
  await markKept(tx, id, { evidence, on: dayOf(by.at) }, by)
  await insertEvent(tx, id, { act: '报告已兑现', note: evidence }, by)
  await settlePromises(tx, by.at, [id])
  await audit(tx, by, { action: 'keepPromise', objectKind: 'promise', objectId: id, note: evidence })
}

/**
 * Notes the enterprise’s word (企业确认): kept strikes the promise off, not kept sends it back to whoever owes it. Closed is not solved.
 * @throws Fault 'promise.not_found' | 'promise.closed' | 'promise.not_kept' | 'promise.own_word' | 'forbidden' | 'promise.future'
 */
export async function confirm(tx: Tx, id: PromiseId, input: ConfirmPromise, by: Actor): Promise<void> {
  const facts = await getPromise(tx, id, by, 'lock')
  refuseUnreported(facts)
  if (facts.keptByPerson !== null && facts.keptByPerson === by.personId) throw new Fault('promise.own_word')
  refuseUnless(mayConfirm(facts, by))
  await takeWord(tx, id, input, by)
}

/**
 * The enterprise says itself whether what it was promised has arrived (企业自己确认). The caller has made sure that it speaks for this enterprise.
 * @throws Fault 'promise.not_found' for another’s | 'promise.closed' | 'promise.not_kept'
 */
export async function confirmOwn(
  tx: Tx,
  { id, enterprise }: { readonly id: PromiseId; readonly enterprise: EnterpriseId },
  input: ConfirmPromise,
  by: Actor,
): Promise<void> {
  await lockPromise(tx, id)
  const [facts] = await listPromises(tx, { id })
  if (facts?.enterpriseId !== enterprise) throw new Fault('promise.not_found')
  refuseUnreported(facts)
  await takeWord(tx, id, input, by)
}

function refuseUnreported({ closedAt, keptOn }: Pick<PromiseFacts, 'closedAt' | 'keptOn'>): void {
  if (closedAt !== null) throw new Fault('promise.closed')
  if (keptOn === null) throw new Fault('promise.not_kept')
}

async function takeWord(tx: Tx, id: PromiseId, input: ConfirmPromise, by: Actor): Promise<void> {
  if (input.on > dayOf(by.at)) throw new Fault('promise.future', { day: input.on })
  const words = maskPersonal(input.words)
  if (input.kept) await markConfirmed(tx, id, { ...input, words }, by.at)
  else await markRefused(tx, id, { ...input, words })
  const act = input.kept ? '企业确认已兑现，销号' : '企业说没有兑现，退回'
  await insertEvent(tx, id, { act, note: `${input.by}（${input.on}）：${words}` }, by)
  await settlePromises(tx, by.at, [id])
  await audit(tx, by, { action: 'confirmPromise', objectKind: 'promise', objectId: id, note: act })
}
