import type { CaseId, OnCallLogId, PersonId, RosterPostId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import { type Sight, visible } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface LogFilter {
  readonly id?: OnCallLogId
  readonly post?: RosterPostId | undefined
  readonly outside?: 'yes' | 'no' | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
export interface LogRow {
  readonly id: OnCallLogId
  readonly post: { readonly id: RosterPostId; readonly name: string }
  readonly at: Date
  readonly outsideHours: boolean
  readonly onDuty: { readonly id: PersonId; readonly name: string } | null
  readonly what: string
  readonly done: string
  readonly case: { id: CaseId; number: string; mayOpen: boolean } | null
  readonly by: string
}
function conditionsOf(tx: Tx, { id, post, outside, from, to }: LogFilter) {
  const conditions: RawBuilder<unknown>[] = [sql`l.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`l.id = ${id}`)
  if (post !== undefined) conditions.push(sql`l.post_id = ${post}`)
  if (outside !== undefined) conditions.push(sql`l.outside_hours = ${outside === 'yes'}`)
  if (from !== undefined) conditions.push(sql`l.at >= ${`${from}T00:00:00+08:00`}::timestamptz`)
  if (to !== undefined) conditions.push(sql`l.at < ${`${to}T00:00:00+08:00`}::timestamptz + interval '1 day'`)
  return sql.join(conditions, sql` and `)
}

/** Calls to the posts, the latest first. */
export const listLogs = (tx: Tx, filter: LogFilter, sight: Sight) =>
  tx.run<LogRow>(sql`
    select l.id, jsonb_build_object('id', r.id, 'name', r.name) as post, l.at, l.outside_hours, l.what, l.done, l.by_name as by,
      case when p.id is not null then jsonb_build_object('id', p.id, 'name', p.name) end as on_duty,
      case when c.id is not null then jsonb_build_object('id', c.id, 'number', c.number, 'mayOpen', ${visible(sight, tx.tenant)}) end as case
    from on_call_log l join roster_post r on r.tenant_id = l.tenant_id and r.id = l.post_id
    left join person p on p.tenant_id = l.tenant_id and p.id = l.on_duty
    left join "case" c on c.tenant_id = l.tenant_id and c.id = l.case_id
    where ${conditionsOf(tx, filter)} order by l.at desc, l.id desc limit 300`)

export const countLogs = async (tx: Tx, filter: LogFilter) =>
  (
    await tx.run<{ calls: number; outsideHours: number; opened: number }>(sql`
    select count(*) as calls, count(*) filter (where l.outside_hours) as outside_hours, count(l.case_id) as opened from on_call_log l
    where ${conditionsOf(tx, filter)}`)
  )[0] ?? { calls: 0, outsideHours: 0, opened: 0 }

export const insertLog = (
  tx: Tx,
  log: {
    readonly id: OnCallLogId
    readonly postId: RosterPostId
    readonly at: Date
    readonly outsideHours: boolean
    readonly onDuty: PersonId | null
    readonly what: string
    readonly done: string
    readonly caseId: CaseId | null
  },
  by: Actor,
) =>
  tx.run(sql`
    insert into on_call_log (tenant_id, id, post_id, at, outside_hours, on_duty, what, done, case_id, by_name, recorded_at)
    values (${tx.tenant}, ${log.id}, ${log.postId}, ${log.at}, ${log.outsideHours}, ${log.onDuty}, ${log.what}, ${log.done}, ${log.caseId}, ${by.name}, ${by.at})`)
