import type { FastifyInstance } from 'fastify'
import type { Engine } from '#case'
import type { Actor } from '#kernel/actor'
import type { Store } from '#kernel/store'
import type { Tenant } from '#org'
import { type MeToo, publicList, publicLists } from '#problem'
import type { Door } from './door.ts'
import { listCsv, listRss } from './list-feed.ts'
import { publicListPage, publicListsPage } from './list-page.ts'

/** What the pages of lists need of the house. */
export interface ListPageParts extends Door {
  readonly store: Store
  readonly engine: Engine
  readonly meToo: MeToo
}

const hidden = { schema: { hide: true } }

/** The public ledger of problems and commitments (公开清单): a page, a table and a feed. */
export function listPages(http: FastifyInstance, { store, engine, meToo, enter, show }: ListPageParts): void {
  const read = (tenant: Tenant, by: Actor, id: string) =>
    store.tx(tenant.id, (tx) => publicList(tx, engine, { id, now: by.at }, meToo), { readOnly: true })

  http.get('/open/lists', hidden, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const lists = await store.tx(tenant.id, (tx) => publicLists(tx, by.at), { readOnly: true })
    return show(request, reply, tenant, '问题清单与承诺', publicListsPage(lists))
  })
  http.get<{ Params: { id: string } }>('/open/lists/:id', hidden, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const list = await read(tenant, by, request.params.id)
    return show(request, reply, tenant, list.title, publicListPage(list))
  })
  http.get<{ Params: { id: string } }>('/open/lists/:id.csv', hidden, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const list = await read(tenant, by, request.params.id)
    reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(`${list.title}.csv`)}`)
    return reply.type('text/csv; charset=utf-8').send(listCsv(list))
  })
  http.get<{ Params: { id: string } }>('/open/lists/:id.rss', hidden, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const list = await read(tenant, by, request.params.id)
    const origin = `${request.protocol}://${request.host}`
    return reply
      .type('application/rss+xml; charset=utf-8')
      .send(listRss(list, { origin, district: `${tenant.name}办结` }))
  })
}
