import { sql } from 'kysely'
import { Fault } from './fault.ts'
import type { Tx } from './store.ts'

export interface Once {
  readonly key: string
  readonly principal: string
  /** sha256 of method, path and body. */
  readonly fingerprint: string
  readonly at: Date
}

/**
 * Runs `work` at most once per key, tenant and principal, in the same transaction; the second call gets the first one's answer.
 * A concurrent twin waits on the row until the first has committed.
 * @throws Fault 'idempotency.mismatch' if the key was used for something else
 */
export async function once<T>(
  tx: Tx,
  { key, principal, fingerprint, at }: Once,
  work: () => Promise<T>,
): Promise<{ value: T; replayed: boolean }> {
  const claimed = await tx.run(sql`
    insert into idempotency (tenant_id, principal, key, fingerprint, at) values (${tx.tenant}, ${principal}, ${key}, ${fingerprint}, ${at})
    on conflict do nothing returning 1 as claimed`)
  if (claimed.length === 0) return { value: await replay<T>(tx, { key, principal, fingerprint, at }), replayed: true }
  const value = await work()
  await tx.run(sql`
    update idempotency set answer = ${JSON.stringify(value ?? null)}::jsonb
    where tenant_id = ${tx.tenant} and principal = ${principal} and key = ${key}`)
  return { value, replayed: false }
}

async function replay<T>(tx: Tx, { key, principal, fingerprint }: Once): Promise<T> {
  const [first] = await tx.run<{ fingerprint: string; answer: T }>(sql`
    select fingerprint, answer from idempotency where tenant_id = ${tx.tenant} and principal = ${principal} and key = ${key}`)
  if (first === undefined || first.fingerprint !== fingerprint) throw new Fault('idempotency.mismatch')
  return first.answer
}

const KEPT_DAYS = 7

/** Forgets keys older than seven days. */
export const forgetOldKeys = (tx: Tx, now: Date) =>
  tx.run(
    sql`delete from idempotency where tenant_id = ${tx.tenant} and at < ${new Date(now.getTime() - KEPT_DAYS * 86_400_000)}`,
  )
