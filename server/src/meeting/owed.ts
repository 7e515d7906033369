import type { OwedCase } from '@banjie/contract'
import type { z } from 'zod'
import { caseLight, type Engine, stageWord } from '#case'
import type { OwedRow } from './owed.sql.ts'

const HIDDEN = '（不在您的可见范围）'
const instant = (text: string | null) => (text === null ? null : new Date(text))

/** The case behind a decision or an instruction, with its light. Whoever does not see the case learns its number and whether it is late, not what it is about. */
export const owedView = (engine: Engine, row: OwedRow, now: Date): z.infer<typeof OwedCase> => {
  const { id, number, type, stage, mayOpen, paused, dueKind } = row
  const [dueAt, yellowAt] = [instant(row.dueAt), instant(row.yellowAt)]
  return {
    ...{ id, number, mayOpen, title: mayOpen ? row.title : HIDDEN },
    stageLabel: stageWord(engine.typeOf({ type }), stage),
    light: caseLight({ dueAt, yellowAt, dueKind, paused }, now),
    dueAt: dueAt?.toISOString() ?? null,
    closed: row.closedAt !== null,
  }
}
