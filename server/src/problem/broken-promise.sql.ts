import { sql } from 'kysely'
import { type CaseState, type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'

/** Promises that were broken, newest first: recorded ones, and commitments whose day has passed at least once. At most 1,000. */
export const listBroken = (tx: Tx, sight: Sight) =>
  tx.run<CaseState & { unitName: string | null }>(sql`
    select c.*, unit.name as unit_name from "case" c left join unit on unit.tenant_id = c.tenant_id and unit.id = c.lead_unit_id
    where c.tenant_id = ${tx.tenant} and c.facts ? 'listId' and c.stage not in ('withdrawn', 'merged') and ${visible(sight, tx.tenant)}
      and ((c.type = 'problem' and c.facts ? 'broken') or (c.type = 'commitment' and c.broken_promises > 0))
    order by c.received_at desc, c.id limit 1000`)
