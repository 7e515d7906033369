import type { CaseId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/**
 * The number that a mail got when it first came. Locks the message until the commit: a server that sends twice at once is answered once.
 * @param message a hash of the message id, which may hold a name
 */
export async function findReceived(tx: Tx, message: string): Promise<string | undefined> {
  await tx.run(sql`select pg_advisory_xact_lock(${tx.tenant}::int, hashtext(${message}))`)
  const [found] = await tx.run<{ number: string }>(sql`
    select c.number from mail_received m join "case" c on c.tenant_id = m.tenant_id and c.id = m.case_id
    where m.tenant_id = ${tx.tenant} and m.message_hash = ${message}`)
  return found?.number
}

export const insertReceived = (tx: Tx, message: string, caseId: CaseId, at: Date) =>
  tx.run(
    sql`insert into mail_received (tenant_id, message_hash, case_id, at) values (${tx.tenant}, ${message}, ${caseId}, ${at})`,
  )
