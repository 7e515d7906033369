import { idsOf, OBLIGED_TRADE, ObligedBodyId, ORGANISATION_KIND } from '@banjie/contract'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import qrcode from 'qrcode'
import { countVisit, linkedItem, type MediaSubjects, noticesInForce, publicDisclosures } from '#disclosure'
import { Fault } from '#kernel/fault'
import type { Store } from '#kernel/store'
import { dayOf } from '#org'
import { disclosurePage, disclosuresPage, mediaPage, noticesPage, withdrawnMediaPage } from './disclosure-page.ts'
import type { Door } from './door.ts'

const hidden = { schema: { hide: true } }
type Query = Record<string, string | undefined>
/** A word of a dictionary, or nothing: an address that somebody has changed by hand shows everything. */
const among = <T extends string>(ids: readonly T[], word: string | undefined) => ids.find((id) => id === word)
const MOST_LETTERS = 60

/** The public pages of disclosures and of notices to kinds of organisations. */
export function disclosurePages(http: FastifyInstance, { read }: Pick<Door, 'read'>): void {
  http.get<{ Querystring: Query }>('/open/disclosures', hidden, (request, reply) =>
    read(request, reply, async (tx, now) => {
      const { q, trade } = request.query as Query
      const wanted = { q: q?.trim().slice(0, MOST_LETTERS), trade: among(idsOf(OBLIGED_TRADE), trade) }
      const bodies = await publicDisclosures(tx, wanted, dayOf(now))
      return ['公用企业与服务行业公开', disclosuresPage(bodies, wanted)]
    }),
  )
  http.get<{ Params: { id: string } }>('/open/disclosures/:id', hidden, (request, reply) =>
    read(request, reply, async (tx, now) => {
      const id = ObligedBodyId.safeParse((request.params as { id: string }).id)
      const [body] = id.success ? await publicDisclosures(tx, { id: id.data }, dayOf(now)) : []
      if (body === undefined) throw new Fault('disclosure.not_found')
      return [body.name, disclosurePage(body)]
    }),
  )
  http.get<{ Querystring: Query }>('/open/notices', hidden, (request, reply) =>
    read(request, reply, async (tx, now) => {
      const audience = among(idsOf(ORGANISATION_KIND), (request.query as Query)['audience'])
      return ['告知书与倡议书', noticesPage(await noticesInForce(tx, audience, dayOf(now)), audience)]
    }),
  )
}

interface MediaPageParts extends Door {
  readonly subjects: MediaSubjects
  readonly store: Store
}

const GONE = 410
/**
 * Short links of items for the media (短链接): the page, whose visits are counted, and its QR code. What is no longer public is not told of here
 * either, whatever was printed of it.
 */
export function mediaPages(http: FastifyInstance, { store, subjects, enter, show }: MediaPageParts): void {
  http.get<{ Params: { code: string } }>('/m/:code', { ...hidden, exposeHeadRoute: false }, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const { item, subject } = await store.tx(tenant.id, async (tx) => {
      const item = await linkedItem(tx, request.params.code)
      await countVisit(tx, item, visitorOf(request), by)
      return { item, subject: await subjects.find(tx, item, by.at) }
    })
    reply.header('cache-control', 'no-store').header('x-robots-tag', 'noindex')
    if (subject === undefined) return show(request, reply.code(GONE), tenant, '已撤下', withdrawnMediaPage(item))
    return show(request, reply, tenant, item.title, mediaPage(item))
  })
  http.get<{ Params: { code: string } }>('/m/:code.svg', hidden, async (request, reply) => {
    const { tenant } = await enter(request)
    const { code } = await store.tx(tenant.id, (tx) => linkedItem(tx, request.params.code), { readOnly: true })
    const link = `${request.protocol}://${request.host}/m/${code}`
    const picture = await qrcode.toString(link, { type: 'svg', errorCorrectionLevel: 'M', margin: 2, width: 600 })
    return reply.type('image/svg+xml; charset=utf-8').send(picture)
  })
}

const visitorOf = ({ ip, headers }: FastifyRequest) => ({
  ...{ address: ip, agent: headers['user-agent'] ?? '' },
  prefetches: /prefetch|prerender/.test(`${headers['purpose'] ?? ''} ${headers['sec-purpose'] ?? ''}`),
})
