import type { TenantId } from '@banjie/contract'
import pg from 'pg'
import { calendarBook } from '../../server/src/calendar/index.ts'
import { createEngine, sweep } from '../../server/src/case/index.ts'
import { manualClock } from '../../server/src/kernel/clock.ts'
import { createLog } from '../../server/src/kernel/log.ts'
import { openStore } from '../../server/src/kernel/store.ts'
import { CASE_TYPES } from '../../server/src/wiring.ts'
import { house, NOW } from './house.ts'

const TENANT = 1 as TenantId
/** What the bare loop takes at a time. */
const BARE_BATCH = 500
const FILL_BATCH = 20_000
const TICK_MS = 1000
/** All clocks run out within these days before now. */
const SPREAD_DAYS = 30

/**
 * Arms `clocks` sign-in clocks on as many dispatched cases, all due, and lets the product's own sweep deem them signed; the base is a bare loop
 * that only ends the clocks of a copy of the same tables, half of it before the sweep and half after.
 * @returns fired per second relative to the base
 */
export async function sweepRatios(
  server: pg.ClientConfig,
  dataDir: string,
  clocks: number,
  tell: (line: string) => void,
): Promise<Record<string, number>> {
  const { app, connection } = await house(server, 'armed', dataDir)
  await app.close()
  const arming = performance.now()
  await withClient(connection, (client) => arm(client, clocks, bar(tell, 'armed', clocks)))
  const armed = clocks / seconds(arming)
  await withClient(server, (client) => client.query('create database bare template armed'))
  await withClient({ ...server, database: 'bare' }, (client) => client.query('vacuum analyze'))

  const half = await fireBare(server, Math.floor(clocks / 2), bar(tell, 'bare', clocks))
  const swept = await fire(connection, clocks, bar(tell, 'fired', clocks), tell)
  const rest = await fireBare(server, clocks, bar(tell, 'bare', clocks))
  const [fired, bare] = [clocks / swept, clocks / (half + rest)]
  tell(
    `armed ${armed.toFixed(0)}/s, fired ${fired.toFixed(0)}/s, the last one ${swept.toFixed(1)} s after the sweep began; bare loop ${bare.toFixed(0)}/s\n`,
  )
  return { sweepToBareLoop: round3(fired / bare) }
}

const round3 = (n: number) => Math.round(n * 1000) / 1000
const seconds = (since: number) => (performance.now() - since) / 1000

