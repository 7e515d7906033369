import type { CaseId, ClockKind } from '@banjie/contract'
import { sql } from 'kysely'
import { type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'

/** A case (alias `c`) that is owed for a decision or an instruction, as JSON. */
export interface OwedRow {
  readonly id: CaseId
  readonly number: string
  readonly title: string
  readonly type: string
  readonly stage: string
  readonly dueAt: string | null
  readonly yellowAt: string | null
  readonly dueKind: ClockKind | null
  readonly paused: boolean
  readonly closedAt: string | null
  readonly answer: string | null
  readonly mayOpen: boolean
}
export const owedCase = (
  tx: Tx,
  sight: Sight,
) => sql`jsonb_build_object('id', c.id, 'number', c.number, 'title', c.title,
  'type', c.type, 'stage', c.stage, 'dueAt', c.due_at, 'yellowAt', c.yellow_at, 'dueKind', c.due_kind, 'paused', c.paused, 'closedAt', c.closed_at,
  'answer', c.answer, 'mayOpen', ${visible(sight, tx.tenant)})`
