import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import pg from 'pg'
import { appeal, type CaseType, createEngine, sweep } from '../src/case/index.ts'
import type { Actor } from '../src/kernel/actor.ts'
import { type MANNERS, type Order, START_LOCK } from './sweeper.ts'
import { type World, world } from './world.ts'

/**
 * No timer is lost and none fires twice, whoever is killed. `npm run faults` does the same with 20,000 cases.
 */
const CASES = Number(process.env['BANJIE_FAULTS'] ?? 100)
const BATCH = Math.max(10, Math.min(300, CASES / 20))
const MORNING = '2026-03-02T09:30:00+08:00'
/** After the handling limit of five working days and before the ladder's second rung. */
const OVERDUE = new Date('2026-03-10T12:00:00+08:00')
const SECOND_MS = 1000

let w: World
let owner: pg.Client
const rows = async (query: string, ...values: unknown[]) => (await owner.query(query, values)).rows
const number = async (query: string, ...values: unknown[]) => Number((await rows(query, ...values))[0].n)
const due = () => number('select count(*) as n from case_clock where next_alert_at <= $1', OVERDUE)
const fired = () => number("select count(*) as n from case_event where by_kind = 'system' and action <> 'open'")

async function fresh(): Promise<void> {
  w = await world(MORNING)
  owner = new pg.Client(w.connection)
  // A killed process takes no leave, and the database is dropped under the last connection.
  owner.on('error', () => undefined)
  await owner.connect()
}
async function leave(): Promise<void> {
  await owner.end()
  await w.close()
}

/**
 * Dispatched appeals, a minute of morning apart; every second one is signed for. All fall due, the unsigned ones twice.
 * @returns how many clocks are due; they are kept in the table `armed`
 */
async function dispatched(count: number): Promise<number> {
  const leadUnitId = await w.unit('water')
  const actor = async (account: string, at: Date): Promise<Actor> => {
    const { roles, ...holder } = await w.app.signIn.holderOf(w.tenant, account)
    return { ...holder, kind: 'person', account, roles: new Set(roles), at, requestId: 'test' }
  }
  const chunk = Math.ceil(count / 20)
  for (let done = 0; done < count; done += chunk) {
    const at = new Date(new Date(MORNING).getTime() + (done / chunk) * 60 * SECOND_MS)
    await w.app.store.tx(w.tenant, async (tx) => {
      const opening = { type: 'appeal', channel: 'hotline', facts: { content: '门前水管漏水' } } as const
      const by = await actor('clerk', at)
      const openings = Array.from({ length: Math.min(chunk, count - done) }, () => opening)
      const cases = await w.app.engine.open(tx, openings, by)
      const all = async (account: string, action: string, input: object, some = cases) => {
        const doer = await actor(account, at)
        await w.app.engine.actAll(
          tx,
          some.map(({ id }) => ({ caseId: id, action, input, by: doer })),
        )
      }
      await all('clerk', 'accept', { category: 'pipe' })
      await all('dispatcher', 'dispatch', { leadUnitId })
      await all(
        'handler',
        'sign',
        {},
        cases.filter((_, i) => (done + i) % 2 === 1),
      )
    })
  }
  await rows(`create temp table armed as select case_id, case kind when 'signIn' then 'deemSigned' else 'escalate' end as action, next_alert_at as at
    from case_clock where next_alert_at is not null`)
  const clocks = await due()
  assert.equal(clocks, count * 1.5)
  return clocks
}

