import type { BrokenPromise } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseState, caseLight, contentOf, type Engine, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { listBroken } from './broken-promise.sql.ts'

type View = z.input<typeof BrokenPromise>
type Row = Awaited<ReturnType<typeof listBroken>>[number]
interface Recorded {
  readonly enterprise: string
  readonly promise: string
  readonly amountFen?: number
  readonly legalBasis?: string
  readonly instalments?: View['instalments']
}

/** Broken promises (失信违诺): what was promised to enterprises and not kept, and public commitments whose day has passed. */
export async function brokenPromises(tx: Tx, engine: Engine, by: Actor): Promise<View[]> {
  return (await listBroken(tx, sightOf(by))).map((row) => view(engine, row, by.at))
}

function view(engine: Engine, row: Row, now: Date): View {
  return {
    ...{ id: row.id, number: row.number, title: row.title },
    unit: row.leadUnitId === null ? null : { id: row.leadUnitId, name: row.unitName ?? '' },
    ...(row.type === 'commitment' ? ofCommitment(row) : ofRecord(row)),
    stageLabel: stageWord(engine.typeOf(row), row.stage),
    light: caseLight(row, now),
    settled: row.closedAt !== null,
  }
}

function ofCommitment(kase: CaseState) {
  const { text, deadline, breaches } = contentOf(kase)
  return {
    ...{ kind: 'commitment' as const, enterprise: null, promise: text, deadline },
    ...{ amountFen: null, legalBasis: null, instalments: [], breaches: breaches.length, again: breaches.length > 1 },
  }
}

/** Recorded as broken it is broken once; each day that was set anew and passed is once more. */
function ofRecord({ facts, brokenPromises: since }: CaseState) {
  const { enterprise, promise, amountFen, legalBasis, instalments } = facts['broken'] as Recorded
  return {
    ...{ kind: 'recorded' as const, enterprise, promise },
    deadline: typeof facts['deadline'] === 'string' ? facts['deadline'] : null,
    ...{ amountFen: amountFen ?? null, legalBasis: legalBasis ?? null, instalments: instalments ?? [] },
    ...{ breaches: 1 + since, again: since > 0 },
  }
}
