import { routes, type TargetId } from '@banjie/contract'
import type { CalendarBook } from '#calendar'
import type { Actor } from '#kernel/actor'
import type { Server } from '#kernel/http'
import type { Tx } from '#kernel/store'
import { addObjects, decideTarget, draftTarget, proposeVersion, voidCheckIn } from '#target'
import { checkInOn } from './check-in.ts'
import { listPlans } from './plan.sql.ts'
import { addField, addTarget, beginPlan, publishPlan, writeTask } from './plan.ts'
import { settleTarget } from './settle.ts'
import { planOf, planRow, runningTargets, targetOf } from './tree.ts'

/** Year plans, their targets and tasks (作战图). */
export function planRoutes({ serve }: Server, calendars: CalendarBook): void {
  const days = (tx: Tx) => calendars.of(tx.tenant, null)
  const plan = async (tx: Tx, id: Parameters<typeof planOf>[1], by: Actor) => planOf(tx, id, await days(tx), by)
  const target = async (tx: Tx, id: TargetId, by: Actor) => targetOf(tx, id, await days(tx), by)

  /** What was just changed stands on the ledger as it now is. */
  const settled = async (tx: Tx, id: TargetId, by: Actor, whole = false) => {
    await settleTarget(tx, id, await days(tx), { now: by.at, whole })
    return target(tx, id, by)
  }

  serve(routes.plans, async ({ tx }) => ({ items: (await listPlans(tx)).map(planRow) }))
  serve(routes.newPlan, async ({ tx, by, body }) => plan(tx, await beginPlan(tx, body, by), by))
  serve(routes.plan, ({ tx, by, params }) => plan(tx, params.id, by))
  serve(routes.newPlanField, async ({ tx, by, params, body }) => {
    await addField(tx, params.id, body.name, by)
    return plan(tx, params.id, by)
  })
  serve(routes.publishPlan, async ({ tx, by, params }) => {
    await publishPlan(tx, params.id, await days(tx), by)
    return plan(tx, params.id, by)
  })
  serve(routes.newTarget, async ({ tx, by, params, body }) => target(tx, await addTarget(tx, params.id, body, by), by))
  serve(routes.targets, async ({ tx, by, query }) => ({ items: await runningTargets(tx, query, await days(tx), by) }))
  serve(routes.target, ({ tx, by, params }) => target(tx, params.id, by))
  serve(routes.editTarget, async ({ tx, by, params, body }) =>
    target(tx, await draftTarget(tx, params.id, body, by), by),
  )
  serve(routes.newTargetObjects, async ({ tx, by, params, body }) => {
    await addObjects(tx, params.id, body.objects, by)
    return settled(tx, params.id, by)
  })
  serve(routes.checkIn, async ({ tx, by, params, body }) => {
    await checkInOn(tx, params.id, body, by)
    return settled(tx, params.id, by)
  })
  serve(routes.voidCheckIn, async ({ tx, by, params, body }) =>
    settled(tx, await voidCheckIn(tx, params.id, body.reason, by), by),
  )
  serve(routes.proposeTarget, async ({ tx, by, params, body }) => {
    await proposeVersion(tx, params.id, body, by)
    return target(tx, params.id, by)
  })
  serve(routes.approveTarget, async ({ tx, by, params, body }) => {
    await decideTarget(tx, params.id, { version: params.version, state: 'approved', note: body.note ?? null }, by)
    return settled(tx, params.id, by, true)
  })
  serve(routes.returnTarget, async ({ tx, by, params, body }) => {
    await decideTarget(tx, params.id, { version: params.version, state: 'returned', note: body.reason }, by)
    return target(tx, params.id, by)
  })
  serve(routes.newTask, async ({ tx, by, params, body }) =>
    plan(tx, await writeTask(tx, { target: params.id }, body, await days(tx), by), by),
  )
  serve(routes.editTask, async ({ tx, by, params, body }) =>
    plan(tx, await writeTask(tx, { task: params.id }, body, await days(tx), by), by),
  )
}