/** A process of its own that sweeps until it is killed. */
function sweeper(name: string, manner: keyof typeof MANNERS): { kill: () => Promise<void> } {
  const order: Order = { name, connection: w.connection, manner, now: OVERDUE.toISOString(), batch: BATCH }
  const child = spawn(process.execPath, [join(import.meta.dirname, 'sweeper.ts')], {
    env: { ...process.env, BANJIE_SWEEPER: JSON.stringify(order) },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(child, 'exit')
  return {
    async kill() {
      // A sweep that throws ends its process; the other would cover it up.
      assert.equal(child.exitCode, null, `${name} has failed`)
      child.kill('SIGKILL')
      await ended
    },
  }
}

async function until(what: string, is: () => Promise<boolean>, patienceMs = 60_000 + CASES * 20): Promise<void> {
  for (const start = performance.now(); !(await is()); ) {
    assert.ok(performance.now() - start < patienceMs, `waited in vain for: ${what}`)
    await new Promise((done) => setTimeout(done, 5))
  }
}

/** In the middle of a transaction that has written something: its backend holds an id. */
const isWriting = async (name: string) =>
  (await number(
    'select count(*) as n from pg_stat_activity where application_name = $1 and backend_xid is not null',
    name,
  )) > 0

/** Lets the processes go when both are there; alone the first one up would have done the work. */
async function startTogether(): Promise<void> {
  const waiting =
    "select count(*) as n from pg_stat_activity where datname = current_database() and wait_event = 'advisory'"
  await until('both have started', async () => (await number(waiting)) === 2)
  await rows('select pg_advisory_unlock($1)', START_LOCK)
}

/**
 * Two processes sweep together until nothing is due; the first is killed in the middle of its work and comes back, as often as is said.
 * @returns how often it died with work left
 */
async function sweepTogether(manner: keyof typeof MANNERS, clocks: number, kills: number): Promise<number> {
  let died = 0
  await rows('select pg_advisory_lock($1)', START_LOCK)
  const second = sweeper('sweep-b', manner)
  let first = sweeper('sweep-a0', manner)
  try {
    await startTogether()
    for (let kill = 0; kill < kills; kill++) {
      const share = ((kill + 1) * clocks) / (kills + 2)
      await until('both at work', async () => (await fired()) >= share || !(await due()))
      await until('the first is writing', async () => (await isWriting(`sweep-a${kill}`)) || !(await due()))
      await first.kill()
      if (await due()) died++
      if (kill + 1 < kills) first = sweeper(`sweep-a${kill + 1}`, manner)
    }
    await until('nothing is due', async () => (await due()) === 0)
    return died
  } finally {
    await Promise.all([first.kill(), second.kill()])
  }
}

/** Clocks that never fired, fired more than once, or fired at another time than they called for; document numbers that gape. */
async function faults(): Promise<{ lost: number; twice: number; shifted: number; gaps: number }> {
  const [account] = await rows(`
    with fired as (
      select armed.case_id, count(e.id) as times, bool_or(e.at <> armed.at) as shifted from armed
        left join case_event e on e.case_id = armed.case_id and e.action = armed.action
      group by armed.case_id, armed.action)
    select count(*) filter (where times = 0)::int as lost, count(*) filter (where times > 1)::int as twice,
      count(*) filter (where shifted)::int as shifted from fired`)
  const [papers] = await rows(
    `select (select coalesce(sum(last), 0) from document_series)::int - (select count(*) from "case" where type = 'notice')::int as gaps`,
  )
  return { ...account, ...papers }
}

describe('two processes sweep the same district and one is killed', () => {
  beforeEach(fresh)
  afterEach(leave)

  test('no timer is lost and none fires twice', { timeout: 600_000 }, async () => {
    const clocks = await dispatched(CASES)
    const kills = CASES > 1000 ? 3 : 1
    assert.equal(await sweepTogether('product', clocks, kills), kills)
    assert.deepEqual(await faults(), { lost: 0, twice: 0, shifted: 0, gaps: 0 })
    assert.equal(await fired(), clocks)
  })

  test('the same account finds the timers that a claim in a transaction of its own loses', async () => {
    const clocks = await dispatched(100)
    await sweepTogether('claimFirst', clocks, 2)
    const { lost, twice } = await faults()
    assert.ok(lost > 0, `lost ${lost}`)
    assert.equal(twice, 0)
  })

  test('the same account finds the timers that fire twice without a lock', async () => {
    const clocks = await dispatched(100)
    await sweepTogether('noLock', clocks, 0)
    const { lost, twice } = await faults()
    assert.equal(lost, 0)
    assert.ok(twice > 0, `twice ${twice}`)
  })
})

describe('a sweep', () => {
  beforeEach(fresh)
  afterEach(leave)
  const sweepAll = (now = OVERDUE, batch?: number) => sweep(w.app.engine, w.app.store, w.tenant, now, batch)
  const told = (id: string) =>
    rows("select action, at from case_event where case_id = $1 and by_kind = 'system' order by seq", id)

  test('that is repeated finds nothing to do', async () => {
    const clocks = await dispatched(40)
    assert.equal(await sweepAll(OVERDUE, 7), clocks)
    assert.equal(await sweepAll(), 0)
    assert.equal(await fired(), clocks)
    assert.deepEqual(await faults(), { lost: 0, twice: 0, shifted: 0, gaps: 0 })
  })

  test('sets aside the cases it cannot act on, fires all others, and says so each time', async () => {
    const clocks = await dispatched(60)
    // One stands in a stage without a way on, the other is of a type that this version does not know.
    const [[early], [late]] = [
      await rows(`select id, number from "case" where stage = 'dispatched' order by received_at, id limit 1`),
      await rows(`select id, number from "case" where stage = 'dispatched' order by received_at desc, id limit 1`),
    ]
    await rows(`update "case" set stage = 'withdrawn' where id = $1`, early.id)
    await rows(`update "case" set type = 'forgotten' where id = $1`, late.id)
    for (let time = 0; time < 2; time++) {
      await assert.rejects(sweepAll(OVERDUE, 16), (error: Error) => {
        assert.match(error.message, new RegExp(`${early.number} and of 1 other`))
        assert.match(String(error.cause), /Fault/)
        return true
      })
      assert.equal(await fired(), clocks - 4, 'two clocks of each stay')
    }
    await rows(`update "case" set stage = 'dispatched' where id = $1`, early.id)
    await rows(`update "case" set type = 'appeal' where id = $1`, late.id)
    assert.equal(await sweepAll(), 4)
    assert.deepEqual(await faults(), { lost: 0, twice: 0, shifted: 0, gaps: 0 })
  })

  test('after a long silence climbs the ladder rung by rung, each at its own time', async () => {
    await dispatched(20)
    const [{ case_id: id }] = await rows("select case_id from armed where action = 'deemSigned' order by at limit 1")
    await sweepAll(new Date('2026-03-20T12:00:00+08:00'))
    const acts = (await told(id)).map(({ action, at }) => [action, at.toISOString().slice(0, 10)])
    // Due on the 9th at the end of office hours, so the next morning; then three, five and eight working days.
    assert.deepEqual(acts, [
      ['deemSigned', '2026-03-02'],
      ['escalate', '2026-03-10'],
      ['escalate', '2026-03-13'],
      ['escalate', '2026-03-17'],
      ['escalate', '2026-03-20'],
    ])
    const kinds = await rows(
      `select facts ->> 'kind' as kind from "case" where parent_id = $1 and type = 'notice' order by received_at`,
      id,
    )
    assert.deepEqual(
      kinds.map(({ kind }) => kind),
      ['reminder', 'yellow', 'red', 'leader'],
    )
  })

  test('does not fire for ever when an act leaves its own clock due', async () => {
    await dispatched(20)
    const { ladder: _, ...handle } = appeal.clocks.handle ?? { starts: [], ends: [] }
    const still: CaseType = { ...appeal, clocks: { ...appeal.clocks, handle: { ...handle, onDue: 'escalate' } } }
    const types = [...w.app.engine.types.values()].map((type) => (type.id === 'appeal' ? still : type))
    const engine = createEngine({
      calendars: { of: () => w.app.engine.calendarOf(w.tenant) } as never,
      types,
      store: w.app.store,
    })
    await assert.rejects(sweep(engine, w.app.store, w.tenant, OVERDUE), (error: Error) => {
      assert.match(String(error.cause), /does not move the clock/)
      return true
    })
    assert.equal(await fired(), 30, 'each once')
  })
})
