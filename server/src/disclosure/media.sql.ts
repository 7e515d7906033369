import type { MediaItemId, MediaSubjectKind } from '@banjie/contract'
import { sql } from 'kysely'
import { type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'

export interface MediaRow {
  readonly id: MediaItemId
  readonly code: string
  readonly kind: MediaSubjectKind
  readonly path: string
  readonly title: string
  readonly brief: string
  readonly text: string
  readonly by: string
  readonly createdAt: Date
  readonly visits: number
  readonly filed: number
}
const MOST = 500

/** Items, newest first, with what came back: visits, and reports as far as the caller sees them. */
export const listMediaItems = (tx: Tx, sight: Sight, id?: MediaItemId) =>
  tx.run<MediaRow>(sql`
    select m.id, m.code, m.kind, m.path, m.title, m.brief, m.text, m.by_name as by, m.created_at,
      (select count(*) from media_visit v where v.tenant_id = m.tenant_id and v.item_id = m.id) as visits,
      (select count(*) from case_source s join "case" c on c.tenant_id = s.tenant_id and c.id = s.case_id
        where s.tenant_id = m.tenant_id and s.media_item_id = m.id and ${visible(sight, tx.tenant)}) as filed
    from media_item m where m.tenant_id = ${tx.tenant} and (${id ?? null}::uuid is null or m.id = ${id ?? null}::uuid)
    order by m.created_at desc, m.id desc limit ${MOST}`)

export type LinkedItem = Pick<MediaRow, 'id' | 'code' | 'kind' | 'path' | 'title' | 'text'> & { readonly ref: string }
export const findByCode = async (tx: Tx, code: string) =>
  (
    await tx.run<LinkedItem>(
      sql`select id, code, kind, ref, path, title, text from media_item where tenant_id = ${tx.tenant} and code = ${code}`,
    )
  )[0]

interface NewRow {
  readonly id: MediaItemId
  readonly code: string
  readonly kind: MediaSubjectKind
  readonly ref: string
  readonly path: string
  readonly title: string
  readonly brief: string
  readonly text: string
  readonly byName: string
  readonly at: Date
}
/** @returns false where the code is taken */
export const insertMediaItem = async (tx: Tx, row: NewRow): Promise<boolean> =>
  (
    await tx.run(sql`
    insert into media_item (tenant_id, id, code, kind, ref, path, title, brief, text, by_name, created_at)
    values (${tx.tenant}, ${row.id}, ${row.code}, ${row.kind}, ${row.ref}, ${row.path}, ${row.title}, ${row.brief}, ${row.text}, ${row.byName}, ${row.at})
    on conflict (tenant_id, code) do nothing returning id`)
  ).length > 0

/** Visits by day, newest first. */
export const listVisits = (tx: Tx, id: MediaItemId) =>
  tx.run<{ day: string; visits: number }>(
    sql`select day, count(*) as visits from media_visit where tenant_id = ${tx.tenant} and item_id = ${id} group by day order by day desc`,
  )

/** The salt of a day; the first who needs it makes it, and throws those of other days away. */
export const saltOf = async (tx: Tx, day: string, fresh: Buffer): Promise<Buffer> => {
  const find = () =>
    tx.run<{ salt: Buffer }>(sql`select salt from media_salt where tenant_id = ${tx.tenant} and day = ${day}`)
  const [known] = await find()
  if (known !== undefined) return known.salt
  await tx.run(sql`delete from media_salt where tenant_id = ${tx.tenant} and day <> ${day}`)
  await tx.run(
    sql`insert into media_salt (tenant_id, day, salt) values (${tx.tenant}, ${day}, ${fresh}) on conflict (tenant_id, day) do nothing`,
  )
  return (await find())[0]?.salt ?? fresh
}

/** A device on a day is one visit, however often it comes. */
export const insertVisit = (
  tx: Tx,
  visit: { readonly itemId: MediaItemId; readonly day: string; readonly device: Buffer },
) =>
  tx.run(
    sql`insert into media_visit (tenant_id, item_id, day, device) values (${tx.tenant}, ${visit.itemId}, ${visit.day}, ${visit.device}) on conflict do nothing`,
  )
