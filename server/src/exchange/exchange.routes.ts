import { routes } from '@banjie/contract'
import type { Engine } from '#case'
import { Fault } from '#kernel/fault'
import type { Server } from '#kernel/http'
import type { Store } from '#kernel/store'
import { takeOrder } from './order.ts'
import { profileOf, profilesOf, setProfile } from './profile.ts'
import { acknowledge, readyReturns, returns, returnView } from './return.ts'
import { returnWorkbook } from './return-workbook.ts'

const CITY = '市12345'
const MOST_IN_FILE = 5000

/** The city's hotline (市12345): its orders in, their results back in the city's columns. */
export function exchangeRoutes({ serve, serveRaw }: Server, engine: Engine, store: Store): void {
  serve(routes.takeCityOrder, ({ tx, by, body }) => takeOrder(engine, tx, body, by))
  serve(routes.cityReturns, ({ tx, by, query }) => returns(engine, tx, query, by))
  serve(routes.acknowledgeReturns, ({ tx, by, body }) => acknowledge(tx, body, by))
  serve(routes.returnProfile, ({ tx, query }) => profileOf(tx, query.body ?? CITY))
  serve(routes.setReturnProfile, ({ tx, by, body }) => setProfile(tx, body, by))
  serveRaw(routes.cityReturnsWorkbook, async ({ tenant, by, query, request, reply }) => {
    const { upTo, cursor: _, ...filter } = query
    const bounded = { ...filter, ...(upTo !== undefined && { upTo: Number(upTo) }) }
    const { rows, profiles } = await store.tx(
      tenant,
      async (tx) => {
        const found = await readyReturns(tx, bounded, MOST_IN_FILE + 1, by)
        const bodies = [...new Set(found.map(({ superior }) => superior.body))]
        return { rows: found, profiles: await profilesOf(tx, bodies.length > 0 ? bodies : [filter.body ?? CITY]) }
      },
      { readOnly: true },
    )
    if (rows.length > MOST_IN_FILE) throw new Fault('export.too_many', { max: MOST_IN_FILE })
    const views = rows.map((row) => returnView(engine, row))
    const book = await returnWorkbook(views, profiles, `${request.protocol}://${request.host}`)
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('回传上级.xlsx')}`)
    return reply.type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet').send(book)
  })
}
