import type { UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import { type Sight, visible } from './engine/may.ts'

interface Wanted {
  readonly units: readonly UnitId[]
  readonly types: readonly string[]
  readonly from: Date
  /** Before this instant. */
  readonly to: Date
}
const putTo = (tx: Tx, { units, types, from, to }: Wanted) => sql`c.tenant_id = ${tx.tenant}
  and c.lead_unit_id = any(${[...units]}::uuid[]) and c.received_at >= ${from} and c.received_at < ${to}
  and c.type = any(${[...types]}::text[]) and c.stage <> 'withdrawn'`

/** How many cases of some types were put to each unit in a stretch of time. Uses index case_lead_unit: one range per unit. */
export const countPutTo = (tx: Tx, wanted: Wanted) =>
  tx.run<{ unitId: UnitId; type: string; count: number }>(sql`
    select c.lead_unit_id as unit_id, c.type, count(*) as count from "case" c where ${putTo(tx, wanted)} group by c.lead_unit_id, c.type`)

export interface PutTo {
  readonly type: string
  /** Null where the caller does not see the case. */
  readonly number: string | null
  readonly title: string | null
  readonly at: Date
}
/** The cases themselves, oldest first; what the caller may not see is counted and not named. */
export const listPutTo = (tx: Tx, wanted: Wanted, sight: Sight) =>
  tx.run<PutTo>(sql`
    select c.type, case when ${visible(sight, tx.tenant)} then c.number end as number, case when ${visible(sight, tx.tenant)} then c.title end as title,
      c.received_at as at
    from "case" c where ${putTo(tx, wanted)} order by c.received_at, c.id limit 2000`)
