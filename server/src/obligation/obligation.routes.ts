import { routes } from '@banjie/contract'
import type { CalendarBook } from '#calendar'
import type { Server } from '#kernel/http'
import { clear } from './clear.ts'
import { explain, getObligation } from './explain.ts'
import { obligationView } from './view.ts'

/** What is owed beside cases (周期责任与目标任务): read, explained, cleared. */
export function obligationRoutes({ serve }: Server, book: CalendarBook): void {
  serve(routes.obligation, async ({ tx, by, params }) =>
    obligationView(await getObligation(tx, params.id, by), await book.of(tx.tenant, null), by),
  )
  serve(routes.explainObligation, async ({ tx, by, params, body }) => {
    await explain(tx, params.id, body.text, by)
    return obligationView(await getObligation(tx, params.id, by), await book.of(tx.tenant, null), by)
  })
  serve(routes.clearObligation, async ({ tx, by, params, body }) => {
    await clear(tx, params.id, body.note, by)
    return obligationView(await getObligation(tx, params.id, by), await book.of(tx.tenant, null), by)
  })
}
