import { moneyText, type NewPromisePlan, type PromiseId } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { balanceOf } from './balance.ts'
import { getPromise } from './get.ts'
import { decidePlan, insertEvent, insertPlan, type PromiseFacts } from './promise.sql.ts'
import { approvesPlans, isOwn, mayAnswer } from './right.ts'
import { settlePromises } from './settle.ts'

type Instalments = readonly Readonly<NewPromisePlan['instalments'][number]>[]

/** The instalments never exceed what is left of the promise, and run from today to the deadline. */
function admit(facts: PromiseFacts, instalments: Instalments, today: string): void {
  if (facts.fen === null) throw new Fault('promise.not_money')
  const { restFen } = balanceOf(facts, today)
  const sum = instalments.reduce((total, { fen }) => total + fen, 0)
  if (sum > restFen) throw new Fault('promise.plan_above', { sum: moneyText(sum), rest: moneyText(restFen) })
  const days = instalments.map(({ due }) => due)
  const rises = days.every((day, i) => i === 0 || day > (days[i - 1] ?? ''))
  if (!rises || (days[0] ?? '') < today || (days.at(-1) ?? '') > facts.deadline)
    throw new Fault('promise.plan_days', { deadline: facts.deadline })
}

/**
 * Proposes a plan of instalments (报批分期计划) for what is still to be paid; the one in force holds until another is approved.
 * @throws Fault 'promise.not_found' | 'forbidden' | 'promise.closed' | 'promise.not_money' | 'promise.plan_waiting' | 'promise.plan_above' | 'promise.plan_days'
 */
export async function proposePlan(tx: Tx, id: PromiseId, input: NewPromisePlan, by: Actor): Promise<void> {
  const facts = await getPromise(tx, id, by, 'lock')
  refuseUnless(mayAnswer(facts, by))
  if (facts.closedAt !== null) throw new Fault('promise.closed')
  if (facts.plans.some(({ state }) => state === 'proposed')) throw new Fault('promise.plan_waiting')
  admit(facts, input.instalments, dayOf(by.at))
  const version = (facts.plans.at(-1)?.version ?? 0) + 1
  await insertPlan(tx, id, { ...input, reason: maskPersonal(input.reason), version }, by)
  const note = `第 ${version} 版，${input.instalments.length} 期`
  await insertEvent(tx, id, { act: '报批分期计划', note }, by)
  await audit(tx, by, { action: 'proposePromisePlan', objectKind: 'promise', objectId: id, note })
}

interface Decision {
  readonly version: number
  readonly state: 'approved' | 'returned'
  readonly note: string | null
}
/**
 * Approves or returns a plan (批准或退回), never by who proposed it. What was paid meanwhile is looked at again.
 * @throws Fault 'promise.not_found' | 'forbidden' | 'promise.no_waiting_plan' | 'promise.own_plan' | 'promise.plan_above' | 'promise.plan_days'
 */
export async function decidePromisePlan(tx: Tx, id: PromiseId, decision: Decision, by: Actor): Promise<void> {
  refuseUnless(approvesPlans(by))
  const facts = await getPromise(tx, id, by, 'lock')
  const { version, state } = decision
  const plan = facts.plans.find((one) => one.version === version)
  if (plan?.state !== 'proposed') throw new Fault('promise.no_waiting_plan', { version })
  if (isOwn(plan, by)) throw new Fault('promise.own_plan')
  if (state === 'approved') admit(facts, plan.instalments, dayOf(by.at))
  await decidePlan(tx, id, decision, by)
  const note = `第 ${version} 版${decision.note === null ? '' : `：${maskPersonal(decision.note)}`}`
  await insertEvent(tx, id, { act: state === 'approved' ? '批准分期计划' : '退回分期计划', note }, by)
  await settlePromises(tx, by.at, [id])
  await audit(tx, by, { action: `${state}PromisePlan`, objectKind: 'promise', objectId: id, note })
}
