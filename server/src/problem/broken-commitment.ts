import type { CaseId } from '@banjie/contract'
import { caseLight, contentOf, type Engine, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { afterOf, type Paged, paged } from '#kernel/page'
import type { Tx } from '#kernel/store'
import { countBroken, listBroken } from './broken-commitment.sql.ts'

/**
 * A page of the public commitments whose day has passed (逾期未兑现的公开承诺): fulfilled late, they stay told.
 * @throws Fault 'request.invalid' for a cursor that is none
 */
export async function brokenCommitments(tx: Tx, engine: Engine, { limit, cursor }: Paged, by: Actor) {
  const sight = sightOf(by)
  const rows = await listBroken(tx, sight, { after: afterOf({ limit, cursor }) as CaseId | undefined, limit })
  const { items, nextCursor } = paged(rows, limit)
  return {
    items: items.map((row) => {
      const { text, deadline, breaches } = contentOf(row)
      return {
        ...{ id: row.id, number: row.number, title: row.title, text, deadline, breaches: breaches.length },
        unit: row.leadUnitId === null ? null : { id: row.leadUnitId, name: row.unitName ?? '' },
        ...{ stageLabel: stageWord(engine.typeOf(row), row.stage), light: caseLight(row, by.at) },
        settled: row.closedAt !== null,
      }
    }),
    nextCursor,
    total: { value: await countBroken(tx, sight), exact: true },
  }
}
