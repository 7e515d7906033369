import type { CaseId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { visible } from '#case'
import type { Tx } from '#kernel/store'
import type { Question } from './indicator.sql.ts'

export interface OutcomeRow {
  readonly id: CaseId
  readonly number: string
  readonly title: string
  readonly unitId: string | null
  readonly unit: string | null
  readonly round: number
  readonly at: Date
  /** As written by the answer; parsed by the contract. */
  readonly quantities: unknown
}

/** Where a case keeps its outcome in figures. */
const QUANTITIES: RawBuilder<unknown> = sql`c.facts -> 'quantities'`

/** Cases with quantities whose last answer falls into the period: a case answered twice has had its effect once. Uses case_round_answered. */
export const listOutcomes = (tx: Tx, { from, until, asOf, sight }: Omit<Question, 'by' | 'type'>) =>
  tx.run<OutcomeRow>(sql`
    select c.id, c.number, c.title, r.round, r.lead_unit_id as unit_id, unit.name as unit, r.answered_at as at, ${QUANTITIES} as quantities
    from case_round r
    join "case" c on c.tenant_id = r.tenant_id and c.id = r.case_id
    left join unit on unit.tenant_id = r.tenant_id and unit.id = r.lead_unit_id
    where r.tenant_id = ${tx.tenant} and r.answered_at >= ${from} and r.answered_at < ${until} and r.answered_at <= ${asOf} and r.recorded_at <= ${asOf}
      and not exists (select from case_round n where n.tenant_id = r.tenant_id and n.case_id = r.case_id and n.round > r.round and n.answered_at <= ${asOf})
      and jsonb_typeof(${QUANTITIES}) = 'array' and ${QUANTITIES} <> '[]'::jsonb and ${visible(sight, tx.tenant)}
    order by r.answered_at, c.id`)
