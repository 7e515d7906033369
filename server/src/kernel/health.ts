import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Store } from './store.ts'

/** Health (健康检查) and Prometheus metrics. `live`: the process runs; `ready`: the database answers and no row fell outside the partitions. */
export function healthRoutes(
  http: FastifyInstance,
  store: Store,
  /** What lies in the outboxes of all tenants (待发箱). */
  outbox: () => Promise<readonly { readonly kind: string; readonly state: string; readonly count: number }[]>,
): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const seconds = new Histogram({
    name: 'banjie_request_seconds',
    help: 'Request duration',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
  })
  new Gauge({
    name: 'banjie_database_connections',
    help: 'Database connections',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(store.load())) this.set({ state }, count)
    },
  })
  new Gauge({
    name: 'banjie_outbox',
    help: 'Messages in the outbox',
    labelNames: ['kind', 'state'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { kind, state, count } of await outbox()) this.inc({ kind, state }, count)
    },
  })
  http.addHook('onResponse', (request, reply, done) => {
    seconds.observe(
      { method: request.method, route: request.routeOptions.url ?? 'none', status: reply.statusCode },
      reply.elapsedTime / 1000,
    )
    done()
  })
  const hidden = { schema: { hide: true } }
  http.get('/health/live', hidden, () => ({ status: 'ok' }))
  http.get('/health/ready', hidden, async (_, reply) => {
    const [state] = await store.reference<{ strayEvents: boolean; strayAudits: boolean }>(sql`
      select pg_relation_size('case_event_default') > 0 as stray_events, pg_relation_size('audit_default') > 0 as stray_audits`)
    const ready = state?.strayEvents === false && state.strayAudits === false
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'partition missing' })
  })
  http.get('/metrics', hidden, async (_, reply) => reply.type(registry.contentType).send(await registry.metrics()))
}
