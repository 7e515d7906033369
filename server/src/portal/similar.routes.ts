import type { CaseId, PublicSimilar } from '@banjie/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { screen } from '#case'
import type { Actor } from '#kernel/actor'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import type { Store, Tx } from '#kernel/store'
import type { Tenant } from '#org'
import { type Form, readForm, refuseStale, tokenOf } from './form.ts'
import type { Html } from './html.ts'
import type { Values } from './page.ts'
import { samePage, similarPage } from './similar-page.ts'

type Items = z.input<typeof PublicSimilar>['items']
interface Typed {
  readonly content: string
  readonly location?: { address?: string | undefined } | undefined
}

/** Counts a person who meets the same (我也遇到). @throws Fault that says why not */
export type JoinIn = (
  tx: Tx,
  request: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  input: { readonly number: string; readonly contact?: { phone?: string | undefined } | undefined },
  by: Actor,
) => Promise<{ readonly count: number; readonly detail: string }>

/** What is known of similar reports near by, and how to join one (类似情况). */
export interface Neighbours {
  find(tx: Tx, tenant: Tenant, typed: Typed, by: Actor): Promise<Items>
  /** The case that a token speaks of. @throws Fault 'similar.token' */
  open(tenant: Tenant, token: string): CaseId
  numberOf(tx: Tx, id: CaseId): Promise<string>
  /** Absent: the page offers only to go on. */
  readonly joinIn?: JoinIn | undefined
}

export interface SimilarParts {
  readonly store: Store
  readonly clock: Clock
  readonly neighbours: Neighbours | undefined
  readonly enter: (request: FastifyRequest) => Promise<{ tenant: Tenant; by: Actor }>
  readonly show: (
    request: FastifyRequest,
    reply: FastifyReply,
    tenant: Tenant,
    title: string,
    content: Html,
  ) => FastifyReply
}

/** The page that asks “is it this?”, or nothing where there is no likely one, it was asked before, or somebody is in danger. */
export async function askIfSame(
  { store, clock, neighbours }: Pick<SimilarParts, 'store' | 'clock' | 'neighbours'>,
  { tenant, by }: { tenant: Tenant; by: Actor },
  typed: Typed,
  values: Values,
): Promise<Html | undefined> {
  if (neighbours === undefined || values['alone'] === '1' || screen(typed.content).length > 0) return undefined
  const items = await store.tx(tenant.id, (tx) => neighbours.find(tx, tenant, typed, by), { readOnly: true })
  if (items.length === 0) return undefined
  return similarPage(items, { values, token: tokenOf(tenant, clock), joins: neighbours.joinIn !== undefined })
}

/** “Yes, I meet it too”: counted without another report; a refusal keeps what was typed. */
export function sameRoutes(http: FastifyInstance, { store, clock, neighbours, enter, show }: SimilarParts): void {
  const limited = { schema: { hide: true }, config: { rateLimit: { max: 20, timeWindow: '1 minute' } } }
  http.post('/r/same', limited, async (request, reply) => {
    const { tenant, by } = await enter(request)
    const join = neighbours?.joinIn
    if (neighbours === undefined || join === undefined) throw new Fault('request.not_found')
    const form: Form = { values: {}, files: [] }
    await readForm(request, form)
    if (form.values['website']) throw new Fault('request.too_many', { seconds: 60 })
    refuseStale(tenant, clock, form.values['token'])
    const id = neighbours.open(tenant, form.values['same'] ?? '')
    const again = { values: form.values, token: tokenOf(tenant, clock) }
    try {
      const joined = await store.tx(tenant.id, async (tx) =>
        join(
          tx,
          { request, reply },
          { number: await neighbours.numberOf(tx, id), contact: contactIn(form.values) },
          by,
        ),
      )
      return show(request, reply, tenant, '已算上您', samePage(joined, again))
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      return show(request, reply.code(error.status), tenant, '请看这里', samePage({ detail: error.message }, again))
    }
  })
}

/** Whoever asked for confidence is counted and not called. */
const contactIn = ({ phone, confidential }: Values) => {
  const tidy = phone?.replaceAll(/[\s()（）-]/g, '') ?? ''
  return /^\+?\d{5,15}$/.test(tidy) && confidential !== '1' ? { phone: tidy } : undefined
}
