import { createHash, randomUUID } from 'node:crypto'
import { FAULT, type FaultCode, type Problem, type Route, sentenceOf, type TenantId } from '@banjie/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from './actor.ts'
import { Fault } from './fault.ts'
import { once } from './idempotency.ts'
import { isTransient, type Store, type Tx } from './store.ts'

z.config(z.locales.zhCN())

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined

/** What a route's handler gets: parsed input, the caller, and a transaction of the tenant. */
export interface Call<R extends Route> {
  readonly tx: Tx
  readonly by: Actor
  readonly params: Parsed<R['params']>
  readonly query: Parsed<R['query']>
  readonly body: Parsed<R['body']>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}
type Answer<R extends Route> = R['response'] extends z.ZodType ? z.input<R['response']> : unknown
/** `restore` completes a replayed answer with what may not be stored. */
export interface Serving<T> {
  readonly readOnly?: boolean
  readonly withhold?: (answer: T) => T
  readonly restore?: (tx: Tx, answer: T) => T
}

/** Finds tenant and caller of a request. @throws Fault 'tenant.unknown' */
export interface Gate {
  tenantOf(request: FastifyRequest): Promise<TenantId>
  actorOf(request: FastifyRequest, tenant: TenantId): Promise<Actor>
}

/** Serves routes of the contract. */
export type Serve = <R extends Route>(
  route: R,
  handler: (call: Call<R>) => Promise<Answer<R>>,
  serving?: Serving<Answer<R>>,
) => void
/** Serves a route that opens its transactions itself: uploads, downloads, long work. */
export type ServeRaw = <R extends Route>(
  route: R,
  handler: (call: Omit<Call<R>, 'tx'> & { tenant: TenantId }) => Promise<unknown>,
) => void

export interface Server {
  readonly serve: Serve
  readonly serveRaw: ServeRaw
}

/** Registers the contract's routes on `app`: parse, admit, one transaction, answer in the contract's shape. */
export function serverOn(app: FastifyInstance, store: Store, gate: Gate): Server {
  const register = (route: Route, handle: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>) =>
    app.route({
      ...{ method: route.method, url: route.path, schema: documented(route), handler: handle },
      ...(route.bodyMegabytes !== undefined && { bodyLimit: route.bodyMegabytes * 1024 * 1024 }),
      ...limitOf(route),
    })

  return {
    serve(route, handler, serving = {}) {
      const readOnly = serving.readOnly ?? route.method === 'GET'
      register(route, async (request, reply) => {
        const { tenant, by, ...input } = await admit(route, request, gate)
        const key = readOnly ? undefined : keyOf(request, by)
        const answer = await store.tx(
          tenant,
          async (tx) => {
            const run = async () => handler({ tx, by, ...input, request, reply })
            if (key === undefined) return run()
            let full: Answer<typeof route> | undefined
            const { value, replayed } = await once(tx, { ...key, at: by.at }, async () => {
              full = await run()
              return serving.withhold?.(full) ?? full
            })
            if (!replayed) return full ?? value
            reply.header('idempotent-replayed', 'true')
            return serving.restore?.(tx, value) ?? value
          },
          { readOnly, repeatable: key !== undefined },
        )
        return send(route, reply, answer)
      })
    },
    serveRaw(route, handler) {
      register(route, async (request, reply) => {
        const input = await admit(route, request, gate)
        const answer = await handler({ ...input, request, reply })
        return reply.sent || route.sends === 'binary' ? answer : send(route, reply, answer)
      })
    },
  }
}

async function admit<R extends Route>(route: R, request: FastifyRequest, gate: Gate) {
  const tenant = await gate.tenantOf(request)
  const by = await gate.actorOf(request, tenant)
  if (route.open === 'person' && by.personId === null) throw new Fault('session.required')
  const input = {
    params: parse(route.params, request.params, 'params'),
    query: parse(route.query, request.query, 'query'),
    body:
      route.accepts === 'multipart'
        ? undefined
        : parse(route.body, request.body ?? (route.body ? {} : undefined), 'body'),
  } as { params: Parsed<R['params']>; query: Parsed<R['query']>; body: Parsed<R['body']> }
  return { tenant, by, ...input }
}

function send(route: Route, reply: FastifyReply, answer: unknown) {
  reply.code(route.status)
  if (route.status === 204) return reply.send()
  // An answer that breaks the contract is a bug and must not leave the house.
  return reply.send(route.response === undefined ? answer : route.response.parse(answer))
}

/** Public writes are limited per address, so that one script cannot fill the intake office's morning. */
const limitOf = (route: Route) =>
  route.open === 'anyone' && route.method !== 'GET'
    ? { config: { rateLimit: { max: 60, timeWindow: '1 minute' } } }
    : {}

