import type { PersonId, TenantId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Store, Tx } from '#kernel/store'

export interface AccountRow {
  readonly account: string
  readonly personId: PersonId
  readonly passwordHash: string
  readonly failures: number
  readonly lockedUntil: Date | null
}

/** Locked until the transaction ends: two guesses at once count twice. */
export const lockAccount = async (tx: Tx, account: string) =>
  (
    await tx.run<AccountRow>(sql`
    select account, person_id, password_hash, failures, locked_until from account
    where tenant_id = ${tx.tenant} and account = ${account} for update`)
  )[0]

export const markFailure = (tx: Tx, account: string, failures: number, lockedUntil: Date | null) =>
  tx.run(
    sql`update account set failures = ${failures}, locked_until = ${lockedUntil} where tenant_id = ${tx.tenant} and account = ${account}`,
  )

/** Adds an account or gives it a new password. */
export const putAccount = (tx: Tx, account: string, personId: PersonId, passwordHash: string) =>
  tx.run(sql`
    insert into account (tenant_id, account, person_id, password_hash) values (${tx.tenant}, ${account}, ${personId}, ${passwordHash})
    on conflict (tenant_id, account) do update set person_id = excluded.person_id, password_hash = excluded.password_hash`)

export const hasAccount = async (tx: Tx, account: string) =>
  (await tx.run(sql`select 1 from account where tenant_id = ${tx.tenant} and account = ${account}`)).length > 0

export const insertSession = (
  store: Store,
  tenant: TenantId,
  session: { hash: string; account: string; expiresAt: Date },
) =>
  store.reference(
    sql`insert into session (hash, tenant_id, account, expires_at) values (${session.hash}, ${tenant}, ${session.account}, ${session.expiresAt})`,
  )

export const findSession = async (store: Store, tenant: TenantId, hash: string, now: Date) =>
  (
    await store.reference<{ account: string }>(
      sql`select account from session where hash = ${hash} and tenant_id = ${tenant} and expires_at > ${now}`,
    )
  )[0]

export const deleteSession = (store: Store, hash: string) =>
  store.reference(sql`delete from session where hash = ${hash}`)
export const deleteExpiredSessions = (store: Store, now: Date) =>
  store.reference(sql`delete from session where expires_at <= ${now}`)

export const insertToken = (
  tx: Tx,
  token: { id: string; hash: string; name: string; account: string; expiresAt: Date },
) =>
  tx.run(sql`
    insert into token (tenant_id, id, hash, name, account, expires_at)
    values (${tx.tenant}, ${token.id}, ${token.hash}, ${token.name}, ${token.account}, ${token.expiresAt})`)

export const findToken = async (tx: Tx, hash: string, now: Date) =>
  (
    await tx.run<{ account: string }>(
      sql`select account from token where tenant_id = ${tx.tenant} and hash = ${hash} and expires_at > ${now}`,
    )
  )[0]
