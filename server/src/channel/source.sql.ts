import type { CaseId, Channel, ChannelId, DriveId, ForumId, ForumKind, MediaItemId, SheetId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** What is known of the records that sources name. */
export interface NamedSources {
  readonly channels: readonly {
    readonly id: ChannelId
    readonly name: string
    readonly kind: Channel
    readonly status: 'open' | 'paused' | 'closed'
    readonly validFrom: string
    readonly validTo: string | null
  }[]
  readonly drives: readonly { readonly id: DriveId; readonly from: string; readonly to: string }[]
  readonly sheets: readonly {
    readonly id: SheetId
    readonly driveId: DriveId
    readonly number: string
    readonly valid: boolean
  }[]
  readonly forums: readonly ForumId[]
  /** Items for the media by the code of their short link. */
  readonly media: readonly { readonly code: string; readonly id: MediaItemId }[]
}

/** The records by their ids, in one round trip. */
export const getNamedSources = async (
  tx: Tx,
  ids: {
    readonly channels: readonly string[]
    readonly drives: readonly string[]
    readonly sheets: readonly string[]
    readonly forums: readonly string[]
    readonly media: readonly string[]
  },
): Promise<NamedSources> => {
  const list = (keys: readonly string[]) => sql`any(${[...new Set(keys)]}::uuid[])`
  const [found] = await tx.run<NamedSources>(sql`
    select
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name, 'kind', kind, 'status', status, 'validFrom', valid_from, 'validTo', valid_to)), '[]')
        from channel where tenant_id = ${tx.tenant} and id = ${list(ids.channels)}) as channels,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'from', from_day, 'to', to_day)), '[]')
        from drive where tenant_id = ${tx.tenant} and id = ${list(ids.drives)}) as drives,
      (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'driveId', drive_id, 'number', number, 'valid', valid)), '[]')
        from questionnaire_sheet where tenant_id = ${tx.tenant} and id = ${list(ids.sheets)}) as sheets,
      (select coalesce(jsonb_agg(id), '[]') from forum where tenant_id = ${tx.tenant} and id = ${list(ids.forums)}) as forums,
      (select coalesce(jsonb_agg(jsonb_build_object('code', code, 'id', id)), '[]') from media_item
        where tenant_id = ${tx.tenant} and code = any(${[...new Set(ids.media)]}::text[])) as media`)
  return found ?? { channels: [], drives: [], sheets: [], forums: [], media: [] }
}

export interface SourceRow {
  readonly caseId: CaseId
  readonly channelId: ChannelId | null
  readonly driveId: DriveId | null
  readonly sheetId: SheetId | null
  readonly forumId: ForumId | null
  readonly mediaItemId: MediaItemId | null
}
export const insertSources = (tx: Tx, rows: readonly SourceRow[]) =>
  tx.run(sql`
    insert into case_source (tenant_id, case_id, channel_id, drive_id, sheet_id, forum_id, media_item_id)
    select ${tx.tenant}, "caseId", "channelId", "driveId", "sheetId", "forumId", "mediaItemId" from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r ("caseId" uuid, "channelId" uuid, "driveId" uuid, "sheetId" uuid, "forumId" uuid, "mediaItemId" uuid)`)

/** The source of a case with its names. */
export const findSource = async (tx: Tx, caseId: CaseId) =>
  (
    await tx.run<{
      channel: { id: ChannelId; name: string } | null
      drive: { id: DriveId; title: string } | null
      sheet: { id: SheetId; number: string } | null
      forum: { id: ForumId; title: string; kind: ForumKind } | null
      media: { id: MediaItemId; title: string } | null
    }>(sql`
    select case when c.id is not null then jsonb_build_object('id', c.id, 'name', c.name) end as channel,
      case when d.id is not null then jsonb_build_object('id', d.id, 'title', d.title) end as drive,
      case when q.id is not null then jsonb_build_object('id', q.id, 'number', q.number) end as sheet,
      case when f.id is not null then jsonb_build_object('id', f.id, 'title', f.title, 'kind', f.kind) end as forum,
      case when m.id is not null then jsonb_build_object('id', m.id, 'title', m.title) end as media
    from case_source s
    left join channel c on c.tenant_id = s.tenant_id and c.id = s.channel_id
    left join drive d on d.tenant_id = s.tenant_id and d.id = s.drive_id
    left join questionnaire_sheet q on q.tenant_id = s.tenant_id and q.id = s.sheet_id
    left join forum f on f.tenant_id = s.tenant_id and f.id = s.forum_id
    left join media_item m on m.tenant_id = s.tenant_id and m.id = s.media_item_id
    where s.tenant_id = ${tx.tenant} and s.case_id = ${caseId}`)
  )[0]
