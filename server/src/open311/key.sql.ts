import type { Open311Right } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

export interface KeyRow {
  readonly id: string
  readonly name: string
  readonly owner: string
  readonly rights: Open311Right[]
  readonly perMinute: number
  readonly filed: number
  readonly createdBy: string
  readonly createdAt: Date
  readonly revokedBy: string | null
  readonly revokedAt: Date | null
}

const KEY = (tx: Tx) => sql`
  select k.id, k.name, k.owner, k.rights, k.per_minute, k.created_by, k.created_at, k.revoked_by, k.revoked_at,
    (select count(*) from open311_request r where r.tenant_id = k.tenant_id and r.key_id = k.id) as filed
  from open311_key k where k.tenant_id = ${tx.tenant}`

/** All keys, the newest first; an administrator makes a handful. */
export const listKeys = (tx: Tx) => tx.run<KeyRow>(sql`${KEY(tx)} order by k.created_at desc, k.id desc limit 500`)
export const findKey = async (tx: Tx, id: string) => (await tx.run<KeyRow>(sql`${KEY(tx)} and k.id = ${id}`))[0]

export const insertKey = (
  tx: Tx,
  key: Pick<KeyRow, 'id' | 'name' | 'owner' | 'rights' | 'perMinute' | 'createdBy' | 'createdAt'> & { hash: string },
) =>
  tx.run(sql`
    insert into open311_key (tenant_id, id, name, owner, hash, rights, per_minute, created_by, created_at)
    values (${tx.tenant}, ${key.id}, ${key.name}, ${key.owner}, ${key.hash}, ${key.rights}::text[], ${key.perMinute}, ${key.createdBy}, ${key.createdAt})`)

/** Revokes a key that is still in force. @returns whether it was */
export const revokeKey = async (tx: Tx, id: string, by: { name: string; at: Date }) =>
  (
    await tx.run(sql`
    update open311_key set revoked_by = ${by.name}, revoked_at = ${by.at}
    where tenant_id = ${tx.tenant} and id = ${id} and revoked_at is null returning id`)
  ).length > 0

/** The key in force whose secret has this hash. Cost: one look-up in a unique index. */
export const findKeyByHash = async (tx: Tx, hash: string) =>
  (
    await tx.run<Pick<KeyRow, 'id' | 'rights' | 'perMinute'>>(sql`
    select id, rights, per_minute from open311_key where tenant_id = ${tx.tenant} and hash = ${hash} and revoked_at is null`)
  )[0]
