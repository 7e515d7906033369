import type { Instalment, PromiseState } from '@banjie/contract'
import type { PlanRow, PromiseFacts } from './promise.sql.ts'

const sum = (amounts: readonly number[]) => amounts.reduce((total, fen) => total + fen, 0)

/** How a broken promise stands on a day (兑现情况): everything is worked out from its payments and its approved plans. Amounts in fen. */
export interface Balance {
  readonly paidFen: number
  readonly restFen: number
  /** What has to be paid now or later without waiting for the end of a dispute. */
  readonly undisputedRest: number
  /** Of the plan in force. */
  readonly instalments: readonly Instalment[]
  /** What the plan in force leaves for the deadline. */
  readonly unplannedFen: number
  readonly overdueFen: number
  readonly breaches: number
  readonly isOverdue: boolean
  readonly nextDue: string | null
  readonly state: PromiseState
}

export const planInForce = (plans: readonly PlanRow[]) => plans.filter(({ state }) => state === 'approved').at(-1)

/** Payments that fill a plan: those recorded while it was in force; what was paid before is no part of it. */
const paymentsOf = ({ version }: PlanRow, { payments }: PromiseFacts) =>
  payments.filter(({ planVersion, voidedAt }) => voidedAt === null && planVersion === version)

/** Instalments of an approved plan, filled in the order of their days. */
function filled(plan: PlanRow, facts: PromiseFacts, today: string): Instalment[] {
  const payments = paymentsOf(plan, facts)
  const paid = sum(payments.map(({ fen }) => fen))
  let before = 0
  return plan.instalments.map(({ no, due, fen }) => {
    const until = before + fen
    const paidFen = Math.max(0, Math.min(fen, paid - before))
    const inTime = sum(payments.filter(({ on }) => on <= due).map((one) => one.fen)) >= until
    before = until
    const state = paidFen === fen ? (inTime ? 'paid' : 'late') : due < today ? 'breached' : 'due'
    return { no, due, fen, paidFen, state }
  })
}

/** Second breaches (二次失信) of all plans that were ever in force: a new plan does not undo what the old one had missed. */
const breachesOf = (facts: PromiseFacts, today: string) => {
  const approved = facts.plans.filter(({ state }) => state === 'approved')
  return sum(
    approved.map((plan, i) => {
      const replacedOn = approved[i + 1]?.decidedOn ?? null
      return filled(plan, facts, today).filter(
        ({ state, due }) =>
          (state === 'breached' || state === 'late') && (replacedOn === null || due < replacedOn) && due < today,
      ).length
    }),
  )
}

/** How it stands on a day. */
export function balanceOf(facts: PromiseFacts, today: string): Balance {
  const { fen, disputedFen, deadline, closedAt, keptOn } = facts
  const paidFen = sum(facts.payments.filter(({ voidedAt }) => voidedAt === null).map((one) => one.fen))
  const restFen = Math.max(0, (fen ?? 0) - paidFen)
  const undisputedRest = Math.max(0, restFen - disputedFen)
  const plan = planInForce(facts.plans)
  const instalments = plan === undefined ? [] : filled(plan, facts, today)
  const planned = sum(instalments.map((one) => one.fen - one.paidFen))
  const unplannedFen = Math.max(0, undisputedRest - planned)
  const isOpen = closedAt === null && keptOn === null
  // What the enterprise has confirmed is late no more, whatever the plan still says.
  const late = closedAt !== null ? [] : instalments.filter(({ state }) => state === 'breached')
  const isPast = isOpen && deadline < today
  const overdueFen = sum(late.map((one) => one.fen - one.paidFen)) + (isPast ? unplannedFen : 0)
  const unpaid = instalments.filter((one) => one.paidFen < one.fen)
  return {
    ...{ paidFen, restFen, undisputedRest, instalments, unplannedFen, overdueFen },
    breaches: breachesOf(facts, today),
    isOverdue: overdueFen > 0 || isPast,
    nextDue: isOpen ? (unpaid[0]?.due ?? deadline) : null,
    state: closedAt !== null ? 'closed' : keptOn !== null ? 'kept' : plan === undefined ? 'open' : 'paying',
  }
}
