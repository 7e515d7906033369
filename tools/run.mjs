// The launcher behind every npm script: brings dependencies and the right Node, builds the desk when stale, then runs FILE.
// Plain JavaScript for Node 18 and later, because it runs before anything is installed.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')
const fail = (sentence) => {
  console.error(sentence)
  process.exit(1)
}

/** sha256 over the content of files and folders. */
export function digestOf(...paths) {
  const hash = createHash('sha256')
  const add = (path) => {
    if (!existsSync(path)) return
    if (statSync(path).isDirectory()) for (const name of readdirSync(path).sort()) add(join(path, name))
    else hash.update(path.slice(root.length)).update(readFileSync(path))
  }
  for (const path of paths) add(path)
  return hash.digest('hex')
}

function install() {
  const stamp = join(root, 'node_modules', '.lock-sha256')
  const wanted = digestOf(join(root, 'package-lock.json'))
  if (read(stamp) === wanted) return
  console.error('正在安装依赖 …')
  // Not `npm ci`: it refuses a lockfile without the optional packages of foreign platforms, which a partial mirror cannot list.
  const npm = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  })
  if (npm.status !== 0)
    fail('依赖安装失败，请检查网络后重试。 Installing the dependencies failed; check the network and try again.')
  writeFileSync(stamp, wanted)
}

/** Node 24 as npm brought it, found by its path: npm may have removed the link in .bin. */
function findNode() {
  const own = join(root, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node')
  if (existsSync(own)) return own
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath
  return fail(
    `此平台 (${process.platform}-${process.arch}) 没有随附 Node 24，请先安装 Node 24。 No bundled Node 24 for this platform; please install Node 24.`,
  )
}

/** The desk (工作台) is built again when its sources have changed. */
function buildDesk(env) {
  const web = join(root, 'web')
  if (!existsSync(join(web, 'index.html'))) return
  const stamp = join(web, 'dist', '.stamp')
  const wanted = digestOf(
    join(web, 'src'),
    join(root, 'contract', 'src'),
    join(web, 'index.html'),
    join(web, 'vite.config.ts'),
    join(root, 'package-lock.json'),
  )
  if (read(stamp) === wanted) return
  console.error('正在构建工作台 …')
  const vite = spawnSync(
    env.node,
    [join(root, 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'error'],
    { cwd: web, env: env.variables, stdio: ['ignore', 2, 2] },
  )
  // Citizens must not wait for the desk: the portal starts, and the next start tries again.
  if (vite.status !== 0)
    return console.error('工作台构建失败，群众入口照常启动。 Building the desk failed; the portal starts without it.')
  mkdirSync(dirname(stamp), { recursive: true })
  rmSync(stamp, { force: true })
  writeFileSync(stamp, wanted)
}

function main([file, ...args]) {
  install()
  const node = findNode()
  const variables = { ...process.env, PATH: dirname(node) + delimiter + process.env.PATH }
  if (/(src[/\\]main|tools[/\\]test|demo[/\\]articles)\.ts$/.test(file)) buildDesk({ node, variables })
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', join(root, file), ...args], {
    cwd: root,
    env: variables,
    stdio: 'inherit',
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main(process.argv.slice(2))
