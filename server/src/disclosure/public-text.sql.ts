import type {
  DisclosurePart,
  ObligedBodyId,
  PersonId,
  PublicNoticeId,
  PublicTextId,
  PublicTextState,
  UnitId,
} from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** A version of a text with the unit that answers for it. */
export interface TextRow {
  readonly id: PublicTextId
  readonly bodyId: ObligedBodyId | null
  readonly part: DisclosurePart | null
  readonly noticeId: PublicNoticeId | null
  readonly unitId: UnitId
  readonly state: PublicTextState
  readonly version: number | null
  readonly text: string
  readonly source: string
  readonly effectiveOn: string
  readonly validUntil: string
  readonly reason: string | null
  readonly authorId: PersonId
  readonly authorName: string
  readonly submittedAt: Date
  readonly reviewerName: string | null
  readonly reviewedAt: Date | null
  readonly reviewNote: string | null
  /** The title of its notice, if that was withdrawn. */
  readonly withdrawnTitle: string | null
}

/** What a text belongs to: one of the four things of a body, or a notice. */
export type TextOwner =
  | { readonly bodyId: ObligedBodyId; readonly part: DisclosurePart; readonly noticeId?: undefined }
  | { readonly noticeId: PublicNoticeId; readonly bodyId?: undefined; readonly part?: undefined }

const COLUMNS = sql`t.id, t.body_id, t.part, t.notice_id, coalesce(b.unit_id, n.unit_id) as unit_id, t.state, t.version, t.source, t.effective_on, t.valid_until,
  t.reason, t.author_id, t.author_name, t.submitted_at, t.reviewer_name, t.reviewed_at, t.review_note,
  case when n.withdrawn_at is not null then n.title end as withdrawn_title`
const JOINED = sql`public_text t
  left join obliged_body b on b.tenant_id = t.tenant_id and b.id = t.body_id
  left join public_notice n on n.tenant_id = t.tenant_id and n.id = t.notice_id`

/** All texts of bodies, oldest first; a list that shows only how they stand leaves the words out. */
export const listBodyTexts = (tx: Tx, bodies: readonly ObligedBodyId[], { words }: { words: boolean }) =>
  tx.run<TextRow>(sql`
    select ${COLUMNS}, ${words ? sql`t.text` : sql`''`} as text from ${JOINED}
    where t.tenant_id = ${tx.tenant} and t.body_id = any(${[...bodies]}::uuid[]) order by t.submitted_at, t.id`)

/** All texts of notices, oldest first. */
export const listNoticeTexts = (tx: Tx, notices: readonly PublicNoticeId[]) =>
  tx.run<TextRow>(sql`
    select ${COLUMNS}, t.text from ${JOINED}
    where t.tenant_id = ${tx.tenant} and t.notice_id = any(${[...notices]}::uuid[]) order by t.submitted_at, t.id`)

/** The texts of one owner, oldest first. */
export const listTextsOf = (tx: Tx, owner: TextOwner) =>
  tx.run<TextRow>(sql`
    select ${COLUMNS}, t.text from ${JOINED}
    where t.tenant_id = ${tx.tenant} and ${
      owner.noticeId === undefined
        ? sql`t.body_id = ${owner.bodyId} and t.part = ${owner.part}`
        : sql`t.notice_id = ${owner.noticeId}`
    } order by t.submitted_at, t.id`)

/** Locks a text until the transaction ends, and then the versions it stands among: two reviewers must not give one number twice. */
export const lockText = async (tx: Tx, id: PublicTextId): Promise<TextRow | undefined> => {
  await tx.run(sql`
    select 1 from obliged_body where tenant_id = ${tx.tenant} and id = (select body_id from public_text where tenant_id = ${tx.tenant} and id = ${id}) for update`)
  await tx.run(sql`
    select 1 from public_notice where tenant_id = ${tx.tenant} and id = (select notice_id from public_text where tenant_id = ${tx.tenant} and id = ${id}) for update`)
  return (
    await tx.run<TextRow>(
      sql`select ${COLUMNS}, t.text from ${JOINED} where t.tenant_id = ${tx.tenant} and t.id = ${id} for update of t`,
    )
  )[0]
}

export interface TextFacts {
  readonly id: PublicTextId
  readonly text: string
  readonly source: string
  readonly effectiveOn: string
  readonly validUntil: string
  readonly reason: string | null
  readonly authorId: PersonId
  readonly authorName: string
  readonly at: Date
}
export const insertText = (tx: Tx, owner: TextOwner, text: TextFacts) =>
  tx.run(sql`
    insert into public_text (tenant_id, id, body_id, part, notice_id, state, text, source, effective_on, valid_until, reason, author_id, author_name, submitted_at)
    values (${tx.tenant}, ${text.id}, ${owner.bodyId ?? null}, ${owner.part ?? null}, ${owner.noticeId ?? null}, 'submitted', ${text.text}, ${text.source},
      ${text.effectiveOn}, ${text.validUntil}, ${text.reason}, ${text.authorId}, ${text.authorName}, ${text.at})`)

export interface Review {
  readonly id: PublicTextId
  readonly state: 'published' | 'returned'
  readonly version: number | null
  readonly reviewerId: PersonId | null
  readonly reviewerName: string
  readonly at: Date
  readonly note: string | null
}
export const reviewText = (tx: Tx, review: Review) =>
  tx.run(sql`
    update public_text set state = ${review.state}, version = ${review.version}, reviewer_id = ${review.reviewerId}, reviewer_name = ${review.reviewerName},
      reviewed_at = ${review.at}, review_note = ${review.note}
    where tenant_id = ${tx.tenant} and id = ${review.id}`)
