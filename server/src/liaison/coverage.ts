import { idsOf, LIAISON_TARGET_KIND, type LiaisonCoverage, type LiaisonTargetKind } from '@banjie/contract'
import type { Tx } from '#kernel/store'
import { readCoverage } from './coverage.sql.ts'

const SHOWN = 300

/**
 * Coverage (包保覆盖) on a day: a target is covered by its main liaison of that day and by nothing else; whoever was bound before, or will be
 * after, or has left their post, does not count. Targets that nobody answers for are listed up to the first 300; their number is that of all.
 */
export async function coverageOn(tx: Tx, on: string): Promise<LiaisonCoverage> {
  const { leaders, kinds, uncovered } = await readCoverage(tx, on, SHOWN)
  const count = (of: 'targets' | 'covered' | 'contacted') =>
    Object.fromEntries(
      idsOf(LIAISON_TARGET_KIND).map((kind) => [kind, kinds.find((row) => row.kind === kind)?.[of] ?? 0]),
    ) as Record<LiaisonTargetKind, number>
  return {
    ...{ on, leaders: leaders.length },
    rows: leaders.map(({ id, name, post, enterprise, project, organisation, assisting }) => ({
      ...{ person: { id, name }, post, main: { enterprise, project, organisation }, assisting },
    })),
    ...{ targets: count('targets'), covered: count('covered'), contacted: count('contacted') },
    ...{ uncovered: [...uncovered], uncoveredCount: kinds.reduce((sum, row) => sum + row.targets - row.covered, 0) },
  }
}
