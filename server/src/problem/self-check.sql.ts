import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import type { CaseState } from '#case'
import type { Tx } from '#kernel/store'

/** Self-check sheets (自查表) of a list: those nobody has answered first. Uses index case_listed. */
export const listSheets = (tx: Tx, listId: string) =>
  tx.run<CaseState & { unitName: string | null }>(sql`
    select c.*, unit.name as unit_name from "case" c left join unit on unit.tenant_id = c.tenant_id and unit.id = c.lead_unit_id
    where c.tenant_id = ${tx.tenant} and c.type = 'sweep' and c.facts ? 'listId' and c.facts ->> 'listId' = ${listId}
    order by c.closed_at is not null, c.received_at, unit.code limit 2000`)

/** What units found when they checked themselves, by sheet. Uses index case_parent. */
export const listFound = (tx: Tx, sheets: readonly CaseId[]) =>
  tx.run<CaseState>(sql`
    select * from "case" where tenant_id = ${tx.tenant} and type = 'problem' and parent_id = any(${[...sheets]}::uuid[])
    order by received_at, id limit 5000`)
