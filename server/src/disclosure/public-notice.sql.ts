import type { OrganisationKind, PublicNoticeId, PublicNoticeKind, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface NoticeRow {
  readonly id: PublicNoticeId
  readonly title: string
  readonly kind: PublicNoticeKind
  readonly audiences: readonly OrganisationKind[]
  readonly unit: { readonly id: UnitId; readonly name: string }
  readonly withdrawnAt: Date | null
  readonly withdrawnBy: string | null
  readonly withdrawnReason: string | null
}
const MOST = 1000

/** Notices, newest first. */
export const listNotices = (
  tx: Tx,
  { id, audience }: { id?: PublicNoticeId; audience?: OrganisationKind | undefined } = {},
) =>
  tx.run<NoticeRow>(sql`
    select n.id, n.title, n.kind, n.audiences, n.withdrawn_at, n.withdrawn_by, n.withdrawn_reason,
      jsonb_build_object('id', unit.id, 'name', unit.name) as unit
    from public_notice n join unit on unit.tenant_id = n.tenant_id and unit.id = n.unit_id
    where n.tenant_id = ${tx.tenant} and (${id ?? null}::uuid is null or n.id = ${id ?? null}::uuid)
      and (${audience ?? null}::text is null or ${audience ?? null}::text = any(n.audiences))
    order by n.created_at desc, n.id desc limit ${MOST}`)

export const lockNotice = (tx: Tx, id: PublicNoticeId) =>
  tx.run(sql`select 1 from public_notice where tenant_id = ${tx.tenant} and id = ${id} for update`)

interface NoticeFacts {
  readonly id: PublicNoticeId
  readonly title: string
  readonly kind: PublicNoticeKind
  readonly audiences: readonly OrganisationKind[]
  readonly unitId: UnitId
}
export const insertNotice = (tx: Tx, { id, title, kind, audiences, unitId }: NoticeFacts, at: Date) =>
  tx.run(sql`
    insert into public_notice (tenant_id, id, title, kind, audiences, unit_id, created_at)
    values (${tx.tenant}, ${id}, ${title}, ${kind}, ${[...audiences]}::text[], ${unitId}, ${at})`)

export const markWithdrawn = (tx: Tx, id: PublicNoticeId, reason: string, by: Actor) =>
  tx.run(sql`
    update public_notice set withdrawn_at = ${by.at}, withdrawn_by = ${by.name}, withdrawn_reason = ${reason} where tenant_id = ${tx.tenant} and id = ${id}`)
