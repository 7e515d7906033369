import {
  type NewPublicNotice,
  type NewPublicText,
  type NoticeInForce,
  ORGANISATION_KIND,
  type OrganisationKind,
  PUBLIC_NOTICE_KIND,
  type PublicNotice,
  type PublicNoticeId,
} from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, getUnitInForce } from '#org'
import { insertNotice, listNotices, lockNotice, markWithdrawn, type NoticeRow } from './public-notice.sql.ts'
import { listNoticeTexts, type TextRow } from './public-text.sql.ts'
import { currentText, heldOn, publishedOf, type Say, sayOf, submitText, textView } from './public-text.ts'

const audiencesOf = ({ audiences }: NoticeRow) => audiences.map((id) => ({ id, label: ORGANISATION_KIND[id] }))

function standingOf(notice: NoticeRow, texts: readonly TextRow[], day: string): PublicNotice['standing'] {
  if (notice.withdrawnAt !== null) return 'withdrawn'
  const held = heldOn(texts, day)
  if (held !== undefined) return held.validUntil >= day ? 'inForce' : 'expired'
  return publishedOf(texts).length > 0 ? 'pending' : 'unpublished'
}

function noticeView(notice: NoticeRow, texts: readonly TextRow[], say: Say, by: Actor): PublicNotice {
  const { id, title, kind, unit, withdrawnAt, withdrawnBy, withdrawnReason } = notice
  const isUp = withdrawnAt === null
  return {
    ...{ id, title, kind, kindLabel: PUBLIC_NOTICE_KIND[kind], audiences: audiencesOf(notice), unit },
    standing: standingOf(notice, texts, dayOf(by.at)),
    withdrawn: isUp ? null : { at: withdrawnAt.toISOString(), by: withdrawnBy ?? '', reason: withdrawnReason ?? '' },
    texts: texts.toReversed().map((row) => ({ ...textView(row, say, by), ...(!isUp && { reviewable: false }) })),
    may: { write: isUp && say.mayWrite(unit.id), withdraw: isUp && say.mayReview(unit.id) },
  }
}

async function withTexts(tx: Tx, filter: Parameters<typeof listNotices>[1]) {
  const notices = await listNotices(tx, filter)
  const texts = Map.groupBy(
    notices.length === 0
      ? []
      : await listNoticeTexts(
          tx,
          notices.map(({ id }) => id),
        ),
    ({ noticeId }) => noticeId,
  )
  return notices.map((notice) => ({ notice, texts: texts.get(notice.id) ?? [] }))
}

/** Notices to kinds of organisations (告知书、倡议书), newest first. */
export async function publicNotices(tx: Tx, by: Actor): Promise<PublicNotice[]> {
  const found = await withTexts(tx, {})
  const say = await sayOf(
    tx,
    by,
    found.map(({ notice }) => notice.unit.id),
  )
  return found.map(({ notice, texts }) => noticeView(notice, texts, say, by))
}

/** @throws Fault 'publicNotice.not_found' */
async function noticeOf(tx: Tx, id: PublicNoticeId, by: Actor) {
  const [found] = await withTexts(tx, { id })
  if (found === undefined) throw new Fault('publicNotice.not_found')
  const say = await sayOf(tx, by, [found.notice.unit.id])
  return { ...found, say, view: noticeView(found.notice, found.texts, say, by) }
}

/**
 * Drafts a notice (拟写告知书); its first text waits for review.
 * @throws Fault 'forbidden' | what is wrong with the unit | what `submitText` throws
 */
export async function draftNotice(tx: Tx, input: NewPublicNotice, by: Actor): Promise<PublicNotice> {
  const { title, kind, audiences, unitId, ...words } = input
  await getUnitInForce(tx, unitId, dayOf(by.at))
  if (!(await sayOf(tx, by, [unitId])).mayWrite(unitId)) throw new Fault('forbidden')
  const id = newId<PublicNoticeId>()
  await insertNotice(tx, { id, title, kind, audiences: [...new Set(audiences)], unitId }, by.at)
  await submitText(tx, { noticeId: id }, words, by)
  return (await noticeOf(tx, id, by)).view
}

/** Submits a notice's next version (新一版). @throws Fault 'publicNotice.not_found' | 'publicNotice.withdrawn' | 'forbidden' | what `submitText` throws */
export async function submitNotice(tx: Tx, id: PublicNoticeId, input: NewPublicText, by: Actor): Promise<PublicNotice> {
  await lockNotice(tx, id)
  const { notice, say } = await noticeOf(tx, id, by)
  if (!say.mayWrite(notice.unit.id)) throw new Fault('forbidden')
  refuseWithdrawn(notice)
  await submitText(tx, { noticeId: id }, input, by)
  return (await noticeOf(tx, id, by)).view
}

/** Takes a notice down (撤下); it stays on the desk with the reason. @throws Fault 'publicNotice.not_found' | 'publicNotice.withdrawn' | 'forbidden' */
export async function withdrawNotice(tx: Tx, id: PublicNoticeId, reason: string, by: Actor): Promise<PublicNotice> {
  await lockNotice(tx, id)
  const { notice, say } = await noticeOf(tx, id, by)
  if (!say.mayReview(notice.unit.id)) throw new Fault('forbidden')
  refuseWithdrawn(notice)
  await markWithdrawn(tx, id, reason, by)
  return (await noticeOf(tx, id, by)).view
}
function refuseWithdrawn({ title, withdrawnAt }: NoticeRow): void {
  if (withdrawnAt !== null) throw new Fault('publicNotice.withdrawn', { title })
}

/** Notices in force on a day as everybody reads them, for one kind of organisation or for all. */
export async function noticesInForce(
  tx: Tx,
  audience: OrganisationKind | undefined,
  day: string,
): Promise<NoticeInForce[]> {
  return (await withTexts(tx, { audience })).flatMap(({ notice, texts }) => {
    const current = currentText(texts, day)
    if (current === null || standingOf(notice, texts, day) !== 'inForce') return []
    const { id, title, kind, unit } = notice
    return {
      ...{ id, title, kind, kindLabel: PUBLIC_NOTICE_KIND[kind], audiences: audiencesOf(notice) },
      ...{ unit: unit.name, current },
    }
  })
}
