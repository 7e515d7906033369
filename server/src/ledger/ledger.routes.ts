import { type Queue, routes } from '@banjie/contract'
import { type Engine, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import type { Server } from '#kernel/http'
import type { Store, Tx } from '#kernel/store'
import { obligationQueues } from '#obligation'
import { listDivisions } from '#org'
import { countLedger } from './ledger.sql.ts'
import { casePage, ledgerPage, wholeLedger } from './ledger.ts'
import { queueCondition, queuesOf } from './queue.ts'
import { ledgerWorkbook } from './workbook.ts'

const QUEUE_COUNTED_TO = 999
const MOST_EXPORTED = 20_000

/** Queues whose rows are not cases, from the modules that keep them. */
type FurtherQueues = (tx: Tx, by: Actor) => Promise<readonly Queue[]>

/** The one list over everything owed, the queues of the person who asks, and the list as an Excel file. */
export function ledgerRoutes(
  { serve, serveRaw }: Server,
  engine: Engine,
  store: Store,
  furtherQueues: FurtherQueues,
): void {
  serve(routes.ledger, ({ tx, by, query }) => ledgerPage(engine, tx, by, query))
  serve(routes.cases, ({ tx, by, query }) => casePage(engine, tx, by, query))
  serve(routes.queues, async ({ tx, by }) => {
    const items: Queue[] = []
    for (const [id, queue] of queuesOf(by)) {
      const more = queueCondition(id, by)
      const count = await countLedger(tx, { more }, sightOf(by), by.at, QUEUE_COUNTED_TO)
      const red =
        count === 0 ? 0 : await countLedger(tx, { more, light: ['red'] }, sightOf(by), by.at, QUEUE_COUNTED_TO)
      items.push({ id, label: queue.label, count, red })
    }
    const others = await obligationQueues(tx, by)
    return { items: [...withRedList(items, others), ...(await furtherQueues(tx, by)), ...others] }
  })
  serveRaw(routes.ledgerWorkbook, async ({ tenant, by, query, reply }) => {
    const { rows, divisions } = await store.tx(
      tenant,
      async (tx) => ({ rows: await wholeLedger(tx, by, query, MOST_EXPORTED), divisions: await listDivisions(tx) }),
      { readOnly: true },
    )
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('台账.xlsx')}`)
    reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    return reply.send(
      await ledgerWorkbook(engine, await engine.calendarOf(tenant), '诉求办理台账', rows, divisions, by.at),
    )
  })
}

/** The red list (红灯清单): overdue cases, missed periods and late targets as one list, for whoever has a queue of overdue cases. */
function withRedList(queues: readonly Queue[], others: readonly Queue[]): readonly Queue[] {
  const overdue = queues.find(({ id }) => id === 'overdue')
  if (overdue === undefined || others.length === 0) return queues
  const red = overdue.count + others.reduce((sum, queue) => sum + queue.red, 0)
  return [...queues, { id: 'redList', label: '红灯清单', count: red, red, to: '/w/c?light=red&sort=due' }]
}
