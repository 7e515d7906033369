import type { ReturnField } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

export interface ProfileRow {
  readonly body: string
  readonly version: number
  readonly columns: { field: ReturnField; header: string }[]
  readonly byName: string
  readonly at: Date
}

/** The newest version for each of these bodies. */
export const listProfiles = (tx: Tx, bodies: readonly string[]) =>
  tx.run<ProfileRow>(sql`
    select distinct on (body) body, version, columns, by_name, at from exchange_profile
    where tenant_id = ${tx.tenant} and body = any(${[...bodies]}::text[]) order by body, version desc`)

/** The next version; earlier ones stay as they were. */
export const insertProfile = async (tx: Tx, profile: Omit<ProfileRow, 'version'>) => {
  await tx.run(sql`select pg_advisory_xact_lock(${tx.tenant}::int, hashtext('exchange_profile'))`)
  return tx.run(sql`
    insert into exchange_profile (tenant_id, body, version, columns, by_name, at)
    select ${tx.tenant}, ${profile.body}::text, coalesce(max(version), 0) + 1, ${JSON.stringify(profile.columns)}::jsonb, ${profile.byName}::text, ${profile.at}::timestamptz
    from exchange_profile where tenant_id = ${tx.tenant} and body = ${profile.body}`)
}
