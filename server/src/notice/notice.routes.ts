import { type CaseId, routes } from '@banjie/contract'
import { findCase, sees, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import type { Server } from '#kernel/http'
import type { Tx } from '#kernel/store'
import { countMeToo } from './me-too.ts'
import type { NoticeDesk } from './notice.ts'
import { type Configured, outboxPage, retryOutbox } from './outbox-page.ts'

/** News of a number, “me too” and the outbox. */
export function noticeRoutes(
  { serve, serveRaw }: Server,
  desk: NoticeDesk,
  deps: { readonly clock: Clock; readonly configured: Configured; readonly mailbox: string | undefined },
): void {
  serveRaw(routes.subscribe, ({ tenant, by, params, query, body, request }) =>
    desk.subscribe(tenant, { ...params, ...query, address: request.ip, real: deps.clock.real() }, body, by),
  )
  serve(routes.confirmSubscription, ({ tx, by, params }) => desk.confirm(tx, params.token, by))
  serve(routes.endSubscription, ({ tx, by, params }) => desk.end(tx, params.token, by))
  serve(routes.unsubscribe, ({ tx, by, params }) => desk.end(tx, params.token, by))
  serve(routes.joinIn, ({ tx, by, params, body, request, reply }) =>
    desk.joinIn(tx, { request, reply }, { ...params, contact: body.contact }, by),
  )
  serve(routes.meTooCounts, async ({ tx, by, query }) => ({ items: await countsFor(tx, query.ids as CaseId[], by) }))
  serve(routes.outbox, async ({ tx, by, query }) => {
    refuseUnlessAdmin(by)
    return outboxPage(tx, query, deps)
  })
  serve(routes.retryOutbox, async ({ tx, by, params }) => {
    refuseUnlessAdmin(by)
    await retryOutbox(tx, params.id, by)
  })
}

function refuseUnlessAdmin(by: Actor): void {
  if (!by.roles.has('admin')) throw new Fault('forbidden')
}

/** Times of the cases the caller may see; those that nobody joined are left out. */
async function countsFor(tx: Tx, ids: readonly CaseId[], by: Actor) {
  const items = []
  for (const [caseId, count] of await countMeToo(tx, ids)) {
    if (count === 0) continue
    const kase = await findCase(tx, caseId)
    if (kase !== undefined && sees(sightOf(by), kase)) items.push({ caseId, number: kase.number, count })
  }
  return items
}
