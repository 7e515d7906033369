import { spawn } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

/** `npm test [name…]`: every test, or `**∕<name>*.test.ts`. No file found is a failure. */
const root = join(import.meta.dirname, '..')
const names = process.argv.slice(2)
const folders = '{contract,server,web,tools,demo}'
const patterns = names.length > 0 ? names.map((name) => `${folders}/**/${name}*.test.ts`) : [`${folders}/**/*.test.ts`]
const files = patterns
  .flatMap((pattern) => globSync(pattern, { cwd: root, exclude: (name) => name.includes('node_modules') }))
  .sort()
if (files.length === 0) {
  console.error(`没有找到测试 ${names.join(' ')}。 No test found.`)
  process.exit(1)
}
// One file's patience: a test that hangs must fail, with its name, long before a build server gives up.
const TIMEOUT_MS = 240_000
const flags = [
  '--disable-warning=ExperimentalWarning',
  '--test',
  '--test-concurrency=4',
  `--test-timeout=${TIMEOUT_MS}`,
  `--test-global-setup=${join(root, 'tools/test-setup.ts')}`,
  '--test-reporter=spec',
]
const child = spawn(process.execPath, [...flags, ...files], { cwd: root, stdio: 'inherit' })
child.on('exit', (code) => process.exit(code ?? 1))