function documented(route: Route) {
  const { params, query, body, response, status, summary } = route
  return {
    summary,
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...(response && { response: { [status]: response } }),
    ...(route.accepts === 'multipart' && { consumes: ['multipart/form-data'] }),
  }
}

/** No form of ours nests half as deep; a shape that holds itself would be followed down until the stack is used up. */
const MOST_LEVELS = 40
function isDeeper(value: unknown, levels: number): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > levels) return true
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
  }
  return false
}

/** Parses untrusted input. @throws Fault with a place for every faulty field; a single known fault gives its own code. */
export function parse<S extends z.ZodType | undefined>(schema: S, value: unknown, where = ''): Parsed<S> {
  if (schema === undefined) return undefined as Parsed<S>
  if (isDeeper(value, MOST_LEVELS)) throw new Fault('request.too_deep', { max: MOST_LEVELS })
  const read = schema.safeParse(value)
  if (read.success) return read.data as Parsed<S>
  throw faultOf(read.error, where)
}

function faultOf(error: z.ZodError, where: string): Fault {
  const errors = error.issues.map((issue) => {
    const params = 'params' in issue && typeof issue.params === 'object' && issue.params !== null ? issue.params : {}
    const known = isFaultCode(issue.message) ? issue.message : undefined
    const path = issue.path.join('.') || where
    return known
      ? { path, code: known, detail: sentenceOf(known, { ...params, max: limitIn(issue, params) }) }
      : { path, code: `input.${issue.code}`, detail: `“${path}”${issue.message}` }
  })
  const [first] = errors
  const code = errors.length === 1 && first && isFaultCode(first.code) ? first.code : 'request.invalid'
  return Object.assign(
    new Fault(
      code,
      { count: errors.length, ...(first && code !== 'request.invalid' && { max: maxIn(error) }) },
      { errors },
    ),
  )
}

const limitIn = (issue: z.core.$ZodIssue, params: object) =>
  'max' in params ? params.max : 'maximum' in issue ? issue.maximum : ''
const maxIn = (error: z.ZodError) => {
  const issue = error.issues[0]
  return issue ? limitIn(issue, 'params' in issue && typeof issue.params === 'object' ? (issue.params ?? {}) : {}) : ''
}
const isFaultCode = (code: string): code is FaultCode => Object.hasOwn(FAULT, code)

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function keyOf(request: FastifyRequest, by: Actor) {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (typeof key !== 'string' || !UUID.test(key)) throw new Fault('idempotency.invalid')
  const fingerprint = createHash('sha256')
    .update(`${request.method} ${request.url} ${JSON.stringify(request.body ?? null)}`)
    .digest('hex')
  return { key: key.toLowerCase(), principal: by.account ?? 'public', fingerprint }
}

/** The fault behind an error of the framework, the database or a bug. */
export function faultBehind(error: unknown, requestId: string): Fault {
  if (error instanceof Fault) return error
  const { code, statusCode } = error as { code?: string; statusCode?: number }
  if (
    code === 'FST_ERR_CTP_INVALID_JSON_BODY' ||
    code === 'FST_ERR_CTP_EMPTY_JSON_BODY' ||
    error instanceof SyntaxError
  )
    return new Fault('request.malformed_json')
  if (code === 'FST_ERR_CTP_INVALID_CONTENT_LENGTH') return new Fault('request.malformed_json')
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return new Fault('request.media_type')
  if (code === 'FST_REQ_FILE_TOO_LARGE') return new Fault('file.too_large', { max: 10 })
  if (statusCode === 413) return new Fault('request.too_large')
  if (statusCode === 429) return new Fault('request.too_many', { seconds: 60 })
  if (statusCode === 503 || isTransient(error)) return new Fault('service.unavailable', { seconds: 5 })
  if (statusCode === 404) return new Fault('request.not_found')
  if (statusCode === 400) return new Fault('request.malformed_json')
  return new Fault('service.internal', { requestId })
}

const problemOf = (fault: Fault, requestId: string): Problem => ({
  type: `urn:banjie:fault:${fault.code}`,
  title: fault.code,
  status: fault.status,
  code: fault.code,
  detail: fault.message,
  requestId,
  ...fault.extra,
})

/** Errors leave as problem+json (RFC 9457); an unexpected one is logged once, here, with the request's id. */
export function problemsOn(app: FastifyInstance) {
  app.setErrorHandler((error, request, reply) => {
    const fault = faultBehind(error, request.id)
    if (fault.status >= 500) request.log.error({ err: error, requestId: request.id }, 'request failed')
    if (fault.retryAfterSeconds !== undefined) reply.header('retry-after', fault.retryAfterSeconds)
    return reply
      .code(fault.status)
      .type('application/problem+json; charset=utf-8')
      .send(JSON.stringify(problemOf(fault, request.id)))
  })
  app.setNotFoundHandler(() => {
    throw new Fault('request.not_found')
  })
}

export const newRequestId = () => randomUUID().slice(0, 8)
