import { NewMeToo, type PublicSimilar } from '@banjie/contract'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { screen } from '#case'
import type { Actor } from '#kernel/actor'
import type { BlobStore } from '#kernel/blob'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import { parse } from '#kernel/http'
import type { Store, Tx } from '#kernel/store'
import { likelyAnswers } from '#knowledge'
import type { NoticeDesk } from '#notice'
import type { Tenant } from '#org'
import type { Door } from './door.ts'
import { type Form, faultsOf, keepPhotos, readForm, refuseStale, storePhotos, tokenOf } from './form.ts'
import type { Html } from './html.ts'
import { NEAR_SCRIPT } from './near-script.ts'
import { reportPage, type Values } from './page.ts'
import { isNothing, type Near, nearPiece, samePage, similarPage } from './similar-page.ts'

type Items = z.input<typeof PublicSimilar>['items']
interface Typed {
  readonly content: string
  readonly location?: { address?: string | undefined } | undefined
}

/** What is known of similar reports near by (类似情况). */
export interface Neighbours {
  find(tx: Tx, tenant: Tenant, typed: Typed, by: Actor): Promise<Items>
  /** The number of the case that a token speaks of. @throws Fault 'similar.token' */
  numberOf(tx: Tx, tenant: Tenant, token: string): Promise<string>
}

export interface SimilarParts extends Door {
  readonly store: Store
  readonly clock: Clock
  readonly blobs: BlobStore
  readonly notices: NoticeDesk
  readonly neighbours: Neighbours
}

/** The page that asks “is it this?”, or nothing where there is no likely one, it was asked before, or somebody is in danger. */
export async function askIfSame(
  { store, clock, neighbours }: Pick<SimilarParts, 'store' | 'clock' | 'neighbours'>,
  { tenant, by }: { tenant: Tenant; by: Actor },
  typed: Typed,
  values: Values,
): Promise<Html | undefined> {
  if (values['alone'] === '1' || screen(typed.content).length > 0) return undefined
  const near = await store.tx(tenant.id, (tx) => nearTo(tx, neighbours, { tenant, by }, typed), { readOnly: true })
  return isNothing(near) ? undefined : similarPage(near, { values, token: tokenOf(tenant, clock) })
}

const KNOWN = 3
/** Reports of others and entries of the knowledge base, found together. */
async function nearTo(
  tx: Tx,
  neighbours: Neighbours,
  { tenant, by }: { tenant: Tenant; by: Actor },
  typed: Typed,
): Promise<Near> {
  const entries = await likelyAnswers(tx, typed.content, by, KNOWN)
  return { entries, items: await neighbours.find(tx, tenant, typed, by) }
}

/** Similar ones while somebody types, and “yes, I meet it too”: counted without another report. */
export function similarPages(http: FastifyInstance, parts: SimilarParts): void {
  whileTyping(http, parts)
  same(http, parts)
}

const LEAST_CHARACTERS = 8
const MOST_CHARACTERS = 5000

function whileTyping(http: FastifyInstance, { store, neighbours, enter }: SimilarParts): void {
  http.get('/near.js', { schema: { hide: true } }, (_, reply) =>
    reply.type('text/javascript; charset=utf-8').header('cache-control', 'public, max-age=3600').send(NEAR_SCRIPT),
  )
  const limited = { schema: { hide: true }, config: { rateLimit: { max: 60, timeWindow: '1 minute' } } }
  http.post<{ Body: Values | undefined }>('/r/near', limited, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const content = request.body?.['content']?.trim().slice(0, MOST_CHARACTERS) ?? ''
    const address = request.body?.['address']?.trim().slice(0, 200) ?? ''
    // Whoever is in danger is not kept with what others wrote; a proposal is nobody else's report.
    const isReport = ['', 'appeal'].includes(request.body?.['kind'] ?? '')
    const asks = isReport && [...content].length >= LEAST_CHARACTERS && screen(content).length === 0
    const typed = { content, ...(address !== '' && { location: { address } }) }
    const near = asks
      ? await store.tx(tenant.id, (tx) => nearTo(tx, neighbours, { tenant, by }, typed), { readOnly: true })
      : { items: [], entries: [] }
    return reply.type('text/html; charset=utf-8').send(nearPiece(near).text)
  })
}

/** A refusal keeps what was typed; a telephone number that is none goes back to its field. */
function same(http: FastifyInstance, { store, clock, blobs, notices, neighbours, enter, show }: SimilarParts): void {
  const limited = { schema: { hide: true }, config: { rateLimit: { max: 20, timeWindow: '1 minute' } } }
  http.post('/r/same', limited, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const form: Form = { values: {}, files: [] }
    await readForm(request, form)
    if (form.values['website']) throw new Fault('request.too_many', { seconds: 60 })
    refuseStale(tenant, clock, form.values['token'])
    const photos = await keepPhotos(blobs, form)
    const values: Values = { ...form.values, photoIds: photos.ids.join(',') }
    const again = { values, token: tokenOf(tenant, clock) }
    await store.tx(tenant.id, (tx) => storePhotos(tx, photos, by.at))
    try {
      const { contact } = parse(NewMeToo, contactIn(values))
      const joined = await store.tx(tenant.id, async (tx) => {
        const number = await neighbours.numberOf(tx, tenant, values['same'] ?? '')
        return notices.joinIn(tx, { request, reply }, { number, contact }, by)
      })
      return show(
        request,
        reply,
        tenant,
        '已算上您',
        samePage({ ...joined, follows: contact?.phone !== undefined }, again),
      )
    } catch (error) {
      if (!(error instanceof Fault) || error.code === 'similar.token') throw error
      reply.code(error.status)
      const faults = faultsOf(error)
      return faults.some(({ field }) => field === 'phone')
        ? show(request, reply, tenant, '我要反映', reportPage(values, faults, again.token))
        : show(
            request,
            reply,
            tenant,
            '请看这里',
            samePage({ counted: false, follows: false, detail: error.message }, again),
          )
    }
  })
}

/** Whoever asked for confidence is counted and not called. */
const contactIn = ({ phone, confidential }: Values) => (phone && confidential !== '1' ? { contact: { phone } } : {})
