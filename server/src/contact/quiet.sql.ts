import type { DoNotDisturbId, LiaisonTargetId, NewDoNotDisturb } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface QuietRow {
  readonly id: DoNotDisturbId
  readonly targetId: LiaisonTargetId
  readonly from: string
  readonly to: string
  readonly words: string
  readonly by: string
  readonly ended: string | null
}

/** Do-not-disturbs of some targets that touch some days; one that was ended before it began touches none. */
export const listQuiets = (
  tx: Tx,
  targets: readonly LiaisonTargetId[],
  { from, to }: { readonly from: string; readonly to: string },
) =>
  tx.run<QuietRow>(sql`
    select id, target_id, from_day as from, to_day as to, words, by_name as by, ended_reason as ended
    from do_not_disturb where tenant_id = ${tx.tenant} and target_id = any(${[...targets]}::uuid[]) and from_day <= to_day
      and from_day <= ${to} and to_day >= ${from} order by from_day, id limit 5000`)

export const findQuiet = async (tx: Tx, id: DoNotDisturbId) =>
  (
    await tx.run<QuietRow>(sql`
    select id, target_id, from_day as from, to_day as to, words, by_name as by, ended_reason as ended
    from do_not_disturb where tenant_id = ${tx.tenant} and id = ${id}`)
  )[0]

export const insertQuiet = (tx: Tx, id: DoNotDisturbId, given: NewDoNotDisturb, by: Actor) =>
  tx.run(sql`
    insert into do_not_disturb (tenant_id, id, target_id, from_day, to_day, words, by_name, created_at)
    values (${tx.tenant}, ${id}, ${given.targetId}, ${given.from}, ${given.to}, ${given.words}, ${by.name}, ${by.at})`)

/** It holds up to and with this day and no longer. */
export const endQuietOn = (tx: Tx, id: DoNotDisturbId, to: string, reason: string) =>
  tx.run(
    sql`update do_not_disturb set to_day = ${to}, ended_reason = ${reason} where tenant_id = ${tx.tenant} and id = ${id}`,
  )
