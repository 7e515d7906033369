import {
  type CurrentText,
  type NewPublicText,
  PUBLIC_TEXT_STATE,
  type PublicText,
  type PublicTextId,
  type Role,
  type UnitId,
} from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { hasRole } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf, unitsAsNow } from '#org'
import { insertText, listTextsOf, lockText, reviewText, type TextOwner, type TextRow } from './public-text.sql.ts'

const EVERYWHERE: readonly Role[] = ['admin', 'supervisor']
const REVIEWERS: readonly Role[] = ['head']

/** What a person may do for units that answer for texts: the unit's own people write, its head and the supervisors review. */
export interface Say {
  mayWrite(unit: UnitId): boolean
  mayReview(unit: UnitId): boolean
}

/** The say of a person for a set of units; a unit that was dissolved is answered for by those who took over. */
export async function sayOf(tx: Tx, by: Actor, units: readonly UnitId[]): Promise<Say> {
  const now = await unitsAsNow(tx, [...new Set(units)])
  const among = (mine: readonly UnitId[]) => (unit: UnitId) => (now.get(unit) ?? []).some(({ id }) => mine.includes(id))
  const isOwn = among(by.ownUnits)
  const isBelow = among([...by.ownUnits, ...by.scope])
  return {
    mayWrite: (unit) => by.roles.has('admin') || isOwn(unit),
    mayReview: (unit) => hasRole(by, EVERYWHERE) || (hasRole(by, REVIEWERS) && isBelow(unit)),
  }
}

/** A version as the desk shows it. */
export const textView = (row: TextRow, say: Say, by: Actor): PublicText => ({
  ...{ id: row.id, state: row.state, version: row.version, text: row.text, source: row.source },
  ...{ effectiveOn: row.effectiveOn, validUntil: row.validUntil, reason: row.reason },
  ...{ author: row.authorName, submittedAt: row.submittedAt.toISOString() },
  ...{ reviewer: row.reviewerName, reviewedAt: row.reviewedAt?.toISOString() ?? null, reviewNote: row.reviewNote },
  reviewable: row.state === 'submitted' && row.authorId !== by.personId && say.mayReview(row.unitId),
})

export const publishedOf = (texts: readonly TextRow[]): TextRow[] =>
  texts.filter(({ state }) => state === 'published').sort((a, b) => (a.version ?? 0) - (b.version ?? 0))

/** The version that holds on a day: the latest that has begun. It may be over; nothing older comes back to life. */
export const heldOn = (texts: readonly TextRow[], day: string): TextRow | undefined =>
  publishedOf(texts).findLast(({ effectiveOn }) => effectiveOn <= day)

/** The version that holds on a day as everybody reads it, with everything it has replaced: nothing once published is taken away. */
export function currentText(texts: readonly TextRow[], day: string): CurrentText | null {
  const held = heldOn(texts, day)
  if (held === undefined) return null
  const line = publishedOf(texts).slice(0, held.version ?? 0)
  const changes = line.slice(1).map((text, i) => ({
    ...{ on: publishedOn(text), reason: text.reason ?? '' },
    ...{ before: line[i]?.text ?? '', version: line[i]?.version ?? 0 },
  }))
  return {
    ...{ version: held.version ?? 0, text: held.text, source: held.source, publishedOn: publishedOn(held) },
    ...{ effectiveOn: held.effectiveOn, validUntil: held.validUntil },
    changes: changes.reverse(),
  }
}
const publishedOn = ({ reviewedAt }: TextRow) => (reviewedAt === null ? '' : dayOf(reviewedAt))

/**
 * Submits a text for review (提交审核). The caller has locked the owner and checked the unit.
 * @throws Fault 'publicText.already_over' | 'publicText.waiting' | 'publicText.reason_missing' | 'publicText.unchanged'
 */
export async function submitText(tx: Tx, owner: TextOwner, input: NewPublicText, by: Actor): Promise<PublicTextId> {
  if (by.personId === null) throw new Fault('session.required')
  const { text, source, effectiveOn, validUntil, reason = null } = input
  if (validUntil < dayOf(by.at)) throw new Fault('publicText.already_over', { day: validUntil })
  const texts = await listTextsOf(tx, owner)
  if (texts.some(({ state }) => state === 'submitted')) throw new Fault('publicText.waiting')
  const last = publishedOf(texts).at(-1)
  if (last !== undefined) {
    const { version } = last
    if (reason === null) throw new Fault('publicText.reason_missing', { version })
    const same = [last.text, last.source, last.effectiveOn, last.validUntil].join('\n')
    if (same === [text, source, effectiveOn, validUntil].join('\n'))
      throw new Fault('publicText.unchanged', { version })
  }
  const id = newId<PublicTextId>()
  const author = { authorId: by.personId, authorName: by.name, at: by.at }
  await insertText(tx, owner, {
    ...{ id, text, source, effectiveOn, validUntil, reason: last === undefined ? null : reason },
    ...author,
  })
  return id
}

/**
 * Publishes a text or sends it back (审核): by somebody else than who wrote it.
 * @throws Fault 'publicText.not_found' | 'publicText.not_waiting' | 'publicText.own' | 'publicText.already_over' |
 *   'publicNotice.withdrawn' | 'forbidden'
 */
export async function reviewedText(
  tx: Tx,
  review: { readonly id: PublicTextId; readonly state: 'published' | 'returned'; readonly note: string | null },
  by: Actor,
): Promise<PublicText> {
  const row = await lockText(tx, review.id)
  if (row === undefined) throw new Fault('publicText.not_found')
  const say = await sayOf(tx, by, [row.unitId])
  if (!say.mayReview(row.unitId)) throw new Fault('forbidden')
  if (row.state !== 'submitted') throw new Fault('publicText.not_waiting', { state: PUBLIC_TEXT_STATE[row.state] })
  if (row.authorId === by.personId) throw new Fault('publicText.own')
  const publishes = review.state === 'published'
  if (publishes && row.withdrawnTitle !== null) throw new Fault('publicNotice.withdrawn', { title: row.withdrawnTitle })
  if (publishes && row.validUntil < dayOf(by.at)) throw new Fault('publicText.already_over', { day: row.validUntil })
  const before = publishes ? publishedOf(await listTextsOf(tx, ownerOf(row))).length : 0
  await reviewText(tx, {
    ...review,
    version: publishes ? before + 1 : null,
    ...{ reviewerId: by.personId, reviewerName: by.name, at: by.at },
  })
  const after = await lockText(tx, review.id)
  if (after === undefined) throw new Fault('publicText.not_found')
  return textView(after, say, by)
}

function ownerOf({ bodyId, part, noticeId }: TextRow): TextOwner {
  if (bodyId !== null && part !== null) return { bodyId, part }
  if (noticeId === null) throw new Error('a text belongs to a body or to a notice')
  return { noticeId }
}
