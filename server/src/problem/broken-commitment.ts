import type { CaseId } from '@banjie/contract'
import { caseLight, contentOf, type Engine, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { invalid } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { countBroken, listBroken } from './broken-commitment.sql.ts'

const CURSOR = /^[0-9a-f-]{36}$/

/**
 * A page of the public commitments whose day has passed (逾期未兑现的公开承诺): fulfilled late, they stay told.
 * @throws Fault 'request.invalid' for a cursor that is none
 */
export async function brokenCommitments(
  tx: Tx,
  engine: Engine,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  by: Actor,
) {
  if (cursor !== undefined && !CURSOR.test(cursor)) throw invalid('cursor', 'request.not_found')
  const sight = sightOf(by)
  const rows = await listBroken(tx, sight, { after: cursor as CaseId | undefined, limit })
  return {
    items: rows.slice(0, limit).map((row) => {
      const { text, deadline, breaches } = contentOf(row)
      return {
        ...{ id: row.id, number: row.number, title: row.title, text, deadline, breaches: breaches.length },
        unit: row.leadUnitId === null ? null : { id: row.leadUnitId, name: row.unitName ?? '' },
        ...{ stageLabel: stageWord(engine.typeOf(row), row.stage), light: caseLight(row, by.at) },
        settled: row.closedAt !== null,
      }
    }),
    nextCursor: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
    total: { value: await countBroken(tx, sight), exact: true },
  }
}
