import type { ObligationKind } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { overseesAll, seesUnits } from './say.ts'

/** Who sees an obligation, as a condition on the alias `o` of the obligation table. */
export const visibleObligation = (by: Actor): RawBuilder<unknown> => {
  if (overseesAll(by)) return sql`true`
  const own = sql`${by.personId}::uuid = any(o.person_ids)`
  if (!seesUnits(by)) return own
  const units = sql`${[...by.scope]}::uuid[]`
  return sql`(${own} or o.unit_ids && ${units} or o.lead_unit_id = any(${units}) or o.check_unit_id = any(${units}))`
}

/** Open obligations that somebody sees, and how many of them are late, by kind. Cost: the open rows once. */
export const countOpen = (tx: Tx, by: Actor) =>
  tx.run<{ kind: ObligationKind; count: number; red: number }>(sql`
    select o.kind, count(*) as count, count(*) filter (where o.red_at < ${by.at}) as red from obligation o
    where o.tenant_id = ${tx.tenant} and o.closed_at is null and ${visibleObligation(by)} group by o.kind order by o.kind`)
