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

/**
 * What the answer of a round says in figures. The case keeps those of its present round; a reopened case has cleared them, and its earlier answer
 * is read from the events.
 */
const QUANTITIES = (tx: Tx): RawBuilder<unknown> => sql`case when r.round = c.round then c.quantities else (
      select e.patch -> 'quantities' from case_event e
      where e.tenant_id = ${tx.tenant} and e.case_id = r.case_id and e.round = r.round and e.at between r.started_at and r.answered_at
        and jsonb_typeof(e.patch -> 'quantities') = 'array'
      order by e.seq desc limit 1) end`

/** Cases with quantities whose last answer falls into the period: a case answered twice has had its effect once. Uses case_round_answered. */
export const listOutcomes = (tx: Tx, { from, until, asOf, sight }: Omit<Question, 'by' | 'type'>) =>
  tx.run<OutcomeRow>(sql`
    with answered as (
      select c.id, c.number, c.title, r.round, r.lead_unit_id as unit_id, unit.name as unit, r.answered_at as at, ${QUANTITIES(tx)} as quantities
      from case_round r
      join "case" c on c.tenant_id = r.tenant_id and c.id = r.case_id
      left join unit on unit.tenant_id = r.tenant_id and unit.id = r.lead_unit_id
      where r.tenant_id = ${tx.tenant} and r.answered_at >= ${from} and r.answered_at < ${until} and r.answered_at <= ${asOf} and r.recorded_at <= ${asOf}
        and not exists (select from case_round n where n.tenant_id = ${tx.tenant} and n.case_id = r.case_id and n.round > r.round and n.answered_at <= ${asOf})
        and ${visible(sight, tx.tenant)}
    )
    select * from answered where quantities <> '[]'::jsonb order by at, id`)
