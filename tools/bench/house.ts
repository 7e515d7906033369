import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type District, routes, type TenantId } from '@banjie/contract'
import pg from 'pg'
import { type App, createApp } from '../../server/src/app.ts'
import { manualClock } from '../../server/src/kernel/clock.ts'
import { createLog } from '../../server/src/kernel/log.ts'
import { migrate } from '../../server/src/kernel/migrate.ts'
import { ensureAdmin, ensureTenant } from '../../server/src/org/index.ts'

export const NOW = new Date('2026-06-01T10:00:00+08:00')
const PASSWORD = 'bench-district'
const TENANT = 1 as TenantId

/** An app on a database of its own with the demo district's units and topics and no case. */
export async function house(
  server: pg.ClientConfig,
  database: string,
  dataDir: string,
): Promise<{ app: App; connection: pg.ClientConfig; cookie: string }> {
  const maker = new pg.Client(server)
  await maker.connect()
  await maker.query(`create database ${database}`)
  await maker.end()
  const connection = { ...server, database }
  await migrate(connection)
  const clock = manualClock(NOW)
  const app = await createApp({
    ...{
      connection,
      dataDir,
      clock,
      log: createLog('silent'),
      poolSize: 4,
      testClock: false,
      initialPassword: PASSWORD,
    },
    ...{ secureCookies: false, trustProxy: false },
  })
  await ensureTenant(app.store, clock, { name: '测量区', demo: false })
  app.directory.forget()
  await app.store.tx(TENANT, (tx) => ensureAdmin(tx, PASSWORD, '2007-01-01', false))
  const demo = JSON.parse(readFileSync(join(import.meta.dirname, '../../demo/yuhong.json'), 'utf8')) as District & {
    appeals: unknown
    problems: unknown
  }
  const { appeals: _, problems: __, ...district } = demo
  const admin = await signIn(app, 'admin')
  const set = await app.http.inject({
    method: 'PUT',
    url: routes.setDistrict.path,
    payload: district,
    headers: { cookie: admin, host: 'localhost' },
  })
  if (set.statusCode >= 400) throw new Error(set.body)
  // The first case brings the rule set that all others name.
  await app.http.inject({
    method: 'POST',
    url: routes.fileAppeal.path,
    payload: { content: '第一件诉求' },
    headers: { host: 'localhost' },
  })
  return { app, connection, cookie: await signIn(app, 'dispatcher') }
}

/** The cookie of an account of the demo district. */
export async function signIn(app: App, account: string): Promise<string> {
  const reply = await app.http.inject({
    method: 'POST',
    url: routes.signIn.path,
    payload: { account, password: PASSWORD },
    headers: { host: 'localhost' },
  })
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return String(reply.headers['set-cookie']).split(';')[0] ?? ''
}

export const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
