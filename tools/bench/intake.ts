import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import pg from 'pg'
import { WRITE_STATEMENT } from '../../server/src/case/index.ts'
import { defaultDataDir } from '../../server/src/kernel/postgres.ts'
import { median } from './house.ts'

const CONNECTIONS = 32
const ROUNDS = 5
const SECONDS = 4
const TEXT = '南塔小区三号楼门前路灯不亮已经一周，夜里老人出门看不清路，请尽快派人修理并告知结果。'

/** Sends as fast as `CONNECTIONS` callers can for `SECONDS`. @returns completed per second */
async function rate(one: (caller: number) => Promise<void>): Promise<number> {
  let done = 0
  const end = performance.now() + SECONDS * 1000
  const start = performance.now()
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async (_, caller) => {
      while (performance.now() < end) {
        await one(caller)
        done++
      }
    }),
  )
  return (done / (performance.now() - start)) * 1000
}

function serve(home: string): Promise<{ child: ChildProcess; port: number }> {
  const main = join(import.meta.dirname, '../../server/src/main.ts')
  const env = { ...process.env, PORT: '0', BANJIE_DATA: home, BANJIE_DEMO: 'none', BANJIE_LOG_LEVEL: 'warn' }
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    let said = ''
    child.stdout.on('data', (data) => {
      said += data
      const port = /http:\/\/[^/]+:(\d+)\/\s/.exec(said)?.[1]
      if (port && said.includes('Ctrl+C')) resolve({ child, port: Number(port) })
    })
    child.on('exit', () => reject(new Error(`the server did not start: ${said}`)))
  })
}

/**
 * Intake end to end over HTTP against the same statement in the same transaction by a bare client, and by pgbench where it is installed; in
 * turn, on the same server and database.
 */
export async function intakeRatios(tell: (line: string) => void) {
  const home = mkdtempSync(join(process.getuid?.() === 0 ? '/var/lib' : '/tmp', 'banjie-bench-'))
  const { child, port } = await serve(home)
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const connection = connectionOf(home)
  const clients = Array.from(
    { length: CONNECTIONS },
    () => new pg.Client({ ...connection, options: '-c role=banjie_app' }),
  )
  try {
    const body = Buffer.from(JSON.stringify({ content: TEXT, title: '路灯不亮' }))
    const post = () => postOnce(agent, port, body)
    for (let i = 0; i < 200; i++) await post()
    await Promise.all(clients.map((client) => client.connect()))
    const sample = await template(connection)
    await analyze(connection)
    const rates = { http: [] as number[], bare: [] as number[], pgbench: [] as number[] }
    for (let round = 0; round < ROUNDS; round++) {
      rates.http.push(await rate(async () => void (await post())))
      rates.bare.push(await rate((caller) => writeBare(clients[caller] as pg.Client, sample)))
      const bench = pgbench(connection, sample, home)
      if (bench !== undefined) rates.pgbench.push(bench)
      tell(
        `${round + 1}/${ROUNDS} HTTP ${rates.http.at(-1)?.toFixed(0)}/s, pg ${rates.bare.at(-1)?.toFixed(0)}/s, pgbench ${bench?.toFixed(0) ?? '-'}/s\n`,
      )
    }
    const http = median(rates.http)
    const round2 = (n: number) => Math.round(n * 100) / 100
    return {
      intakeToBareClient: round2(http / median(rates.bare)),
      ...(rates.pgbench.length > 0 && { intakeToPgbench: round2(http / median(rates.pgbench)) }),
    }
  } finally {
    agent.destroy()
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)))
    child.removeAllListeners('exit')
    const ended = new Promise((done) => child.on('exit', done))
    child.kill('SIGTERM')
    await ended
    rmSync(home, { recursive: true, force: true })
  }
}

