import assert from 'node:assert/strict'
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { after, test } from 'node:test'

/** The house as its owner starts it: a process, a port, a folder. */
const MAIN = join(import.meta.dirname, '../src/main.ts')
const homes: string[] = []
const children: ChildProcess[] = []
after(() => {
  for (const child of children) child.kill('SIGKILL')
  for (const home of homes) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })
})
const newHome = () => {
  const home = mkdtempSync('/tmp/banjie-start-')
  homes.push(home)
  return home
}

interface Started {
  readonly child: ChildProcess
  readonly base: string
}
/** Starts the house; resolves with its address, or with what it said when it refused. */
function start(home: string, more: Record<string, string> = {}): Promise<Started & { refused?: string }> {
  const env = {
    ...process.env,
    PORT: '0',
    BANJIE_DATA: home,
    BANJIE_DEMO: 'none',
    BANJIE_ADMIN_PASSWORD: 'a-good-password',
    DATABASE_URL: '',
    ...more,
  }
  if (env.DATABASE_URL === '') delete (env as Record<string, string | undefined>)['DATABASE_URL']
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  return new Promise((resolve) => {
    let said = ''
    let error = ''
    child.stderr?.on('data', (data) => (error += data))
    child.stdout?.on('data', (data) => {
      said += data
      const base = /群众入口\s+(http:\S+?)\/\s/.exec(said)?.[1]
      if (base && said.includes('Ctrl+C')) resolve({ child, base })
    })
    child.on('close', () => resolve({ child, base: '', refused: error }))
  })
}
/** Waits for a process to end; one that does not end is a failure, not a night of waiting. */
const gone = (child: ChildProcess) =>
  new Promise<void>((done, fail) => {
    if (child.exitCode !== null || child.signalCode !== null) return done()
    const patience = setTimeout(() => fail(new Error('the house does not stop')), 30_000)
    child.on('exit', () => {
      clearTimeout(patience)
      done()
    })
  })
const file = (base: string, content: string) =>
  fetch(`${base}/api/v1/public/appeals`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ content }),
    signal: AbortSignal.timeout(30_000),
  })
const postgresOn = (home: string) =>
  execFileSync('sh', ['-c', `ps -eo args | grep -F -- '-D ${home}/pg' | grep -v grep | grep -c bin/postgres || true`], {
    encoding: 'utf8',
  }).trim()

test('kill -9 in the middle of 200 intakes: every acknowledged number is there again, no half case, no database left over; a second start is refused', async () => {
  const home = newHome()
  const first = await start(home)
  assert.equal(first.refused, undefined)
  const second = await start(home)
  assert.match(second.refused ?? '', /已有一个办结在使用此数据文件夹/)
  assert.equal(second.refused?.trim().split('\n').length, 1, 'one sentence, no stack')

  const acknowledged: { number: string; pickupCode: string }[] = []
  const intakes = Array.from({ length: 200 }, async (_, i) => {
    const reply = await file(first.base, `并发诉求第${i}件：路灯不亮`)
    if (reply.status === 201) acknowledged.push((await reply.json()) as (typeof acknowledged)[number])
    if (acknowledged.length >= 60) first.child.kill('SIGKILL')
  })
  const settled = await Promise.allSettled(intakes)
  first.child.kill('SIGKILL')
  await gone(first.child)
  assert.ok(
    acknowledged.length >= 60 && settled.some((intake) => intake.status === 'rejected'),
    `killed in the middle: ${acknowledged.length}`,
  )
  for (let i = 0; i < 100 && postgresOn(home) !== '0'; i++) await new Promise((done) => setTimeout(done, 100))
  assert.equal(postgresOn(home), '0')

  const again = await start(home)
  assert.equal(again.refused, undefined)
  for (const { number, pickupCode } of acknowledged)
    assert.equal((await fetch(`${again.base}/api/v1/public/appeals/${number}?code=${pickupCode}`)).status, 200, number)
  const cookie = (
    await fetch(`${again.base}/api/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ account: 'admin', password: 'a-good-password' }),
    })
  ).headers
    .getSetCookie()[0]
    ?.split(';')[0]
  const list = (await (
    await fetch(`${again.base}/api/v1/ledger?limit=200`, { headers: { cookie: cookie ?? '' } })
  ).json()) as { items: { number: string; id: string }[] }
  const listed = new Set(list.items.map((item) => item.number))
  assert.ok(acknowledged.every(({ number }) => listed.has(number)) && list.items.length <= 200)
  for (const { id } of list.items.slice(0, 200)) {
    const whole = (await (
      await fetch(`${again.base}/api/v1/cases/${id}`, { headers: { cookie: cookie ?? '' } })
    ).json()) as { clocks: unknown[]; case: { rounds: unknown[] } }
    assert.deepEqual([whole.clocks.length, whole.case.rounds.length], [1, 1], 'a case has its clock and its round')
  }
  again.child.kill('SIGTERM')
  await gone(again.child)
  assert.equal(again.child.exitCode, 0)
  assert.equal(postgresOn(home), '0')
})

test('a port in use, a wrong DATABASE_URL and a wrong setting get one sentence', async () => {
  const busy = createServer().listen(0, '127.0.0.1')
  await new Promise((done) => busy.on('listening', done))
  const { port } = busy.address() as { port: number }
  const inUse = await start(newHome(), { PORT: String(port) })
  busy.close()
  const wrongUrl = await start(newHome(), { DATABASE_URL: 'postgres://nobody:x@127.0.0.1:1/none' })
  const wrongPort = await start(newHome(), { PORT: 'eighty' })
  const openDemo = await start(newHome(), { HOST: '0.0.0.0', BANJIE_DEMO: 'yuhong' })
  for (const [reply, pattern] of [
    [inUse, /端口 \d+ 已被占用/],
    [wrongUrl, /连接不上 DATABASE_URL/],
    [wrongPort, /环境变量 PORT/],
    [openDemo, /BANJIE_DEMO_PASSWORD/],
  ] as const) {
    assert.match(reply.refused ?? '', pattern)
    assert.equal(reply.refused?.trim().split('\n').length, 1)
  }
})

test('another PostgreSQL given by DATABASE_URL serves as well', async () => {
  const server = JSON.parse(process.env['BANJIE_TEST_PG'] ?? '{}') as { host: string; user: string; password: string }
  const url = `postgres://${server.user}:${server.password}@${encodeURIComponent(server.host)}/postgres`
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('drop database if exists external_banjie with (force)')
  await client.query('create database external_banjie')
  await client.end()
  const house = await start(newHome(), { DATABASE_URL: url.replace(/postgres$/, 'external_banjie') })
  assert.equal(house.refused, undefined)
  assert.equal((await file(house.base, '外部数据库上的第一件')).status, 201)
  house.child.kill('SIGTERM')
  await gone(house.child)
  assert.equal(house.child.exitCode, 0)
})

test('a stale pid file whose number another process has is no obstacle', async () => {
  const home = newHome()
  const first = await start(home)
  first.child.kill('SIGTERM')
  await gone(first.child)
  const { writeFileSync } = await import('node:fs')
  writeFileSync(join(home, 'pg/postmaster.pid'), `${process.pid}\n${home}/pg\n0\n5432\n/tmp\n\n\n`)
  const again = await start(home)
  assert.equal(again.refused, undefined)
  assert.ok(readFileSync(join(home, 'postgres.log'), 'utf8').length >= 0)
  again.child.kill('SIGTERM')
  await gone(again.child)
})
