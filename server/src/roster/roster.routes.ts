import { routes } from '@banjie/contract'
import type { Engine } from '#case'
import type { Server } from '#kernel/http'
import { refuseOutsiders } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { logCall, logsOf } from './log.ts'
import { onDutyNow } from './on-duty.ts'
import { overtimeOf, recordOvertime } from './overtime.ts'
import { listSwaps } from './roster.sql.ts'
import { entryView, fillShift, monthSpan, rosterOf, rotateRoster, setUpPost } from './roster.ts'
import { swapShift } from './swap.ts'

/** Duty rosters, calls to the post, overtime. */
export function rosterRoutes({ serve }: Server, engine: Engine): void {
  const days = (tx: Tx) => engine.calendarOf(tx.tenant)
  serve(routes.roster, async ({ tx, by, query }) => rosterOf(tx, await days(tx), query, by))
  serve(routes.newRosterPost, async ({ tx, by, body }) => {
    await setUpPost(tx, body, by)
    return rosterOf(tx, await days(tx), {}, by)
  })
  serve(routes.rotateRoster, async ({ tx, by, params, body }) => rotateRoster(tx, await days(tx), params.id, body, by))
  serve(routes.newRosterEntry, async ({ tx, by, params, body }) => entryView(await fillShift(tx, params.id, body, by)))
  serve(routes.swapRoster, async ({ tx, by, params, body }) => entryView(await swapShift(tx, params.id, body, by)))
  serve(routes.rosterSwaps, async ({ tx, by, query }) => {
    refuseOutsiders(by)
    const swaps = await listSwaps(tx, monthSpan(query.month ?? dayOf(by.at).slice(0, 7)))
    return { items: swaps.map(({ at, ...swap }) => ({ ...swap, at: at.toISOString() })) }
  })
  serve(routes.onDuty, async ({ tx, by }) => {
    refuseOutsiders(by)
    return { items: await onDutyNow(tx, by.at) }
  })
  serve(routes.onCallLogs, ({ tx, by, query }) => logsOf(tx, query, by))
  serve(routes.newOnCallLog, ({ tx, by, body }) => logCall(tx, engine, body, by))
  serve(routes.overtime, async ({ tx, by, query }) => overtimeOf(tx, await days(tx), query, by))
  serve(routes.newOvertime, async ({ tx, by, body }) => recordOvertime(tx, await days(tx), body, by))
}
