import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { migrate } from '../server/src/kernel/migrate.ts'
import { startEmbedded } from '../server/src/kernel/postgres.ts'
import { CASE_TYPES } from '../server/src/wiring.ts'
import { articlePage, articles } from './article-page.ts'
import { boundaries, sources } from './boundaries.ts'
import { caseTypeDocs, committedPages, writeCaseTypeDocs } from './case-type-docs.ts'
import type { Finding } from './finding.ts'
import { glossary, glossaryPage } from './glossary.ts'
import { lintSchema } from './schema-lint.ts'

const root = join(import.meta.dirname, '..')

/** Runs a tool from npm; what it prints is the finding. */
function tool(command: string, ...args: string[]): Finding[] {
  const run = spawnSync(join(root, 'node_modules/.bin', command), args, {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return run.status === 0
    ? []
    : [{ where: command, what: `\n${run.stdout ?? ''}${run.stderr ?? ''}${run.error ?? ''}` }]
}

/** The schema as the migrations make it, on a PostgreSQL of its own. */
async function schema(): Promise<Finding[]> {
  const home = mkdtempSync('/tmp/banjie-check-')
  const cluster = await startEmbedded({ dataDir: home, settings: { fsync: 'off' } })
  const client = new pg.Client(cluster.connection)
  try {
    await migrate(cluster.connection)
    await client.connect()
    return await lintSchema(client)
  } finally {
    await client.end().catch(() => undefined)
    await cluster.stop()
    rmSync(home, { recursive: true, force: true })
  }
}

const CHECKS: readonly (readonly [string, () => Finding[] | Promise<Finding[]>])[] = [
  ['format and lint', () => tool('biome', 'check', '--error-on-warnings')],
  ['types', () => tool('tsc', '-p', 'tsconfig.json')],
  ['boundaries', () => boundaries(sources(root))],
  ['dead code', () => tool('knip', '--no-progress')],
  ['glossary', () => glossary(readFileSync(join(root, 'GLOSSARY.md'), 'utf8'))],
  ['case type pages', () => caseTypeDocs(committedPages(root), CASE_TYPES)],
  ['articles', () => articles(articlePage(root), root)],
  ['schema', schema],
]

/** `npm run check`: everything that can be known without running the product. `npm run glossary` and `npm run docs` write what is made. */
if (process.argv[2] === 'glossary') writeFileSync(join(root, 'GLOSSARY.md'), glossaryPage())
else if (process.argv[2] === 'docs') writeCaseTypeDocs(root, CASE_TYPES)
else {
  let found = 0
  for (const [name, check] of CHECKS) {
    const start = performance.now()
    const findings = await check()
    found += findings.length
    console.log(`${findings.length === 0 ? '✔' : '✖'} ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
    for (const { where, what } of findings) console.log(`  ${where}: ${what}`)
  }
  console.log(found === 0 ? '全部通过。 All checks pass.' : `${found} 处需要处理。 ${found} finding(s).`)
  process.exitCode = found === 0 ? 0 : 1
}
