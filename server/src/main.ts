import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import type { TenantId } from '@banjie/contract'
import type pg from 'pg'
import { manualClock, systemClock } from '#kernel/clock'
import { type Config, readConfig } from '#kernel/config'
import { createLog } from '#kernel/log'
import { migrate } from '#kernel/migrate'
import { connectExternal, defaultDataDir, StartError, startEmbedded } from '#kernel/postgres'
import { dayOf, ensureAdmin, ensureTenant, listAccounts } from '#org'
import { loadDemo } from '../../demo/load.ts'
import { DEMO_VISITOR } from '../../demo/platform.ts'
import { type App, type AppOptions, createApp } from './app.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const say = (line: string) => process.stdout.write(`${line}\n`)

/** Finds or starts the database. */
async function database(
  config: Config,
  dataDir: string,
): Promise<{ connection: pg.ClientConfig; stop: () => Promise<void> }> {
  if (config.databaseUrl !== undefined)
    return { connection: await connectExternal(config.databaseUrl), stop: async () => undefined }
  const cluster = await startEmbedded({ dataDir })
  return { connection: cluster.connection, stop: cluster.stop }
}

const districtFile = (demo: string) =>
  demo.endsWith('.json') ? resolve(demo) : join(ROOT, 'demo', `${basename(demo)}.json`)

async function start(): Promise<void> {
  const config = readConfig()
  const dataDir = resolve(config.dataDir ?? defaultDataDir(ROOT))
  const log = createLog(config.logLevel)
  const wantsDemo = config.demo !== 'none'
  if (wantsDemo && !existsSync(districtFile(config.demo)))
    throw new StartError(`没有找到演示地区 ${config.demo}（${districtFile(config.demo)}）。 No such demo district.`)
  const db = await database(config, dataDir)
  await migrate(db.connection)

  const generated = randomBytes(9).toString('base64url')
  const isDemoLocal = wantsDemo && config.loopback
  const adminPassword = config.adminPassword ?? (isDemoLocal ? config.demoPassword : generated)
  // The demo's past is told to nobody: its people do not exist.
  const silent = {}
  const outside = {
    outlets: {
      ...{ smtpUrl: config.smtpUrl, mailFrom: config.mailFrom, smsWebhook: config.smsWebhook },
      allowLoopback: config.loopbackWebhooks,
    },
    mailbox: config.mailbox,
  }
  const make = (clock: ReturnType<typeof systemClock>, ways: Pick<AppOptions, 'outlets' | 'mailbox'>) =>
    createApp({
      ...{
        connection: db.connection,
        dataDir,
        clock,
        log,
        poolSize: config.poolSize,
        testClock: config.testClock,
        trustProxy: config.trustProxy,
      },
      initialPassword: wantsDemo ? config.demoPassword : adminPassword,
      baseUrl: baseUrlOf(config),
      ...ways,
      secureCookies: config.publicUrl?.startsWith('https:') ?? false,
      deskDir: join(ROOT, 'web/dist'),
      assistant: config.assistant,
    })
  const app = await make(systemClock(), outside)
  const isNew = (await app.directory.all()).length === 0
  if (isNew) {
    await ensureTenant(app.store, systemClock(), { name: '本区', demo: wantsDemo })
    app.directory.forget()
  }
  await app.store.tx(1 as TenantId, (tx) =>
    ensureAdmin(tx, adminPassword, dayOf(demoStart(systemClock().now())), config.adminPassword !== undefined),
  )
  if (isNew && wantsDemo) await fillWithDemo(config, (clock) => make(clock, silent))
  app.directory.forget()

  await app.http.listen({ port: config.port, host: config.host }).catch(async (error: NodeJS.ErrnoException) => {
    await app.close()
    await db.stop()
    throw error.code === 'EADDRINUSE'
      ? new StartError(`端口 ${config.port} 已被占用，请用 PORT 换一个端口。 Port ${config.port} is in use; set PORT.`)
      : error
  })
  await app.openMailbox().catch((error: NodeJS.ErrnoException) => {
    throw new StartError(
      `收信端口 ${config.mailbox?.port} 打不开（${error.code}），请换一个 BANJIE_SMTP_PORT。 Cannot listen for mail.`,
    )
  })
  app.jobs.start()
  app.warm()
  await greet(
    app,
    config,
    dataDir,
    isNew && config.adminPassword === undefined && !isDemoLocal ? adminPassword : undefined,
  )
  stopWith(app, db.stop)
}

const baseUrlOf = ({ publicUrl, host, port }: Pick<Config, 'publicUrl' | 'host' | 'port'>) =>
  publicUrl?.replace(/\/$/, '') ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/** The demo's past begins here; the administrator has been in office since. */
const demoStart = (end: Date) => new Date(end.getTime() - 160 * 86_400_000)

/** Makes the demo district's past on a clock of its own, through the API, before the house opens. */
async function fillWithDemo(
  config: Config,
  make: (clock: ReturnType<typeof manualClock>) => Promise<App>,
): Promise<void> {
  const end = systemClock().now()
  const clock = manualClock(demoStart(end))
  const past = await make(clock)
  try {
    const file = JSON.parse(readFileSync(districtFile(config.demo), 'utf8')) as Parameters<typeof loadDemo>[1]
    await loadDemo(past, file, {
      clock,
      end,
      adminPassword: config.adminPassword ?? config.demoPassword,
      password: config.demoPassword,
      progress: (line) => process.stderr.write(line),
    })
  } finally {
    await past.close()
  }
}

async function greet(app: App, config: Config, dataDir: string, generatedPassword: string | undefined): Promise<void> {
  const address = app.http.server.address()
  const port = typeof address === 'object' && address !== null ? address.port : config.port
  const base = baseUrlOf({ ...config, port })
  const [tenant] = await app.directory.all()
  say(`\n  办结 · ${tenant?.name ?? ''}\n`)
  say(`  群众入口  ${base}/`)
  say(`  工作台    ${base}/w/`)
  say(`  接口文档  ${base}/api/openapi.json`)
  say(`  数据      ${config.databaseUrl === undefined ? dataDir : `DATABASE_URL，附件在 ${dataDir}`}`)
  if (generatedPassword !== undefined) say(`  管理员    admin / ${generatedPassword}（只显示这一次）`)
  if (tenant?.demo) {
    say(`\n  演示账号（密码 ${config.loopback ? config.demoPassword : '见 BANJIE_DEMO_PASSWORD'}）`)
    const accounts = await app.store.tx(tenant.id, (tx) => listAccounts(tx), { readOnly: true })
    for (const { account, name, unitName } of accounts.filter((one) => !one.account.includes('-')))
      say(`    ${account.padEnd(12)}${name}  ${unitName ?? ''}`)
    say(`\n  企业服务  ${base}/e/  信用代码 ${DEMO_VISITOR.uscc}，邮箱 ${DEMO_VISITOR.address}，验证码在页面上`)
  }
  say('\n  按 Ctrl+C 停止。')
}

/** Requests in flight finish, jobs return their work, the database stops last. */
function stopWith(app: App, stopDatabase: () => Promise<void>): void {
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await app.close()
    await stopDatabase()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
}

try {
  await start()
} catch (error) {
  process.stderr.write(
    error instanceof StartError || (error instanceof Error && /[\u4e00-\u9fff]/.test(error.message))
      ? `${error.message}\n`
      : `${(error as Error).stack}\n`,
  )
  process.exit(1)
}