async function withClient<T>(connection: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** A progress bar with the rate since it began. */
function bar(tell: (line: string) => void, what: string, of: number): (done: number) => void {
  let [start, first]: [number, number | undefined] = [performance.now(), undefined]
  return (done) => {
    if (first === undefined) [start, first] = [performance.now(), done]
    const filled = '█'.repeat(Math.floor((30 * done) / of)).padEnd(30, '░')
    const rate = ((done - first) / seconds(start)).toFixed(0)
    tell(`\r${what.padEnd(5)} ${filled} ${done}/${of} ${rate}/s ${done >= of ? '\n' : ''}`)
  }
}

/** Dispatched cases, each with the clocks, event, round and unit that the API writes, in bulk. */
async function arm(client: pg.Client, clocks: number, progress: (done: number) => void): Promise<void> {
  // Foreign keys are kept by the statements themselves; checking them is not what is measured.
  await client.query('set session_replication_role = replica')
  await client.query(
    'create temp table town as select array_agg(id order by id) as units from unit where tenant_id = 1',
  )
  await client.query(
    'create temp table fresh (i int, id uuid, unit_id uuid, received timestamptz, dispatched timestamptz, due timestamptz)',
  )
  const start = new Date(NOW.getTime() - SPREAD_DAYS * 86_400_000)
  for (let done = 0; done < clocks; done += FILL_BATCH) {
    const size = Math.min(FILL_BATCH, clocks - done)
    await client.query('truncate fresh')
    await client.query(FRESH, [done + 1, done + size, start, (SPREAD_DAYS * 86_400) / clocks])
    for (const statement of ROWS) await client.query(statement)
    progress(done + size)
  }
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze')
}

const FRESH = `
  insert into fresh
  select i, uuidv7(received - now()), units[1 + i % cardinality(units)], received, received + interval '4 hours', received + interval '6 hours'
  from town, generate_series($1::int, $2::int) as i,
    lateral (select $3::timestamptz + i * $4::float8 * interval '1 second' - interval '7 hours' + ((i % 3600 * 7919) % 3600) * interval '1 second' as received)`

const ROWS = [
  `insert into "case" (tenant_id, id, number, type, stage, round, version, rule_set, title, content, category, class, channel, urgency,
     anonymous, confidential, lead_unit_id, holder_unit_id, assisting_unit_ids, reach_tries, urged, received_at, accepted_at, dispatched_at,
     due_kind, due_at, yellow_at, facts, updated_at)
   select 1, id, 'SW' || i, 'appeal', 'dispatched', 1, 3, (select version from rule_set limit 1), '南塔小区路灯不亮' || i,
     '南塔小区三号楼门前路灯不亮已经一周，夜里老人出门看不清路，请尽快派人修理并告知结果。', (select id from topic order by id limit 1), 'complaint',
     'hotline', 'normal', false, false, unit_id, unit_id, '{}', 0, 0, received, received + interval '1 hour', dispatched, 'handle',
     dispatched + interval '90 days', dispatched + interval '60 days', '{}', dispatched
   from fresh`,
  `insert into case_event (tenant_id, case_id, seq, at, id, action, stage, round, by_kind, by_name, input, patch)
   select 1, id, 3, dispatched, uuidv7(), 'dispatch', 'dispatched', 1, 'person', '分办员', '{}', '{}' from fresh`,
  `insert into case_clock (tenant_id, id, case_id, kind, round, started_at, amount, unit, rule, due_at, yellow_at, original_due_at, provisional,
     state, next_alert_at)
   select 1, uuidv7(), id, kind, 1, dispatched, amount, unit, '区级默认办理时限 · 2026-02', ends, ends, ends, false, 'running',
     case kind when 'signIn' then ends when 'handle' then ends end
   from fresh, lateral (values ('signIn', 2, 'workingHour', due), ('firstContact', 1, 'workingDay', due + interval '1 day'),
     ('handle', 60, 'workingDay', due + interval '90 days')) as k (kind, amount, unit, ends)`,
  `insert into case_round (tenant_id, case_id, round, started_at, lead_unit_id, due_at, recorded_at)
   select 1, id, 1, received, unit_id, due + interval '90 days', received from fresh`,
  `insert into case_unit (tenant_id, case_id, unit_id, role) select 1, id, unit_id, 'lead' from fresh`,
]

/** The product's own sweep, until nothing is due. @returns seconds */
async function fire(
  connection: pg.ClientConfig,
  clocks: number,
  progress: (done: number) => void,
  tell: (line: string) => void,
): Promise<number> {
  const log = createLog('silent')
  const store = openStore(connection, { poolSize: 4, log })
  const engine = createEngine({ calendars: calendarBook(store, manualClock(NOW)), types: CASE_TYPES, store })
  const watcher = new pg.Client(connection)
  await watcher.connect()
  const number = async (query: string) => Number((await watcher.query(query)).rows[0].n)
  // The statistics know about how many events there are without reading a million of them every second.
  const written = () => number("select sum(n_tup_ins) as n from pg_stat_user_tables where relname like 'case_event%'")
  const before = await written()
  const ticking = setInterval(() => void written().then((now) => progress(Math.min(clocks - 1, now - before))), TICK_MS)
  const start = performance.now()
  const fired = await sweep(engine, store, TENANT, NOW)
  const took = seconds(start)
  clearInterval(ticking)
  progress(clocks)
  const events = await number("select count(*) as n from case_event where action = 'deemSigned'")
  if (fired !== clocks || events !== clocks)
    throw new Error(`armed ${clocks}, the sweep says ${fired}, the events say ${events}`)
  tell(`sweep ${took.toFixed(1)} s\n`)
  await watcher.end()
  await store.close()
  return took
}

const BARE = `update case_clock set state = 'met', ended_at = next_alert_at, next_alert_at = null
  where (tenant_id, id) in (select tenant_id, id from case_clock where tenant_id = 1 and next_alert_at <= $1
    order by next_alert_at limit $2 for update skip locked)`

/** Ends clocks in the copy until `upTo` of all are ended. @returns seconds */
const fireBare = (server: pg.ClientConfig, upTo: number, progress: (done: number) => void) =>
  withClient({ ...server, database: 'bare' }, async (client) => {
    const { rows } = await client.query("select count(*) as n from case_clock where state = 'met'")
    const start = performance.now()
    for (let done = Number(rows[0].n); done < upTo; ) {
      const { rowCount } = await client.query({
        name: 'bare',
        text: BARE,
        values: [NOW, Math.min(BARE_BATCH, upTo - done)],
      })
      if (!rowCount) throw new Error(`nothing is left after ${done} of ${upTo}`)
      done += rowCount
      progress(done)
    }
    return seconds(start)
  })
