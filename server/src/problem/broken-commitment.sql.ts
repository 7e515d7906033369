import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import { type CaseState, type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'

const broken = (tx: Tx, sight: Sight) => sql`c.tenant_id = ${tx.tenant} and c.type = 'commitment' and c.facts ? 'listId'
  and c.stage not in ('withdrawn', 'merged') and c.broken_promises > 0 and ${visible(sight, tx.tenant)}`

/** A page of the commitments whose day has passed at least once, newest first, one more than the limit where there is more. */
export const listBroken = (
  tx: Tx,
  sight: Sight,
  page: { readonly after: CaseId | undefined; readonly limit: number },
) =>
  tx.run<CaseState & { unitName: string | null }>(sql`
    select c.*, unit.name as unit_name from "case" c left join unit on unit.tenant_id = c.tenant_id and unit.id = c.lead_unit_id
    where ${broken(tx, sight)} and (${page.after ?? null}::uuid is null or (c.received_at, c.id) < (select a.received_at, a.id from "case" a
      where a.tenant_id = ${tx.tenant} and a.id = ${page.after ?? null}::uuid))
    order by c.received_at desc, c.id desc limit ${page.limit + 1}`)

/** How many there are. */
export const countBroken = async (tx: Tx, sight: Sight) =>
  (await tx.run<{ n: number }>(sql`select count(*) as n from "case" c where ${broken(tx, sight)}`))[0]?.n ?? 0
