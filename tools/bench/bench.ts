import { mkdtempSync, rmSync } from 'node:fs'
import { startEmbedded } from '../../server/src/kernel/postgres.ts'
import { dutyRatios } from './duty.ts'
import { enterpriseRatios } from './enterprise.ts'
import { intakeRatios } from './intake.ts'
import { ledgerRatios } from './ledger.ts'
import { policyRatios } from './policy.ts'
import { sweepRatios } from './sweep.ts'
import { textFigures } from './text.ts'

/**
 * `npm run bench [intake|ledger|sweep|duty|policy|enterprise] [largest]`: one JSON line of ratios on standard output, each measured against its base in the same run;
 * how it went on standard error. `largest` is how many cases the largest ledger has, how many clocks the sweep fires and how many visits there were, 1,000,000 unless told.
 * `npm run bench -- text [--train F] [--test F] [--messages F] [--pairs F] [--hot F] [--sizes 100k,1M]
 * [--only labels|matters|speed]` prints figures of listening instead.
 */
const [what = 'all', largest = '1000000'] = process.argv.slice(2)
const wants = (part: string) => what === 'all' || what === part
const tell = (line: string) => process.stderr.write(line)
if (what === 'text') {
  try {
    console.log(JSON.stringify(textFigures(process.argv.slice(3), tell)))
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
  process.exit(0)
}
/** A big district: everything in proportion to its visits. */
const dutySizes = (visits: number) => ({
  ...{ leaders: visits / 1000, targets: visits / 20, rules: visits / 100, visits, tasks: visits / 200 },
})
const ratios: Record<string, unknown> = {}
if (wants('intake')) Object.assign(ratios, await intakeRatios(tell))
if (['ledger', 'sweep', 'duty', 'policy', 'enterprise'].some(wants)) {
  const home = mkdtempSync('/var/tmp/banjie-bench-')
  const cluster = await startEmbedded({ dataDir: home, settings: { maintenance_work_mem: '1GB' } })
  try {
    if (wants('ledger')) {
      const sizes = [10_000, 100_000, Number(largest)].filter(
        (size, i, all) => all.indexOf(size) === i && size <= Number(largest),
      )
      ratios['ledger'] = await ledgerRatios(cluster.connection, home, sizes, tell)
    }
    if (wants('duty')) ratios['duty'] = await dutyRatios(cluster.connection, home, dutySizes(Number(largest)), tell)
    if (wants('policy'))
      ratios['policy'] = await policyRatios(cluster.connection, home, { enterprises: 10_000, rules: 200 }, tell)
    if (wants('enterprise'))
      ratios['enterprise'] = await enterpriseRatios(cluster.connection, home, Number(largest), tell)
    if (wants('sweep')) ratios['sweep'] = await sweepRatios(cluster.connection, home, Number(largest), tell)
  } finally {
    await cluster.stop()
    rmSync(home, { recursive: true, force: true })
  }
}
console.log(JSON.stringify(ratios))
