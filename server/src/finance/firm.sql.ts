import type { EnterpriseId, MeetingId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

export interface Firm {
  readonly id: EnterpriseId
  readonly name: string
  readonly uscc: string | null
}
/** Which of these are enterprises of the register. */
export const listFirms = (tx: Tx, ids: readonly EnterpriseId[]) =>
  tx.run<Firm>(sql`
    select id, name, uscc from liaison_target
    where tenant_id = ${tx.tenant} and kind = 'enterprise' and id = any(${[...ids]}::uuid[]) order by name limit 1000`)

/** Enterprises by the names and codes that a file writes. */
export const listFirmsCalled = (tx: Tx, called: readonly string[]) =>
  tx.run<Firm>(sql`
    select id, name, uscc from liaison_target
    where tenant_id = ${tx.tenant} and kind = 'enterprise' and (name = any(${[...called]}::text[]) or uscc = any(${[...called]}::text[])) limit 10000`)

/** @returns whether there is such a meeting */
export const hasMeeting = async (tx: Tx, id: MeetingId) =>
  (await tx.run(sql`select 1 as one from meeting where tenant_id = ${tx.tenant} and id = ${id}`)).length > 0
