import { routes } from '@banjie/contract'
import { type Engine, sightOf } from '#case'
import type { Server } from '#kernel/http'
import { ledgerPage } from './ledger.ts'
import { countLedger } from './ledger.sql.ts'
import { queueCondition, queuesOf } from './queue.ts'

const QUEUE_COUNTED_TO = 999

/** The one list over everything owed, and the queues of the person who asks. */
export function ledgerRoutes({ serve }: Server, engine: Engine): void {
  serve(routes.ledger, ({ tx, by, query }) => ledgerPage(engine, tx, by, query))
  serve(routes.cases, ({ tx, by, query }) => ledgerPage(engine, tx, by, query))
  serve(routes.queues, async ({ tx, by }) => {
    const items = []
    for (const [id, queue] of queuesOf(by)) {
      const more = queueCondition(id, by)
      const count = await countLedger(tx, { more }, sightOf(by), by.at, QUEUE_COUNTED_TO)
      const red = count === 0 ? 0 : await countLedger(tx, { more, light: ['red'] }, sightOf(by), by.at, QUEUE_COUNTED_TO)
      items.push({ id, label: queue.label, count, red })
    }
    return { items }
  })
}
