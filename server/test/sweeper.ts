import type { CaseId, TenantId } from '@banjie/contract'
import { sql } from 'kysely'
import type pg from 'pg'
import { calendarBook } from '../src/calendar/index.ts'
import { createEngine, type Engine, sweep } from '../src/case/index.ts'
import { system } from '../src/kernel/actor.ts'
import { manualClock } from '../src/kernel/clock.ts'
import { Fault } from '../src/kernel/fault.ts'
import { createLog } from '../src/kernel/log.ts'
import { openStore, type Store } from '../src/kernel/store.ts'
import { CASE_TYPES } from '../src/wiring.ts'

/** What a sweeping process is told. */
export interface Order {
  readonly name: string
  readonly connection: pg.ClientConfig
  readonly manner: keyof typeof MANNERS
  readonly now: string
  readonly batch: number
}

interface Alert {
  readonly caseId: CaseId
  readonly kind: string
  readonly at: Date
}
type Sweeping = (engine: Engine, store: Store, now: Date, batch: number) => Promise<number>

const TENANT = 1 as TenantId
/** Held by the test until all its processes are up. */
export const START_LOCK = 7_230_002

/** Acts of wrong sweeps, one case a transaction. A refused act is passed over, as a careless sweep would. */
async function actOnEach(engine: Engine, store: Store, alerts: readonly Alert[]): Promise<number> {
  for (const { caseId, kind, at } of alerts)
    await store
      .tx(TENANT, (tx) =>
        engine.act(tx, { caseId, action: kind === 'signIn' ? 'deemSigned' : 'escalate', input: {} }, system(at)),
      )
      .catch((error: unknown) => {
        if (!(error instanceof Fault)) throw error
      })
  return alerts.length
}

/** How to sweep: as the product does, and in two ways that a test must find out. */
export const MANNERS = {
  product: (engine, store, now, batch) => sweep(engine, store, TENANT, now, batch),
  /** Claims in a transaction of its own before it acts: what it had claimed when it was killed is lost. */
  claimFirst: async (engine, store, now, batch) =>
    actOnEach(
      engine,
      store,
      await store.tx(TENANT, (tx) =>
        tx.run<Alert>(sql`
          with due as (
            select tenant_id, id, next_alert_at as at from case_clock where tenant_id = ${TENANT} and next_alert_at <= ${now}
            order by next_alert_at limit ${batch} for update skip locked)
          update case_clock set next_alert_at = null from due where case_clock.tenant_id = due.tenant_id and case_clock.id = due.id
          returning case_id, kind, due.at`),
      ),
    ),
  /** Reads without a lock and does not look again: what two processes read is done twice. */
  noLock: async (engine, store, now, batch) =>
    actOnEach(
      engine,
      store,
      await store.tx(TENANT, (tx) =>
        tx.run<Alert>(sql`
          select case_id, kind, next_alert_at as at from case_clock where tenant_id = ${TENANT} and next_alert_at <= ${now}
          order by next_alert_at limit ${batch}`),
      ),
    ),
} as const satisfies Record<string, Sweeping>

/** Sweeps again and again until it is killed, as a server's job does. */
async function serve({ name, connection, manner, now, batch }: Order): Promise<never> {
  const store = openStore({ ...connection, application_name: name }, { poolSize: 2, log: createLog('warn') })
  const clock = manualClock(new Date(now))
  const engine = createEngine({ calendars: calendarBook(store, clock), types: CASE_TYPES, store })
  await store.tx(TENANT, (tx) => tx.run(sql`select pg_advisory_xact_lock_shared(${START_LOCK})`))
  for (;;) {
    await MANNERS[manner](engine, store, clock.now(), batch)
    await new Promise((done) => setTimeout(done, 50))
  }
}

const told = process.env['BANJIE_SWEEPER']
if (told !== undefined) await serve(JSON.parse(told) as Order)
