import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AppealDesk } from '#appeal'
import type { Engine } from '#case'
import { type Actor, citizen } from '#kernel/actor'
import type { Clock } from '#kernel/clock'
import { Fault } from '#kernel/fault'
import { faultBehind } from '#kernel/http'
import type { Store, Tx } from '#kernel/store'
import type { Tenant, TenantDirectory } from '#org'
import { type Answer, type Format, MEDIA_TYPE, refusal, written } from './answer.ts'
import { discovery } from './discovery.ts'
import { fileRequest } from './filing.ts'
import type { Doorkeeper, Holder } from './key.ts'
import { getOffer, offers, serviceDefinition, serviceList } from './offer.ts'
import { postUpdate, updateList } from './progress.ts'
import { readQuery } from './query.ts'
import { oneRequest, requestList, tokenAnswer } from './service-request.ts'

export interface GeoReportParts {
  readonly engine: Engine
  readonly store: Store
  readonly desk: AppealDesk
  readonly clock: Clock
  readonly directory: TenantDirectory
  readonly doorkeeper: Doorkeeper
}

/** What a resource gets: who asks, for which district, with what. */
interface Call {
  readonly tx: Tx
  readonly tenant: Tenant
  readonly holder: Holder | undefined
  readonly by: Actor
  readonly request: FastifyRequest
  readonly id: string
  readonly form: Readonly<Record<string, unknown>>
}
interface Resource {
  readonly method: 'GET' | 'POST'
  readonly path: RegExp
  readonly answer: (call: Call, parts: GeoReportParts) => Promise<Answer>
}

/** The resources of GeoReport v2, of its discovery and of the extension for updates. */
const RESOURCES: readonly Resource[] = [
  { method: 'GET', path: /^services$/, answer: async ({ tx }) => serviceList(await offers(tx)) },
  { method: 'GET', path: /^services\/(.+)$/, answer: async ({ tx, id }) => serviceDefinition(await getOffer(tx, id)) },
  {
    method: 'GET',
    path: /^requests$/,
    answer: ({ tx, request, holder, by }, { engine }) =>
      requestList(engine, tx, readQuery(request.query), { holder, at: by.at }),
  },
  {
    method: 'GET',
    path: /^requests\/(.+)$/,
    answer: ({ tx, id, holder, by }, { engine }) => oneRequest(engine, tx, id, { holder, at: by.at }),
  },
  {
    method: 'POST',
    path: /^requests$/,
    answer: ({ tx, form, holder, by }, { engine, doorkeeper }) =>
      fileRequest(engine, tx, form, { holder: doorkeeper.require(holder, 'file'), by }),
  },
  {
    method: 'GET',
    path: /^tokens\/(.+)$/,
    answer: ({ tx, id, holder, by }) => tokenAnswer(tx, id, { holder, at: by.at }),
  },
  {
    method: 'GET',
    path: /^servicerequestupdates$/,
    answer: ({ tx, request, holder, by }, { engine }) =>
      updateList(engine, tx, readQuery(request.query), { holder, at: by.at }),
  },
  {
    method: 'POST',
    path: /^servicerequestupdates$/,
    answer: ({ tx, form, holder, by, tenant, request }, { desk, clock, doorkeeper }) =>
      postUpdate(tx, form, {
        ...{ holder: doorkeeper.require(holder, 'update'), by, desk, secret: tenant.secret },
        ...{ address: request.ip, real: clock.real() },
      }),
  },
]

const HIDDEN = { schema: { hide: true } } as const
const READS = { config: { rateLimit: { max: 120, timeWindow: '1 minute' } } } as const
const WRITES = { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } } as const

/** Open311 GeoReport v2 (开放接口) under /open311/: foreign clients read services, file requests and follow them. */
export async function geoReport(house: FastifyInstance, parts: GeoReportParts): Promise<void> {
  // biome-ignore lint/nursery/noMisusedPromises: Fastify awaits its plugins
  await house.register(async (http) => {
    http.setErrorHandler((error, request, reply) => {
      const fault = faultBehind(error, request.id)
      if (fault.status >= 500) request.log.error({ err: error, requestId: request.id }, 'open311 failed')
      if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', fault.retryAfterSeconds)
      const { status, answer } = refusal(fault)
      return send(reply.code(status), answer, formatOf(request.url) ?? 'json')
    })
    const serve = (request: FastifyRequest<{ Params: { '*': string } }>, reply: FastifyReply) =>
      handle(parts, request, reply)
    http.get<{ Params: { '*': string } }>('/open311/v2/*', { ...HIDDEN, ...READS }, serve)
    http.post<{ Params: { '*': string } }>('/open311/v2/*', { ...HIDDEN, ...WRITES }, serve)
    for (const format of ['json', 'xml'] as const)
      http.get(`/open311/discovery.${format}`, HIDDEN, async (request, reply) =>
        send(reply, discovery(await parts.directory.ofHost(request.hostname), originOf(request)), format),
      )
  })
}

async function handle(
  parts: GeoReportParts,
  request: FastifyRequest<{ Params: { '*': string } }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { store, clock, directory, doorkeeper } = parts
  const tenant = await directory.ofHost(request.hostname)
  const format = formatOf(request.url)
  const path = request.params['*'].replace(/\.(json|xml)$/i, '')
  if (format === undefined) throw new Fault('open311.format')
  if (path === 'discovery') return send(reply, discovery(tenant, originOf(request)), format)
  const resource = RESOURCES.find((one) => one.method === request.method && one.path.test(path))
  if (resource === undefined) throw new Fault('open311.format')
  const form = formOf(request.body)
  const said = (name: string) => textOf(form[name]) ?? textOf((request.query as Record<string, unknown>)[name])
  checkJurisdiction(said('jurisdiction_id'), tenant, (await directory.all()).length)
  const by = citizen(clock.now(), request.id)
  const from = { address: request.ip, real: clock.real() }
  const answer = await store.tx(
    tenant.id,
    async (tx) => {
      const holder = await doorkeeper.find(tx, said('api_key'), from)
      const id = resource.path.exec(path)?.[1] ?? ''
      return resource.answer({ tx, tenant, holder, by, request, id, form }, parts)
    },
    { readOnly: resource.method === 'GET' },
  )
  return send(reply, answer, format)
}

const send = (reply: FastifyReply, answer: Answer, format: Format) =>
  reply.type(MEDIA_TYPE[format]).send(written(answer, format))

const formatOf = (url: string): Format | undefined =>
  /\.(json|xml)$/i.exec(url.split('?')[0] ?? '')?.[1]?.toLowerCase() as Format | undefined
const textOf = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)
const formOf = (body: unknown): Readonly<Record<string, unknown>> =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? { ...body } : {}
const originOf = (request: FastifyRequest) => `${request.protocol}://${request.host}`

/**
 * One address may serve one district only; who names another has the wrong address.
 * @throws Fault 'open311.jurisdiction_missing' where there are several districts | 'open311.jurisdiction_unknown'
 */
function checkJurisdiction(given: string | undefined, tenant: Tenant, districts: number): void {
  if (given === undefined) {
    if (districts > 1) throw new Fault('open311.jurisdiction_missing', { id: tenant.slug })
    return
  }
  if (![tenant.slug, tenant.divisionCode, tenant.host].includes(given))
    throw new Fault('open311.jurisdiction_unknown', { given, id: tenant.slug })
}
