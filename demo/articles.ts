import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate } from '../server/src/kernel/migrate.ts'
import { startEmbedded } from '../server/src/kernel/postgres.ts'
import { readArticle as readDadong } from './dadong/article.ts'
import { openHouse } from './house.ts'
import { readArticle as readHuainan } from './huainan/article.ts'
import { readArticle as readPingfang } from './pingfang/article.ts'
import type { Article, Outcome } from './replay/article.ts'
import { readArticle as readShuangyang } from './shuangyang/article.ts'
import { readArticle as readYuhong } from './yuhong/article.ts'

/**
 * `npm run articles -- pingfang|dadong|yuhong|shuangyang|huainan [--serve] [--folder F]`: replays what an article tells, on the test clock, and holds every figure to
 * the rows behind it. Exits with 1 if a figure differs. `--serve` leaves the house open for looking at it; `--folder` takes another copy of the
 * story's files.
 */
const READ: Readonly<Record<string, (folder: string) => Article>> = {
  ...{ pingfang: readPingfang, dadong: readDadong, yuhong: readYuhong },
  ...{ shuangyang: readShuangyang, huainan: readHuainan },
}
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { serve: { type: 'boolean', default: false }, folder: { type: 'string' } },
})
const PASSWORD = 'banjie-demo'
const WIDTH = 30
let lastLine = ''
const tell = (line: string) => process.stderr.write(line)

const [name = 'pingfang'] = positionals
const read = READ[name]
if (read === undefined) {
  console.error(`没有“${name}”的重放，现有：${Object.keys(READ).join('、')}。 No such replay.`)
  process.exit(1)
}
const home = mkdtempSync('/tmp/banjie-articles-')
// Nothing here has to survive a power cut.
const cluster = await startEmbedded({
  dataDir: home,
  settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' },
})
let code = 1
try {
  code = await play(read(resolve(values.folder ?? join(import.meta.dirname, name))))
} catch (error) {
  tell(`\n${error instanceof Error ? error.message : error}\n`)
}
await cluster.stop()
rmSync(home, { recursive: true, force: true })
process.exit(code)

async function play(article: Article): Promise<number> {
  await migrate(cluster.connection)
  const house = await openHouse({
    ...{ connection: cluster.connection, dataDir: home, password: PASSWORD },
    start: new Date(`${article.from}T07:00:00+08:00`),
    deskDir: join(import.meta.dirname, '../web/dist'),
  })
  const began = process.hrtime.bigint()
  const outcome = await article.play(house, { password: PASSWORD, progress: bar })
  tell(`\n重放用时 ${(Number(process.hrtime.bigint() - began) / 1e9).toFixed(0)} 秒\n`)
  console.log(outcome.table)
  console.log(outcome.sum)
  if (values.serve) await serve(house.app.http, outcome)
  await house.app.close()
  return outcome.wrong === 0 ? 0 : 1
}

function bar(done: number, of: number, what: string): void {
  const full = Math.round((done / of) * WIDTH)
  const line = `\r[${'█'.repeat(full)}${'·'.repeat(WIDTH - full)}] ${Math.round((done / of) * 100)}% ${what.padEnd(24)}`
  if (line !== lastLine) tell(line)
  lastLine = line
}

async function serve(
  http: { listen(at: { port: number; host: string }): Promise<string> },
  { pages, accounts }: Outcome,
) {
  const base = await http.listen({ port: Number(process.env['PORT'] ?? 8080), host: '127.0.0.1' })
  console.log('')
  for (const [title, path] of [...pages, ['工作台', '/w/'] as const]) console.log(`  ${title}  ${base}${path}`)
  console.log(`\n  账号 ${accounts}，密码 ${PASSWORD}。时钟停在重放结束的一刻。按 Ctrl+C 停止。`)
  await new Promise((stop) => process.once('SIGINT', stop).once('SIGTERM', stop))
}
