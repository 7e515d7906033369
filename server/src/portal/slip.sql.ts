import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** The name that was left with a case, for the slip that its person is handed. */
export const findAsker = async (tx: Tx, caseId: string) =>
  (
    await tx.run<{ name: string | null }>(
      sql`select name from party where tenant_id = ${tx.tenant} and case_id = ${caseId} and role = 'asker' limit 1`,
    )
  )[0]?.name ?? null
