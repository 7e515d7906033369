import type { CadenceExemptionId, CadenceRuleId, NewCadenceExemption, NewCadenceRule } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayAfter, HALF_WORKDAYS, periodAround } from './period.ts'
import { endRuleOn, insertExemption, insertRule, listRules, lockRules, type RuleRow } from './rule.sql.ts'

/**
 * Puts up a rule (立责任规则), or the next version of the one with this code: periods before its first day are judged by the version before.
 * @throws Fault 'duty.toward' | 'duty.officers_of_projects' | 'duty.liaison_needs_target' | 'duty.not_period_start' | 'duty.version_later' | 'duty.version_ended'
 */
export async function putRule(tx: Tx, input: NewCadenceRule, by: Actor): Promise<RuleRow> {
  const { towardKind, targetId, leastWorkdays, ...rest } = input
  if ((towardKind === undefined) === (targetId === undefined)) throw new Fault('duty.toward')
  if (input.debtor.kind === 'officer' && targetId === undefined && towardKind !== 'project')
    throw new Fault('duty.officers_of_projects')
  const start = periodAround(input.per, input.validFrom).from
  if (start !== input.validFrom) throw new Fault('duty.not_period_start', { day: start })
  await lockRules(tx)
  const before = (await listRules(tx)).find(({ code }) => code === input.code)
  if (before !== undefined) await endBefore(tx, before, input.validFrom)
  const rule = {
    ...{ ...rest, id: newId<CadenceRuleId>(), version: (before?.version ?? 0) + 1 },
    ...{ towardKind: towardKind ?? null, targetId: targetId ?? null },
    leastWorkdays: leastWorkdays ?? HALF_WORKDAYS[input.per],
  }
  await insertRule(tx, rule, by)
  const note = `${input.title} 第${rule.version}版 自${input.validFrom}`
  await audit(tx, by, { action: 'newCadenceRule', objectKind: 'cadenceRule', objectId: rule.id, note })
  return { ...rule, validTo: null, by: by.name }
}

async function endBefore(tx: Tx, { id, validFrom, validTo }: RuleRow, next: string): Promise<void> {
  if (validTo !== null) throw new Fault('duty.version_ended', { day: validTo })
  if (next <= validFrom) throw new Fault('duty.version_later', { day: validFrom })
  await endRuleOn(tx, id, dayAfter(next, -1))
}

/** Stops a rule (停止责任规则) with its last day. @throws Fault 'duty.not_found' | 'duty.version_ended' | 'exemption.reversed' */
export async function endRule(
  tx: Tx,
  id: CadenceRuleId,
  { on, reason }: { readonly on: string; readonly reason: string },
  by: Actor,
): Promise<RuleRow> {
  await lockRules(tx)
  const rule = (await listRules(tx)).find((one) => one.id === id)
  if (rule === undefined) throw new Fault('duty.not_found')
  if (rule.validTo !== null) throw new Fault('duty.version_ended', { day: rule.validTo })
  if (on < rule.validFrom) throw new Fault('exemption.reversed')
  await endRuleOn(tx, id, on)
  const note = `${rule.title} 至${on}：${reason}`
  await audit(tx, by, { action: 'endCadenceRule', objectKind: 'cadenceRule', objectId: id, note })
  return { ...rule, validTo: on }
}

/** Records a leave (请假) or a suspension (对象暂停). @throws Fault 'exemption.what' | 'exemption.reversed' */
export async function putExemption(tx: Tx, input: NewCadenceExemption, by: Actor): Promise<CadenceExemptionId> {
  if ((input.personId === undefined) === (input.targetId === undefined)) throw new Fault('exemption.what')
  if (input.to < input.from) throw new Fault('exemption.reversed')
  const id = newId<CadenceExemptionId>()
  const reason = maskPersonal(input.reason)
  await insertExemption(tx, id, { ...input, reason }, by)
  const note = `${input.from} 至 ${input.to}：${reason}`
  await audit(tx, by, { action: 'newCadenceExemption', objectKind: 'cadenceExemption', objectId: id, note })
  return id
}
