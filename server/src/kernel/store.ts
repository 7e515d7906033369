import type { TenantId } from '@banjie/contract'
import {
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type RawBuilder,
} from 'kysely'
import pg from 'pg'
import type { Log } from './log.ts'

/** A count fits a number; days stay text, for a day is not an instant. */
pg.types.setTypeParser(pg.types.builtins.INT8, Number)
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number)
pg.types.setTypeParser(pg.types.builtins.DATE, (day) => day)

/** Compiles SQL fragments; never connects. */
const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

/**
 * Tx: one tenant's transaction. Every verb takes it; only the edge opens it.
 */
export interface Tx {
  readonly tenant: TenantId
  /** Runs a composed statement; column names arrive in camel case. */
  run<Row>(statement: RawBuilder<unknown>): Promise<Row[]>
  /** Runs a hot statement as a named prepared one. `text` must be constant for `name`. */
  hot<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]>
  /** Runs after the commit, never after a rollback. */
  afterCommit(then: () => void): void
}

export interface Store {
  /** Opens a transaction of one tenant; retries it as a whole on serialization failures, deadlocks and lost connections. */
  tx<T>(tenant: TenantId, work: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>
  /**
   * Like `tx`, on connections of its own: short work that open transactions wait for (numbers, calendars). On the common pool it would queue
   * behind the very transactions that wait for it.
   */
  aside<T>(tenant: TenantId, work: (tx: Tx) => Promise<T>, options?: TxOptions): Promise<T>
  /** Reads reference and local session tables, which belong to no tenant; no transaction. */
  reference<Row>(statement: RawBuilder<unknown>): Promise<Row[]>
  /** Connections waiting and in use. */
  load(): { total: number; idle: number; waiting: number }
  close(): Promise<void>
}

export interface TxOptions {
  readonly readOnly?: boolean
  /** The work carries an idempotency key, so it may run again even if the commit's answer was lost. */
  readonly repeatable?: boolean
}

/** Lost connections, server shutting down, standby promoted, serialization failure, deadlock. */
const RETRYABLE = /^(08...|57P0[123]|25006|40001|40P01|ECONN\w+|EPIPE)$/
const LOST = /^(08...|57P0[123]|ECONN\w+|EPIPE)$/
const ATTEMPTS = 8
const FIRST_PAUSE_MS = 20
const LONGEST_PAUSE_MS = 500
const SIDE_CONNECTIONS = 2

const codeOf = (error: unknown): string => {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return /Connection terminated|timeout exceeded when trying to connect/.test(error.message) ? '08006' : ''
}
/** True for an error that says: try again, nothing is wrong with the request. */
export const isTransient = (error: unknown) => RETRYABLE.test(codeOf(error))

const pause = (attempt: number) =>
  new Promise((resolve) =>
    setTimeout(resolve, Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + Math.random() / 2)),
  )

const camels = new Map<string, string>()
const camel = (name: string) => {
  let known = camels.get(name)
  if (known === undefined) {
    known = name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
    camels.set(name, known)
  }
  return known
}
const toCamel = <Row>(rows: Record<string, unknown>[]): Row[] =>
  rows.map((row) => {
    const renamed: Record<string, unknown> = {}
    for (const name in row) renamed[camel(name)] = row[name]
    return renamed as Row
  })

const compile = (statement: RawBuilder<unknown>): CompiledQuery => statement.compile(compiler)

/** A connection that answers to one tenant until its transaction ends. */
class PgTx implements Tx {
  readonly tenant: TenantId
  readonly after: (() => void)[] = []
  readonly #client: pg.PoolClient

  constructor(tenant: TenantId, client: pg.PoolClient) {
    this.tenant = tenant
    this.#client = client
  }
  async run<Row>(statement: RawBuilder<unknown>): Promise<Row[]> {
    const { sql, parameters } = compile(statement)
    return toCamel((await this.#client.query(sql, [...parameters])).rows)
  }
  async hot<Row>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    return toCamel((await this.#client.query({ name, text, values: [...values] })).rows)
  }
  afterCommit(then: () => void) {
    this.after.push(then)
  }
}

/** The role the app works as: not the owner, no BYPASSRLS. */
const APP_ROLE = '-c role=banjie_app -c search_path=public'

/** Opens the pool. @param connection the owner's connection; the pool works as `banjie_app`. */
export function openStore(
  connection: pg.ClientConfig,
  options: { readonly poolSize: number; readonly log: Log },
): Store {
  let closing = false
  const makePool = (max: number) => {
    const pool = new pg.Pool({
      ...connection,
      max,
      options: APP_ROLE,
      connectionTimeoutMillis: 15_000,
      idleTimeoutMillis: 60_000,
    })
    // An idle connection may die with the server; the pool drops it and the next transaction opens another.
    pool.on('error', (error) => closing || options.log.warn({ err: error }, 'idle database connection lost'))
    return pool
  }
  const common = makePool(options.poolSize)
  const side = makePool(SIDE_CONNECTIONS)

  async function once<T>(
    pool: pg.Pool,
    tenant: TenantId,
    work: (tx: Tx) => Promise<T>,
    { readOnly = false }: TxOptions,
    state: { committing: boolean },
  ): Promise<T> {
    const client = await pool.connect()
    let broken: Error | undefined
    const lost = (error: Error) => {
      broken = error
    }
    client.on('error', lost)
    try {
      // One message: the round trip costs more than the two statements. The tenant is a branded integer, not text from outside.
      await client.query(`begin${readOnly ? ' read only' : ''}; set local app.tenant = ${Number(tenant)}`)
      const tx = new PgTx(tenant, client)
      const result = await work(tx)
      state.committing = true
      await client.query('commit')
      for (const then of tx.after) then()
      return result
    } catch (error) {
      if (LOST.test(codeOf(error))) broken = error as Error
      else await client.query('rollback').catch(lost)
      throw error
    } finally {
      client.off('error', lost)
      client.release(broken)
    }
  }

  async function retried<T>(
    pool: pg.Pool,
    tenant: TenantId,
    work: (tx: Tx) => Promise<T>,
    txOptions: TxOptions,
  ): Promise<T> {
    for (let attempt = 0; ; attempt++) {
      const state = { committing: false }
      try {
        return await once(pool, tenant, work, txOptions, state)
      } catch (error) {
        // If the connection died during the commit nobody knows whether it happened: only keyed or read-only work may run again.
        const unsure = state.committing && LOST.test(codeOf(error)) && !txOptions.repeatable && !txOptions.readOnly
        if (unsure || attempt >= ATTEMPTS || !isTransient(error)) throw error
        await pause(attempt)
      }
    }
  }

  return {
    tx: (tenant, work, txOptions = {}) => retried(common, tenant, work, txOptions),
    aside: (tenant, work, txOptions = {}) => retried(side, tenant, work, txOptions),
    async reference<Row>(statement: RawBuilder<unknown>) {
      const { sql, parameters } = compile(statement)
      for (let attempt = 0; ; attempt++) {
        try {
          return toCamel<Row>((await side.query(sql, [...parameters])).rows)
        } catch (error) {
          if (attempt >= ATTEMPTS || !isTransient(error)) throw error
          await pause(attempt)
        }
      }
    },
    load: () => ({ total: common.totalCount, idle: common.idleCount, waiting: common.waitingCount }),
    async close() {
      closing = true
      await Promise.all([common.end(), side.end()])
    },
  }
}
