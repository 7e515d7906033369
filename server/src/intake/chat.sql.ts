import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

export interface FiledMessage {
  readonly key: string
  readonly id: CaseId
  readonly number: string
}
/** The messages that are cases already, by the keys of this source. Cost: one look-up of the unique index a key. */
export const listFiled = (tx: Tx, source: string, keys: readonly string[]) =>
  tx.run<FiledMessage>(
    sql`select source_key as key, id, number from "case" where tenant_id = ${tx.tenant} and source = ${source} and source_key = any(${[...keys]}::text[])`,
  )

/** One after the other: two clerks may paste the same block. Held to the end of the transaction. */
export const lockChats = (tx: Tx) =>
  tx.run(sql`select pg_advisory_xact_lock(hashtext('intake.chat'), ${tx.tenant}::int)`)
