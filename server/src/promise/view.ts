import {
  PROMISE_CAUSE,
  PROMISE_KIND,
  type PromiseAxis,
  type PromiseCause,
  type PromiseDetail,
  type PromiseId,
  type PromiseRow,
} from '@banjie/contract'
import type { z } from 'zod'
import type { Actor } from '#kernel/actor'
import { afterOf, type Paged, paged } from '#kernel/page'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { balanceOf } from './balance.ts'
import { listPromiseIds, sumPromises, sumPromisesBy, type Wanted } from './figure.sql.ts'
import { getPromise } from './get.ts'
import { listEvents, listPromises, type PromiseFacts } from './promise.sql.ts'
import { approvesPlans, isOwn, keepsPromises, mayAnswer, mayConfirm, overseesPromises } from './right.ts'
import { statutoryTerm } from './statutory.ts'

/** 民营经济促进法: an office may not break its word because of these. */
const NO_EXCUSE: readonly PromiseCause[] = ['division', 'term', 'organisation', 'person']

function rowView(facts: PromiseFacts, today: string): PromiseRow {
  const { id, enterpriseId, enterpriseName, kind, words, cause, unit, now, person, deadline, fen, disputedFen } = facts
  const { paidFen, restFen, overdueFen, breaches, isOverdue, nextDue, state } = balanceOf(facts, today)
  return {
    ...{ id, kind, words, cause, unit, now, person, deadline, nextDue, state, fen, disputedFen },
    ...{
      paidFen,
      restFen,
      overdueFen,
      breaches,
      overdue: isOverdue,
      notReceived: isRefused(facts),
      noExcuse: NO_EXCUSE.includes(cause),
    },
    enterprise: { id: enterpriseId, name: enterpriseName, kind: 'enterprise' },
  }
}

/** Until it is reported again or confirmed. */
const isRefused = ({ refusedOn, keptOn, closedAt }: PromiseFacts) =>
  refusedOn !== null && keptOn === null && closedAt === null

/** Overseers see all of it, others what their units owe or check. */
const within = (by: Actor) => (overseesPromises(by) ? undefined : by.scope)

/**
 * A page of the list (失信违诺清单), and what the whole of it amounts to: all for overseers, what their units owe or check for others.
 * @throws Fault 'request.invalid' for a cursor that is none
 */
export async function promisesOf(tx: Tx, { limit, cursor, ...filter }: Wanted & Paged, by: Actor) {
  const [wanted, today] = [{ ...filter, within: within(by) }, dayOf(by.at)]
  const found = await listPromiseIds(tx, wanted, today, { after: afterOf({ limit, cursor }), limit })
  const { items, nextCursor } = paged(found, limit)
  const rows = await listPromises(tx, { ids: items.map(({ id }) => id) })
  return {
    items: rows.map((facts) => rowView(facts, today)),
    ...{ nextCursor, totals: await sumPromises(tx, wanted, today) },
  }
}

const WORDS: Partial<Record<PromiseAxis, Readonly<Record<string, string>>>> = {
  cause: PROMISE_CAUSE,
  kind: PROMISE_KIND,
}
/** The list by unit, enterprise, cause or kind (汇总), most still to be paid first; each line drills to its rows by its key. */
export async function summaryOf(tx: Tx, axis: PromiseAxis, by: Actor) {
  const lines = await sumPromisesBy(tx, axis, { within: within(by) }, dayOf(by.at))
  return { items: lines.map((line) => ({ ...line, label: WORDS[axis]?.[line.key] ?? line.label })) }
}

/** One broken promise with all that was planned, paid and said. @throws Fault 'promise.not_found' */
export async function promiseOf(tx: Tx, id: PromiseId, by: Actor): Promise<z.infer<typeof PromiseDetail>> {
  const today = dayOf(by.at)
  const facts = await getPromise(tx, id, by)
  const { instalments, restFen } = balanceOf(facts, today)
  const isOpen = facts.closedAt === null
  const mine = mayAnswer(facts, by)
  const waits = facts.plans.some(({ state }) => state === 'proposed')
  return {
    ...rowView(facts, today),
    ...{ basis: facts.basis, measures: facts.measures, criminal: facts.criminal, version: facts.version },
    instalments: [...instalments],
    source: { no: facts.sourceNo, on: facts.sourceOn, by: facts.sourceBy },
    ...{ disputedReason: facts.disputedReason, checkUnit: facts.checkUnit },
    ...{ deliveredOn: facts.deliveredOn, contractDays: facts.contractDays, from: facts.from },
    statutory: facts.deliveredOn === null ? null : statutoryTerm(facts.deliveredOn, facts.contractDays),
    plans: facts.plans.map(({ byPerson, by: author, decidedBy, decidedAt, decidedNote, decidedOn: _, ...plan }) => ({
      ...plan,
      ...{ by: author, instalments: [...plan.instalments] },
      decided: decidedAt === null ? null : { by: decidedBy ?? '', at: decidedAt, note: decidedNote },
      mayDecide: plan.state === 'proposed' && approvesPlans(by) && !isOwn({ byPerson }, by),
    })),
    payments: facts.payments.map(({ voidedAt, voidedBy, voidReason, planVersion: _, byPerson, ...payment }) => ({
      ...payment,
      voided: voidedAt === null ? null : { at: voidedAt, by: voidedBy ?? '', reason: voidReason ?? '' },
      mayVoid: voidedAt === null && isOpen && mine && !isOwn({ byPerson }, by),
    })),
    kept: facts.keptOn === null ? null : { on: facts.keptOn, evidence: facts.keptEvidence ?? '' },
    confirmed: wordOf(facts.confirmedOn, facts.confirmedBy, facts.confirmedWords),
    refused: wordOf(facts.refusedOn, facts.refusedBy, facts.refusedWords),
    events: (await listEvents(tx, id)).map(({ at, byName, ...event }) => ({
      ...event,
      ...{ at: at.toISOString(), by: byName },
    })),
    may: {
      correct: isOpen && keepsPromises(by),
      plan: isOpen && mine && restFen > 0 && facts.keptOn === null && !waits,
      pay: isOpen && mine && restFen > 0 && facts.keptOn === null,
      keep: isOpen && mine && facts.keptOn === null,
      confirm: isOpen && facts.keptOn !== null && mayConfirm(facts, by),
    },
  }
}

const wordOf = (on: string | null, by: string | null, words: string | null) =>
  on === null ? null : { on, by: by ?? '', words: words ?? '' }
