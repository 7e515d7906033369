import type { CaseId, Channel, ChannelId, DriveId } from '@banjie/contract'
import { sql } from 'kysely'
import { type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'

/** What is counted over the opinions of a drive. */
export interface Counts {
  readonly total: number
  readonly merged: number
  readonly declined: number
  readonly withdrawn: number
  readonly unanswered: number
  readonly fromSheets: number
  readonly byKind: { kind: Channel; count: number }[]
  readonly byChannel: { channelId: ChannelId | null; name: string | null; kind: Channel | null; count: number }[]
  readonly perDay: { day: string; count: number }[]
  readonly problems: {
    id: CaseId
    number: string
    title: string
    aspect: string | null
    stage: string
    confidential: boolean
    count: number
    answered: number
  }[]
  readonly issued: number
  readonly returned: number
  readonly valid: number
}

/**
 * The opinions of a drive, and for each problem that they were merged into (`origin`) those that it stands under now (`at`): parts of a
 * `with recursive`, so that figures and rows are of the same opinions.
 */
export const opinions = (tx: Tx, id: DriveId, sight: Sight) => sql`
    opinion as materialized (
      select c.id, c.channel, c.problem_id, c.stage, s.channel_id, s.sheet_id, c.received_at, c.answered_at, c.confidential,
        (c.received_at at time zone 'Asia/Shanghai')::date as day, c.answered_at is not null as answered, c.closed_at is not null as closed
      from case_source s join "case" c on c.tenant_id = s.tenant_id and c.id = s.case_id
      where s.tenant_id = ${tx.tenant} and s.drive_id = ${id} and ${visible(sight, tx.tenant)}
    ), up as (
      select distinct problem_id as origin, problem_id as at from opinion where problem_id is not null
      union select up.origin, p.problem_id from up join "case" p on p.tenant_id = ${tx.tenant} and p.id = up.at where p.problem_id is not null
    )`

/**
 * Every figure of a drive in one statement, all over the same rows, so that they cannot disagree. A problem that was merged into another counts as
 * that other. Cost: one range of case_source_drive and its cases, read once.
 */
export const countDrive = async (tx: Tx, id: DriveId, sight: Sight) =>
  (
    await tx.run<Counts>(sql`
    with recursive ${opinions(tx, id, sight)}, problem as (
      select p.id, p.number, p.title, p.stage, p.confidential, p.facts ->> 'aspect' as aspect, count(*) as count,
        count(*) filter (where o.answered or (o.closed and o.stage <> 'withdrawn')) as answered
      from opinion o join up on up.origin = o.problem_id
      join "case" p on p.tenant_id = ${tx.tenant} and p.id = up.at and p.problem_id is null
      group by p.tenant_id, p.id
    ), sheet as (
      select count(*) as returned, count(*) filter (where valid) as valid from questionnaire_sheet where tenant_id = ${tx.tenant} and drive_id = ${id}
    ), kinds as (select channel as kind, count(*) as count from opinion group by channel),
    records as (
      select o.channel_id as "channelId", ch.name, ch.kind, count(*) as count from opinion o
      left join channel ch on ch.tenant_id = ${tx.tenant} and ch.id = o.channel_id group by o.channel_id, ch.name, ch.kind
    ), days as (select day, count(*) as count from opinion group by day)
    select
      (select count(*) from opinion) as total,
      (select count(*) from opinion where problem_id is not null) as merged,
      (select count(*) from opinion where stage = 'declined' and not answered) as declined,
      (select count(*) from opinion where stage = 'withdrawn' and not answered) as withdrawn,
      (select count(*) from opinion where not answered and not closed) as unanswered,
      (select count(*) from opinion where sheet_id is not null) as from_sheets,
      (select coalesce(jsonb_agg(to_jsonb(kinds) order by count desc, kind), '[]') from kinds) as by_kind,
      (select coalesce(jsonb_agg(to_jsonb(records) order by "channelId" is null, count desc, name), '[]') from records) as by_channel,
      (select coalesce(jsonb_agg(to_jsonb(days) order by day), '[]') from days) as per_day,
      (select coalesce(jsonb_agg(to_jsonb(problem) order by count desc, number), '[]') from problem) as problems,
      (select coalesce(sum(quantity), 0)::int from questionnaire_issue where tenant_id = ${tx.tenant} and drive_id = ${id}) as issued,
      returned, valid from sheet`)
  )[0]
