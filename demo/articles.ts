import { mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { migrate } from '../server/src/kernel/migrate.ts'
import { startEmbedded } from '../server/src/kernel/postgres.ts'
import { openHouse } from './house.ts'
import { checkFigures, tableOf } from './pingfang/figures.ts'
import { replay } from './pingfang/replay.ts'
import { readStory } from './pingfang/story.ts'

/**
 * `npm run articles -- pingfang [--serve] [--folder F]`: replays what an article tells, on the test clock, and holds every figure to the rows
 * behind it. Exits with 1 if a figure differs or somebody was not answered. `--serve` leaves the house open for looking at it; `--folder` takes
 * another copy of the story's files.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { serve: { type: 'boolean', default: false }, folder: { type: 'string' } },
})
const PASSWORD = 'banjie-demo'
const WIDTH = 30
let lastLine = ''
const tell = (line: string) => process.stderr.write(line)

const [article = 'pingfang'] = positionals
if (article !== 'pingfang') {
  console.error(`没有“${article}”的重放，现有：pingfang。 No such replay.`)
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
  code = await play()
} catch (error) {
  tell(`\n${error instanceof Error ? error.message : error}\n`)
}
await cluster.stop()
rmSync(home, { recursive: true, force: true })
process.exit(code)

async function play(): Promise<number> {
  const story = readStory(resolve(values.folder ?? join(import.meta.dirname, article)))
  await migrate(cluster.connection)
  const house = await openHouse({
    ...{ connection: cluster.connection, dataDir: home, password: PASSWORD },
    start: new Date(`${story.drive.from}T07:00:00+08:00`),
    deskDir: join(import.meta.dirname, '../web/dist'),
  })
  const began = process.hrtime.bigint()
  const stage = await replay(house, story, { password: PASSWORD, progress: bar })
  tell(`\n重放用时 ${(Number(process.hrtime.bigint() - began) / 1e9).toFixed(0)} 秒\n`)
  const figures = await checkFigures(house.app, stage)
  console.log(tableOf(figures))
  const wrong = figures.filter(({ agrees }) => !agrees)
  console.log(wrong.length === 0 ? `${figures.length} 个数字全部一致。` : `${wrong.length} 个数字不一致。`)
  if (values.serve) await serve(house.app.http, stage.ids.drive)
  await house.app.close()
  return wrong.length === 0 ? 0 : 1
}

function bar(done: number, of: number, what: string): void {
  const full = Math.round((done / of) * WIDTH)
  const line = `\r[${'█'.repeat(full)}${'·'.repeat(WIDTH - full)}] ${Math.round((done / of) * 100)}% ${what.padEnd(24)}`
  if (line !== lastLine) tell(line)
  lastLine = line
}

async function serve(http: { listen(at: { port: number; host: string }): Promise<string> }, drive: string) {
  const base = await http.listen({ port: Number(process.env['PORT'] ?? 8080), host: '127.0.0.1' })
  console.log(
    `\n  征集活动  ${base}/w/drives/${drive}\n  公开页    ${base}/open/drives/${drive}\n  工作台    ${base}/w/`,
  )
  console.log(
    `\n  账号 supervisor clerk dispatcher caller leader，密码 ${PASSWORD}。时钟停在重放结束的一刻。按 Ctrl+C 停止。`,
  )
  await new Promise((stop) => process.once('SIGINT', stop).once('SIGTERM', stop))
}
