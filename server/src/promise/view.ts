import {
  type EnterpriseId,
  PROMISE_CAUSE,
  PROMISE_KIND,
  type PromiseAxis,
  type PromiseCause,
  type PromiseDetail,
  type PromiseId,
  type PromiseRow,
  type PromiseState,
  type PromiseTotals,
} from '@banjie/contract'
import type { z } from 'zod'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { balanceOf } from './balance.ts'
import { getPromise } from './get.ts'
import { listEvents, listPromises, type PromiseFacts, type PromiseFilter } from './promise.sql.ts'
import { approvesPlans, keepsPromises, mayAnswer, mayConfirm, overseesPromises } from './right.ts'
import { statutoryTerm } from './statutory.ts'

/** 民营经济促进法: an office may not break its word because of these. */
const NO_EXCUSE: readonly PromiseCause[] = ['division', 'term', 'organisation', 'person']

function rowView(facts: PromiseFacts, today: string): PromiseRow {
  const { id, enterpriseId, enterpriseName, kind, words, cause, unit, now, person, deadline, fen, disputedFen } = facts
  const { paidFen, restFen, overdueFen, breaches, isOverdue, nextDue, state } = balanceOf(facts, today)
  return {
    ...{ id, kind, words, cause, unit, now, person, deadline, nextDue, state, fen, disputedFen },
    ...{ paidFen, restFen, overdueFen, breaches, overdue: isOverdue, noExcuse: NO_EXCUSE.includes(cause) },
    enterprise: { id: enterpriseId, name: enterpriseName, kind: 'enterprise' },
  }
}

/** What rows amount to; nobody types it. */
function totalsOf(rows: readonly PromiseRow[]): PromiseTotals {
  const count = (is: (row: PromiseRow) => boolean) => rows.filter(is).length
  const sum = (of: (row: PromiseRow) => number) => rows.reduce((total, row) => total + of(row), 0)
  return {
    promises: rows.length,
    open: count(({ state }) => state !== 'closed'),
    overdue: count(({ overdue }) => overdue),
    breached: count(({ breaches }) => breaches > 0),
    enterprises: new Set(rows.map(({ enterprise }) => enterprise.id)).size,
    fen: sum(({ fen }) => fen ?? 0),
    paidFen: sum(({ paidFen }) => paidFen),
    restFen: sum(({ restFen }) => restFen),
    overdueFen: sum(({ overdueFen }) => overdueFen),
  }
}

interface Wanted extends PromiseFilter {
  readonly state?: PromiseState | undefined
  readonly overdue?: 'yes' | undefined
  readonly breached?: 'yes' | undefined
}
/** The list (失信违诺清单) and what it amounts to: all of it for overseers, what their units owe or check for others. */
export async function promisesOf(tx: Tx, { state, overdue, breached, ...filter }: Wanted, by: Actor) {
  const within = overseesPromises(by) ? undefined : by.scope
  const rows = (await listPromises(tx, { ...filter, within })).map((facts) => rowView(facts, dayOf(by.at)))
  const items = rows.filter(
    (row) =>
      (state === undefined || row.state === state) &&
      (overdue === undefined || row.overdue) &&
      (breached === undefined || row.breaches > 0),
  )
  return { items, totals: totalsOf(items) }
}

/** Those of one enterprise, with everything for whoever oversees. */
export const promisesOfEnterprise = (tx: Tx, enterprise: EnterpriseId, by: Actor) => promisesOf(tx, { enterprise }, by)

type Key = { readonly key: string; readonly label: string }
const AXIS: Readonly<Record<PromiseAxis, (row: PromiseRow) => Key>> = {
  unit: ({ unit, now }) => ({ key: (now ?? unit).id, label: (now ?? unit).name }),
  enterprise: ({ enterprise }) => ({ key: enterprise.id, label: enterprise.name }),
  cause: ({ cause }) => ({ key: cause, label: PROMISE_CAUSE[cause] }),
  kind: ({ kind }) => ({ key: kind, label: PROMISE_KIND[kind] }),
}
/** The list by unit, enterprise, cause or kind (汇总), most still to be paid first; each line drills to its rows by its key. */
export async function summaryOf(tx: Tx, axis: PromiseAxis, by: Actor) {
  const { items } = await promisesOf(tx, {}, by)
  const keyed = items.map((row) => ({ row, ...AXIS[axis](row) }))
  const groups = Map.groupBy(keyed, ({ key }) => key)
  const lines = [...groups.values()].map((group) => ({
    ...{ key: group[0]?.key ?? '', label: group[0]?.label ?? '' },
    ...totalsOf(group.map(({ row }) => row)),
  }))
  return { items: lines.sort((a, b) => b.restFen - a.restFen || b.promises - a.promises || (a.key < b.key ? -1 : 1)) }
}

/** One broken promise with all that was planned, paid and said. @throws Fault 'promise.not_found' */
export async function promiseOf(tx: Tx, id: PromiseId, by: Actor): Promise<z.infer<typeof PromiseDetail>> {
  const today = dayOf(by.at)
  const facts = await getPromise(tx, id, by)
  const { instalments } = balanceOf(facts, today)
  const isOpen = facts.closedAt === null
  const mine = mayAnswer(facts, by)
  const waits = facts.plans.some(({ state }) => state === 'proposed')
  return {
    ...rowView(facts, today),
    ...{ basis: facts.basis, measures: facts.measures, criminal: facts.criminal, version: facts.version },
    instalments: [...instalments],
    source: { no: facts.sourceNo, on: facts.sourceOn, by: facts.sourceBy },
    ...{ disputedReason: facts.disputedReason, checkUnit: facts.checkUnit, contractDays: facts.contractDays },
    statutory: facts.deliveredOn === null ? null : statutoryTerm(facts.deliveredOn, facts.contractDays),
    plans: facts.plans.map(({ byPerson, by: author, decidedBy, decidedAt, decidedNote, decidedOn: _, ...plan }) => ({
      ...plan,
      ...{ by: author, instalments: [...plan.instalments] },
      decided: decidedAt === null ? null : { by: decidedBy ?? '', at: decidedAt, note: decidedNote },
      mayDecide: plan.state === 'proposed' && approvesPlans(by) && byPerson !== by.personId,
    })),
    payments: facts.payments.map(({ voidedAt, voidedBy, voidReason, planVersion: _, ...payment }) => ({
      ...payment,
      voided: voidedAt === null ? null : { at: voidedAt, by: voidedBy ?? '', reason: voidReason ?? '' },
    })),
    kept: facts.keptOn === null ? null : { on: facts.keptOn, evidence: facts.keptEvidence ?? '' },
    confirmed:
      facts.confirmedOn === null
        ? null
        : { on: facts.confirmedOn, by: facts.confirmedBy ?? '', words: facts.confirmedWords ?? '' },
    events: (await listEvents(tx, id)).map(({ at, byName, ...event }) => ({
      ...event,
      ...{ at: at.toISOString(), by: byName },
    })),
    may: {
      correct: isOpen && keepsPromises(by),
      plan: isOpen && mine && facts.fen !== null && facts.keptOn === null && !waits,
      pay: isOpen && mine && facts.fen !== null && facts.keptOn === null,
      keep: isOpen && mine && facts.keptOn === null,
      confirm: isOpen && facts.keptOn !== null && mayConfirm(facts, by),
    },
  }
}
