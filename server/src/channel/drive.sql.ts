import type { Channel, ChannelId, DriveId, DriveLine, NewDrive, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import { type sightOf, visible } from '#case'
import type { Tx } from '#kernel/store'

export interface DriveRecord {
  readonly id: DriveId
  readonly title: string
  readonly from: string
  readonly to: string
  readonly unit: { readonly id: UnitId; readonly name: string }
  readonly audience: string | null
  readonly topics: string[]
  readonly status: NewDrive['status']
  readonly published: boolean
}
const RECORD = sql`d.id, d.title, d.from_day as "from", d.to_day as "to", jsonb_build_object('id', unit.id, 'name', unit.name) as unit,
  d.audience, d.topics, d.status, d.published`
const FROM = sql`from drive d join unit on unit.tenant_id = d.tenant_id and unit.id = d.unit_id`

/** The problems that the opinions of drive `d` were merged into; one that was merged into another counts as that other, as on the drive's page. */
const PROBLEMS = (tx: Tx, sight: ReturnType<typeof sightOf>) => sql`(
  with recursive up as (
    select distinct c.problem_id as at from case_source s join "case" c on c.tenant_id = s.tenant_id and c.id = s.case_id
    where s.tenant_id = d.tenant_id and s.drive_id = d.id and c.problem_id is not null and ${visible(sight, tx.tenant)}
    union select p.problem_id from up join "case" p on p.tenant_id = d.tenant_id and p.id = up.at where p.problem_id is not null
  ) select count(*) from up join "case" p on p.tenant_id = d.tenant_id and p.id = up.at where p.problem_id is null)`

/** Drives, newest first, with their main figures as far as the caller sees the cases. */
export const listDrives = (tx: Tx, sight: ReturnType<typeof sightOf>) =>
  tx.run<DriveRecord & { total: number; problems: number; answered: number; unanswered: number }>(sql`
    select ${RECORD}, coalesce(n.total, 0) as total, ${PROBLEMS(tx, sight)} as problems, coalesce(n.answered, 0) as answered,
      coalesce(n.unanswered, 0) as unanswered
    ${FROM}
    left join lateral (
      select count(*) as total,
        count(*) filter (where c.answered_at is not null or (c.closed_at is not null and c.stage <> 'withdrawn')) as answered,
        count(*) filter (where c.answered_at is null and c.closed_at is null) as unanswered
      from case_source s join "case" c on c.tenant_id = s.tenant_id and c.id = s.case_id
      where s.tenant_id = d.tenant_id and s.drive_id = d.id and ${visible(sight, tx.tenant)}
    ) n on true
    where d.tenant_id = ${tx.tenant} order by d.from_day desc, d.id desc limit 200`)

export const findDrive = async (tx: Tx, id: DriveId) =>
  (await tx.run<DriveRecord>(sql`select ${RECORD} ${FROM} where d.tenant_id = ${tx.tenant} and d.id = ${id}`))[0]

/** Drives that are shown to the public, newest first. */
export const listPublished = (tx: Tx) =>
  tx.run<DriveRecord>(
    sql`select ${RECORD} ${FROM} where d.tenant_id = ${tx.tenant} and d.published order by d.from_day desc, d.id desc limit 50`,
  )

/** Keeps others from returning sheets to the drive until this transaction ends: what has come back is counted against what was issued. */
export const lockDrive = (tx: Tx, id: DriveId) =>
  tx.run(sql`select 1 from drive where tenant_id = ${tx.tenant} and id = ${id} for update`)

export const putDrive = (tx: Tx, id: DriveId, input: NewDrive, by: { readonly name: string; readonly at: Date }) =>
  tx.run(sql`
    insert into drive (tenant_id, id, title, from_day, to_day, unit_id, audience, topics, status, published, by_name, created_at)
    values (${tx.tenant}, ${id}, ${input.title}, ${input.from}, ${input.to}, ${input.unitId}, ${input.audience ?? null}, ${input.topics}::text[],
      ${input.status}, ${input.published}, ${by.name}, ${by.at})
    on conflict (tenant_id, id) do update set title = excluded.title, from_day = excluded.from_day, to_day = excluded.to_day, unit_id = excluded.unit_id,
      audience = excluded.audience, topics = excluded.topics, status = excluded.status, published = excluded.published`)

/** The channels that take part, replaced as a whole. */
export const putDriveChannels = (tx: Tx, id: DriveId, channels: readonly ChannelId[]) =>
  tx.run(sql`
    with gone as (
      delete from drive_channel where tenant_id = ${tx.tenant} and drive_id = ${id} and channel_id <> all(${[...channels]}::uuid[])
    )
    insert into drive_channel (tenant_id, drive_id, channel_id)
    select distinct ${tx.tenant}::int, ${id}::uuid, channel_id from unnest(${[...channels]}::uuid[]) as channel_id
    on conflict do nothing`)

export interface DriveChannel {
  readonly id: ChannelId
  readonly name: string
  readonly kind: Channel
}
export const listDriveChannels = (tx: Tx, id: DriveId) =>
  tx.run<DriveChannel>(sql`
    select ch.id, ch.name, ch.kind from drive_channel dc join channel ch on ch.tenant_id = dc.tenant_id and ch.id = dc.channel_id
    where dc.tenant_id = ${tx.tenant} and dc.drive_id = ${id} order by ch.kind, ch.name`)

/** How many of these ids are channels. */
export const listKnownChannels = (tx: Tx, ids: readonly ChannelId[]) =>
  tx.run<DriveChannel>(
    sql`select id, name, kind from channel where tenant_id = ${tx.tenant} and id = any(${[...ids]}::uuid[])`,
  )

/** Opinions of a drive received outside of some days. */
export const countOutside = async (tx: Tx, id: DriveId, from: string, to: string) =>
  (
    await tx.run<{ count: number }>(sql`
    select count(*) from case_source s join "case" c on c.tenant_id = s.tenant_id and c.id = s.case_id
    where s.tenant_id = ${tx.tenant} and s.drive_id = ${id}
      and (c.received_at at time zone 'Asia/Shanghai')::date not between ${from}::date and ${to}::date`)
  )[0]?.count ?? 0

export const listNotes = (tx: Tx, id: DriveId) =>
  tx.run<{ line: DriveLine; text: string; by: string; at: Date }>(
    sql`select line, text, by_name as by, at from drive_note where tenant_id = ${tx.tenant} and drive_id = ${id} order by at, line`,
  )
export const putNote = (
  tx: Tx,
  note: {
    readonly driveId: DriveId
    readonly line: DriveLine
    readonly text: string
    readonly by: string
    readonly at: Date
  },
) =>
  tx.run(sql`
    insert into drive_note (tenant_id, drive_id, line, text, by_name, at)
    values (${tx.tenant}, ${note.driveId}, ${note.line}, ${note.text}, ${note.by}, ${note.at})
    on conflict (tenant_id, drive_id, line) do update set text = excluded.text, by_name = excluded.by_name, at = excluded.at`)
export const deleteNote = (tx: Tx, id: DriveId, line: DriveLine) =>
  tx.run(sql`delete from drive_note where tenant_id = ${tx.tenant} and drive_id = ${id} and line = ${line}`)

export interface ClaimRow {
  readonly id: string
  readonly line: DriveLine
  readonly value: number
  readonly source: string
  readonly link: string | null
  readonly statedOn: string | null
  readonly by: string
}
export const listClaims = (tx: Tx, id: DriveId) =>
  tx.run<ClaimRow>(sql`
    select id, line, value, source, link, stated_on, by_name as by from drive_claim where tenant_id = ${tx.tenant} and drive_id = ${id}
    order by line, at, id limit 200`)
export const insertClaim = (tx: Tx, driveId: DriveId, claim: ClaimRow, at: Date) =>
  tx.run(sql`
    insert into drive_claim (tenant_id, id, drive_id, line, value, source, link, stated_on, by_name, at)
    values (${tx.tenant}, ${claim.id}, ${driveId}, ${claim.line}, ${claim.value}, ${claim.source}, ${claim.link}, ${claim.statedOn}, ${claim.by}, ${at})`)
/** @returns true if there was one */
export const deleteClaim = async (tx: Tx, driveId: DriveId, id: string) =>
  (
    await tx.run(
      sql`delete from drive_claim where tenant_id = ${tx.tenant} and drive_id = ${driveId} and id = ${id} returning 1`,
    )
  ).length > 0
