import type { GroupingId, OpinionFilter, PersonId, SuggestedGroup } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** A run of grouping (归并建议) with its result. */
export interface GroupingRow {
  readonly id: GroupingId
  readonly state: 'running' | 'done' | 'failed'
  readonly filter: OpinionFilter
  readonly opinions: number
  readonly truncated: boolean
  readonly groups: { readonly groups: readonly SuggestedGroup[]; readonly single: number }
  readonly byPerson: PersonId
  readonly startedAt: Date
  readonly finishedAt: Date | null
}

export const insertGrouping = (tx: Tx, run: GroupingRow) =>
  tx.run(sql`
    insert into grouping (tenant_id, id, state, filter, opinions, truncated, groups, by_person, started_at, finished_at)
    values (${tx.tenant}, ${run.id}, ${run.state}, ${JSON.stringify(run.filter)}::jsonb, ${run.opinions}, ${run.truncated},
      ${JSON.stringify(run.groups)}::jsonb, ${run.byPerson}, ${run.startedAt}, ${run.finishedAt})`)

export const finishGrouping = (
  tx: Tx,
  id: GroupingId,
  { state, groups, at }: { state: 'done' | 'failed'; groups: GroupingRow['groups']; at: Date },
) =>
  tx.run(sql`
    update grouping set state = ${state}, groups = ${JSON.stringify(groups)}::jsonb, finished_at = ${at}
    where tenant_id = ${tx.tenant} and id = ${id}`)

/** A person's own run. */
export const findGrouping = async (tx: Tx, id: GroupingId, person: PersonId | null) =>
  (
    await tx.run<GroupingRow>(sql`
    select id, state, filter, opinions, truncated, groups, by_person, started_at, finished_at from grouping
    where tenant_id = ${tx.tenant} and id = ${id} and by_person = ${person}`)
  )[0]

/** A run is a suggestion for now: those of before a day are forgotten, and those whose process died are told as failed. */
export const tidyGroupings = (tx: Tx, now: Date, alive: readonly string[]) =>
  tx.run(sql`
    with gone as (
      delete from grouping where tenant_id = ${tx.tenant} and started_at < ${now}::timestamptz - interval '2 days' returning 1)
    update grouping set state = 'failed', finished_at = ${now}
    where tenant_id = ${tx.tenant} and state = 'running' and id <> all(${[...alive]}::uuid[]) and started_at < ${now}::timestamptz - interval '10 minutes'
      and started_at >= ${now}::timestamptz - interval '2 days'`)
