import type { FastifyInstance } from 'fastify'
import type { Clock } from '#kernel/clock'
import type { Store } from '#kernel/store'
import { getPublic, lookUp, vote } from '#knowledge'
import type { Door } from './door.ts'
import { refuseStale, tokenOf } from './form.ts'
import { knowledgeEntryPage, knowledgePage } from './knowledge-page.ts'
import type { Values } from './page.ts'

export interface KnowledgeParts extends Door {
  readonly store: Store
  readonly clock: Clock
}

const SHOWN = 20
const asked = (q: string | undefined) => {
  const tidy = q?.trim().slice(0, 200)
  return tidy === undefined || tidy === '' ? undefined : tidy
}

/** The public side of the knowledge base (查办法): looked up before anybody files, in pages that need no script. */
export function knowledgePages(http: FastifyInstance, { store, clock, enter, show }: KnowledgeParts): void {
  const hidden = { schema: { hide: true } }
  http.get<{ Querystring: Values }>('/k', hidden, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const q = asked(request.query['q'])
    const entries = await store.tx(
      tenant.id,
      (tx) => lookUp(tx, { ...(q !== undefined && { q }), limit: SHOWN }, by, true),
      { readOnly: true },
    )
    return show(request, reply, tenant, '查办法', knowledgePage(entries, { q }))
  })
  http.get<{ Params: { id: string }; Querystring: Values }>('/k/:id', hidden, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const entry = await store.tx(tenant.id, (tx) => getPublic(tx, request.params.id, by), { readOnly: true })
    const side = {
      token: tokenOf(tenant, clock),
      said: request.query['said'] === '1',
      q: asked(request.query['q']),
    }
    return show(request, reply, tenant, entry.title, knowledgeEntryPage(entry, side))
  })
  http.post<{ Params: { id: string }; Body: Values }>(
    '/k/:id/votes',
    { ...hidden, config: { rateLimit: { max: 20, timeWindow: '1 minute' } } },
    async (request, reply) => {
      const { tenant, by } = await enter(request)
      refuseStale(tenant, clock, request.body?.['token'])
      const device = { secret: tenant.secret, address: request.ip, agent: String(request.headers['user-agent'] ?? '') }
      const { id } = request.params
      await store.tx(tenant.id, (tx) => vote(tx, id, request.body?.['useful'] === '1', device, by))
      const q = asked(request.body?.['q'])
      return reply.redirect(
        `/k/${encodeURIComponent(id)}?said=1${q === undefined ? '' : `&q=${encodeURIComponent(q)}`}`,
        303,
      )
    },
  )
}