const postOnce = (agent: Agent, port: number, body: Buffer) =>
  new Promise<void>((resolve, reject) => {
    const sent = request(
      {
        agent,
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/api/v1/public/appeals',
        headers: { 'content-type': 'application/json', 'content-length': body.length },
      },
      (reply) => {
        reply.resume()
        reply.on('end', () => (reply.statusCode === 201 ? resolve() : reject(new Error(`HTTP ${reply.statusCode}`))))
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })

/** The server's own database, reached as its owner. */
function connectionOf(home: string): pg.ClientConfig {
  const [, , , , socket] = readFileSync(join(home, 'pg/postmaster.pid'), 'utf8').split('\n')
  return {
    host: socket ?? defaultDataDir(home),
    port: 5432,
    user: 'banjie',
    database: 'banjie',
    password: readFileSync(join(home, 'owner-password'), 'utf8').trim(),
  }
}

interface Sample {
  /** The five JSON parameters of one intake with marks where a new id goes. */
  readonly parameters: readonly string[]
}
const MARK = { id: 'ID-A', number: 'NUM-A', clock: 'ID-B', event: 'ID-C' }

/** The rows that one intake over HTTP has written, as parameters of the statement. */
async function template(connection: pg.ClientConfig): Promise<Sample> {
  const client = new pg.Client(connection)
  await client.connect()
  const rows = async (query: string) => JSON.stringify((await client.query(query)).rows.map((row) => row.r))
  const { rows: found } = await client.query(
    'select c.id, c.number, k.id as clock, e.id as event from "case" c join case_clock k on k.case_id = c.id join case_event e on e.case_id = c.id limit 1',
  )
  const one = found[0]
  const of = (table: string, column = 'case_id') =>
    rows(`select to_jsonb(t) as r from "${table}" t where ${column} = '${one.id}'`)
  const parameters = [
    await of('case', 'id'),
    await of('case_event'),
    await of('case_clock'),
    await of('party'),
    await of('case_search'),
  ]
  await client.end()
  const marked = parameters.map((text) =>
    text
      .replaceAll(one.id, MARK.id)
      .replaceAll(one.number, MARK.number)
      .replaceAll(one.clock, MARK.clock)
      .replaceAll(one.event, MARK.event),
  )
  return { parameters: marked }
}

/** Statistics as a running house has them; on an empty one the first ten seconds are slower. */
async function analyze(connection: pg.ClientConfig): Promise<void> {
  const owner = new pg.Client(connection)
  await owner.connect()
  await owner.query('analyze')
  await owner.end()
}

async function writeBare(client: pg.Client, { parameters }: Sample): Promise<void> {
  const [id, clock, event] = [randomUUID(), randomUUID(), randomUUID()]
  const values = parameters.map((text) =>
    text
      .replaceAll(MARK.id, id)
      .replaceAll(MARK.number, id)
      .replaceAll(MARK.clock, clock)
      .replaceAll(MARK.event, event),
  )
  await client.query('begin; set local app.tenant = 1')
  await client.query({ name: 'write', text: WRITE_STATEMENT, values: [1, ...values] })
  await client.query('commit')
}

/** The same transaction by pgbench; undefined where it is not installed. Ids are made from its own random numbers. */
function pgbench(connection: pg.ClientConfig, { parameters }: Sample, home: string): number | undefined {
  if (spawnSync('pgbench', ['--version']).status !== 0) return undefined
  const uuid = (letter: string) => `('00000000-0000-4000-${letter}000-' || lpad(to_hex(:r::bigint), 12, '0'))`
  const literal = (text: string) =>
    `replace(replace(replace(replace('${text.replaceAll(/":/g, '": ').replaceAll("'", "''")}', '${MARK.id}', ${uuid('8')}), '${MARK.number}', ${uuid('8')}), '${MARK.clock}', ${uuid('9')}), '${MARK.event}', ${uuid('a')})::json`
  const statement = parameters.reduce(
    (sql, text, i) => sql.replaceAll(`$${i + 2}`, () => literal(text)),
    WRITE_STATEMENT.replaceAll('$1', '1'),
  )
  const script = join(home, 'intake.pgbench')
  writeFileSync(
    script,
    `\\set r random(0, 281474976710655)\nbegin; set local app.tenant = 1;\n${statement.replaceAll(/\s*\n\s*/g, ' ')};\ncommit;\n`,
  )
  const run = spawnSync(
    'pgbench',
    [
      '-n',
      '-M',
      'prepared',
      '-c',
      String(CONNECTIONS),
      '-j',
      '2',
      '-T',
      String(SECONDS),
      '-f',
      script,
      '-h',
      String(connection.host),
      '-U',
      'banjie',
      'banjie',
    ],
    {
      encoding: 'utf8',
      env: { ...process.env, PGPASSWORD: String(connection.password), PGOPTIONS: '-c role=banjie_app' },
    },
  )
  const tps = /tps = ([\d.]+)/.exec(run.stdout)?.[1]
  if (tps === undefined) throw new Error(`pgbench: ${run.stderr.slice(-500)}`)
  return Number(tps)
}
