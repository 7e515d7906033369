import type { ContactLimit, NewContactLimit } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

/** Versions of the limits, newest first. A district sets a few in its life. */
export const listLimits = (tx: Tx) =>
  tx.run<ContactLimit>(sql`
    select version, per_month, near_days, window_days, asks_per_week, fields_per_week, basis, valid_from, by_name as by
    from contact_limit where tenant_id = ${tx.tenant} order by version desc limit 500`)

/** @returns false where somebody else has put up this version meanwhile */
export const insertLimit = async (tx: Tx, limit: NewContactLimit & { readonly version: number }, by: Actor) =>
  (
    await tx.run(sql`
    insert into contact_limit (tenant_id, version, per_month, near_days, window_days, asks_per_week, fields_per_week, basis, valid_from, by_name, created_at)
    values (${tx.tenant}, ${limit.version}, ${limit.perMonth}, ${limit.nearDays}, ${limit.windowDays}, ${limit.asksPerWeek}, ${limit.fieldsPerWeek},
      ${limit.basis}, ${limit.validFrom}, ${by.name}, ${by.at})
    on conflict do nothing returning 1`)
  ).length > 0
