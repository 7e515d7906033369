import { idsOf, LIAISON_TARGET_KIND, type LiaisonCoverage, type LiaisonTargetKind } from '@banjie/contract'
import type { Tx } from '#kernel/store'
import { countByKind, countByLeader, listUncovered } from './coverage.sql.ts'

const SHOWN = 300

/**
 * Coverage (包保覆盖) on a day: a target is covered by its main liaison of that day and by nothing else; whoever was bound before, or will be
 * after, or has left their post, does not count. Targets that nobody answers for are listed up to the first 300; their number is that of all.
 */
export async function coverageOn(tx: Tx, on: string): Promise<LiaisonCoverage> {
  const rows = await countByLeader(tx, on)
  const kinds = new Map((await countByKind(tx, on)).map((row) => [row.kind, row]))
  const count = (of: 'targets' | 'covered' | 'contacted') =>
    Object.fromEntries(idsOf(LIAISON_TARGET_KIND).map((kind) => [kind, kinds.get(kind)?.[of] ?? 0])) as Record<
      LiaisonTargetKind,
      number
    >
  const without = [...kinds.values()].reduce((sum, { targets, covered }) => sum + targets - covered, 0)
  return {
    ...{ on, leaders: rows.length },
    rows: rows.map(({ personId, name, post, enterprise, project, organisation, assisting }) => ({
      ...{ person: { id: personId, name }, post, main: { enterprise, project, organisation }, assisting },
    })),
    ...{ targets: count('targets'), covered: count('covered'), contacted: count('contacted') },
    ...{ uncovered: without === 0 ? [] : await listUncovered(tx, on, SHOWN), uncoveredCount: without },
  }
}
