import {
  type CorrectPromise,
  moneyText,
  type NewPromise,
  PROMISE_CAUSE,
  PROMISE_KIND,
  type PromiseId,
} from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { getTarget } from '#liaison'
import { dayOf, getPerson, getUnitInForce } from '#org'
import { balanceOf } from './balance.ts'
import { getPromise } from './get.ts'
import { insertEvent, insertPromise, type PromiseFacts, replacePromise } from './promise.sql.ts'
import { keepsPromises } from './right.ts'
import { settlePromises } from './settle.ts'

const OF_MONEY: readonly string[] = ['arrears', 'works']

/** What stood before is not looked at again: a unit that has been taken over still promised it. */
async function admit(
  tx: Tx,
  given: Omit<CorrectPromise, 'version' | 'reason'>,
  by: Actor,
  before?: PromiseFacts,
): Promise<void> {
  const today = dayOf(by.at)
  if (OF_MONEY.includes(given.kind) && given.fen == null) throw new Fault('promise.needs_money')
  if (given.contractDays != null && given.deliveredOn == null) throw new Fault('promise.needs_delivery')
  for (const day of [given.source.on, given.deliveredOn])
    if (day != null && day > today) throw new Fault('promise.future', { day })
  if (given.unitId !== before?.unit.id) await getUnitInForce(tx, given.unitId, today)
  if (given.checkUnitId != null && given.checkUnitId !== before?.checkUnit?.id)
    await getUnitInForce(tx, given.checkUnitId, today)
  if (given.personId != null) await getPerson(tx, given.personId)
}
const masked = <T extends Pick<NewPromise, 'words' | 'measures' | 'disputed' | 'criminal'>>(given: T): T => ({
  ...given,
  words: maskPersonal(given.words),
  measures: maskPersonal(given.measures),
  disputed: given.disputed && { ...given.disputed, reason: maskPersonal(given.disputed.reason) },
  criminal: given.criminal === undefined ? undefined : maskPersonal(given.criminal),
})

/**
 * Registers a broken promise (登记失信违诺) by its document, with who answers, why and by when it is kept after all.
 * @throws Fault 'forbidden' | 'liaison.target_not_found' | 'promise.not_enterprise' | 'promise.needs_money' | 'promise.needs_delivery' |
 *   'promise.future' | 'promise.deadline_past' | 'case.unit_unknown' | 'case.unit_dissolved' | 'person.not_found'
 */
export async function registerPromise(tx: Tx, input: NewPromise, by: Actor): Promise<PromiseId> {
  refuseUnless(keepsPromises(by))
  const enterprise = await getTarget(tx, input.enterpriseId)
  if (enterprise.kind !== 'enterprise') throw new Fault('promise.not_enterprise')
  await admit(tx, input, by)
  if (input.deadline < dayOf(by.at)) throw new Fault('promise.deadline_past', { day: input.deadline })
  const id = newId<PromiseId>()
  await insertPromise(tx, id, masked(input), by)
  const note = `${PROMISE_KIND[input.kind]}，原因：${PROMISE_CAUSE[input.cause]}，解决期限 ${input.deadline}`
  await insertEvent(tx, id, { act: '登记', note }, by)
  await settlePromises(tx, by.at, [id])
  await audit(tx, by, { action: 'newPromise', objectKind: 'promise', objectId: id, note: enterprise.name })
  return id
}

/**
 * Corrects it (更正): what stood before and why it changed stay in the history.
 * @throws Fault as `registerPromise`, and 'promise.not_found' | 'promise.stale' | 'promise.closed' | 'promise.below_paid' | 'promise.plan_above'
 */
export async function correctPromise(tx: Tx, id: PromiseId, input: CorrectPromise, by: Actor): Promise<void> {
  refuseUnless(keepsPromises(by))
  const facts = await getPromise(tx, id, by, 'lock')
  if (facts.version !== input.version) throw new Fault('promise.stale', { version: facts.version })
  if (facts.closedAt !== null) throw new Fault('promise.closed')
  await admit(tx, input, by, facts)
  if (input.deadline !== facts.deadline && input.deadline < dayOf(by.at))
    throw new Fault('promise.deadline_past', { day: input.deadline })
  const { paidFen, instalments } = balanceOf(facts, dayOf(by.at))
  const left = (input.fen ?? 0) - paidFen
  if (left < 0) throw new Fault('promise.below_paid', { paid: moneyText(paidFen) })
  const planned = instalments.reduce((sum, one) => sum + one.fen - one.paidFen, 0)
  if (planned > left) throw new Fault('promise.plan_above', { sum: moneyText(planned), rest: moneyText(left) })
  await replacePromise(tx, id, masked(input))
  const note = [maskPersonal(input.reason), ...changesOf(facts, input)].join('；')
  await insertEvent(tx, id, { act: '更正', note }, by)
  await settlePromises(tx, by.at, [id])
  await audit(tx, by, { action: 'correctPromise', objectKind: 'promise', objectId: id, note: note.slice(0, 500) })
}

const told = (fen: number | null | undefined) => (fen == null ? '无金额' : moneyText(fen))
/** What a correction changes, each with what stood before: short words side by side, long ones as they were. */
function changesOf(facts: PromiseFacts, { source, fen, disputed, ...given }: CorrectPromise): string[] {
  const moved = (label: string, before: string | number | null, after: string | number | null | undefined) =>
    before === (after ?? null) ? [] : [`${label} ${before ?? '无'} → ${after ?? '无'}`]
  const was = (label: string, before: string | null | undefined, isSame: boolean) =>
    isSame ? [] : [`原${label}：${before ?? '无'}`]
  const isSameSource = source.no === facts.sourceNo && source.on === facts.sourceOn && source.by === facts.sourceBy
  const isSameText = (before: string | null, after: string | undefined) => before === (after ?? null)
  return [
    ...moved('类型', PROMISE_KIND[facts.kind], PROMISE_KIND[given.kind]),
    ...moved('金额', told(facts.fen), told(fen)),
    ...moved('争议金额', told(facts.disputedFen), told(disputed?.fen ?? 0)),
    ...moved('解决期限', facts.deadline, given.deadline),
    ...moved('交付日期', facts.deliveredOn, given.deliveredOn),
    ...moved('合同约定天数', facts.contractDays, given.contractDays),
    ...moved('原因', PROMISE_CAUSE[facts.cause], PROMISE_CAUSE[given.cause]),
    ...was('承诺内容', facts.words, given.words === facts.words),
    ...was('依据文件', `${facts.sourceNo}（${facts.sourceBy}，${facts.sourceOn}）`, isSameSource),
    ...was('法律依据', facts.basis, given.basis === facts.basis),
    ...was('解决措施', facts.measures, given.measures === facts.measures),
    ...was('责任单位', facts.unit.name, given.unitId === facts.unit.id),
    ...was('责任人', facts.person?.name, (given.personId ?? undefined) === facts.person?.id),
    ...was('督办单位', facts.checkUnit?.name, (given.checkUnitId ?? undefined) === facts.checkUnit?.id),
    ...was('有权机关通报', facts.criminal, isSameText(facts.criminal, given.criminal)),
  ]
}
