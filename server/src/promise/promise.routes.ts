import { type PromiseId, routes } from '@banjie/contract'
import type { Engine } from '#case'
import type { Actor } from '#kernel/actor'
import type { Server } from '#kernel/http'
import type { Tx } from '#kernel/store'
import { backlogOf, backlogRows } from './backlog.ts'
import { confirm, keep } from './keep.ts'
import { pay, voidPayment } from './pay.ts'
import { decidePromisePlan, proposePlan } from './plan.ts'
import { correctPromise, registerPromise } from './register.ts'
import { promiseOf, promisesOf, summaryOf } from './view.ts'

/** Broken promises (失信违诺) and the backlog of enterprises’ matters (涉企积压). */
export function promiseRoutes({ serve }: Server, engine: Engine): void {
  /** Does it and tells how the promise stands then. */
  const then = async (done: Promise<unknown>, tx: Tx, id: PromiseId, by: Actor) => {
    await done
    return promiseOf(tx, id, by)
  }
  serve(routes.promises, ({ tx, by, query }) => promisesOf(tx, query, by))
  serve(routes.newPromise, async ({ tx, by, body }) => promiseOf(tx, await registerPromise(tx, body, by), by))
  serve(routes.promise, ({ tx, by, params }) => promiseOf(tx, params.id, by))
  serve(routes.correctPromise, ({ tx, by, params: { id }, body }) => then(correctPromise(tx, id, body, by), tx, id, by))
  serve(routes.newPromisePlan, ({ tx, by, params: { id }, body }) => then(proposePlan(tx, id, body, by), tx, id, by))
  serve(routes.approvePromisePlan, ({ tx, by, params: { id, version }, body }) =>
    then(decidePromisePlan(tx, id, { version, state: 'approved', note: body.note ?? null }, by), tx, id, by),
  )
  serve(routes.returnPromisePlan, ({ tx, by, params: { id, version }, body }) =>
    then(decidePromisePlan(tx, id, { version, state: 'returned', note: body.reason }, by), tx, id, by),
  )
  serve(routes.newPromisePayment, ({ tx, by, params: { id }, body }) => then(pay(tx, id, body, by), tx, id, by))
  serve(routes.voidPromisePayment, async ({ tx, by, params, body }) =>
    promiseOf(tx, await voidPayment(tx, params.id, body.reason, by), by),
  )
  serve(routes.keepPromise, ({ tx, by, params: { id }, body }) => then(keep(tx, id, body.evidence, by), tx, id, by))
  serve(routes.confirmPromise, ({ tx, by, params: { id }, body }) => then(confirm(tx, id, body, by), tx, id, by))
  serve(routes.promiseSummary, ({ tx, by, query }) => summaryOf(tx, query.by, by))
  serve(routes.enterprisePromises, ({ tx, by, params, query }) =>
    promisesOf(tx, { ...query, enterprise: params.id }, by),
  )
  serve(routes.backlog, ({ tx, by }) => backlogOf(tx, by))
  serve(routes.backlogRows, ({ tx, by, query }) => backlogRows(tx, engine, query, by))
}
