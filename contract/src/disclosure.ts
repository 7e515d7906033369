import { z } from 'zod'
import { Day, Instant, MediaItemId, ObligedBodyId, PublicNoticeId, PublicTextId, UnitId } from './brand.ts'
import { Named } from './case.ts'
import { optionalText, text } from './shape.ts'
import {
  DISCLOSURE_PART,
  GAP_CAUSE,
  idsOf,
  MEDIA_SUBJECT,
  OBLIGED_TRADE,
  ORGANISATION_KIND,
  PUBLIC_NOTICE_KIND,
  PUBLIC_TEXT_STATE,
} from './term.ts'

const count = z.number().int()
const DisclosurePartId = z.enum(idsOf(DISCLOSURE_PART))
export const Trade = z.enum(idsOf(OBLIGED_TRADE))
export const OrganisationKindId = z.enum(idsOf(ORGANISATION_KIND))

/**
 * A text that is to be published (公开文本). `source`: the document it rests on (依据文件). Both days are included.
 * `reason`: why it differs from the one published before; asked for from the second version on.
 */
const textFields = {
  text: text(10_000),
  source: text(200),
  effectiveOn: Day,
  validUntil: Day,
  reason: optionalText(300),
}
const inOrder = ({ effectiveOn, validUntil }: { effectiveOn: string; validUntil: string }) => effectiveOn <= validUntil
const reversed = { error: 'publicText.reversed', path: ['validUntil'] }

export const NewPublicText = z.strictObject(textFields).refine(inOrder, reversed).meta({ id: 'NewPublicText' })
export type NewPublicText = z.infer<typeof NewPublicText>
export const NewDisclosure = z
  .strictObject({ ...textFields, part: DisclosurePartId })
  .refine(inOrder, reversed)
  .meta({ id: 'NewDisclosure' })
export type NewDisclosure = z.infer<typeof NewDisclosure>

/** A version of a text with who wrote it and who published or returned it. `version` is given at publication. */
export const PublicText = z
  .object({
    id: PublicTextId,
    state: z.enum(idsOf(PUBLIC_TEXT_STATE)),
    version: count.nullable(),
    text: z.string(),
    source: z.string(),
    effectiveOn: Day,
    validUntil: Day,
    reason: z.string().nullable(),
    author: z.string(),
    submittedAt: Instant,
    reviewer: z.string().nullable(),
    reviewedAt: Instant.nullable(),
    reviewNote: z.string().nullable(),
    reviewable: z.boolean().meta({ description: 'The caller may publish or return it: not the author' }),
  })
  .meta({ id: 'PublicText' })
export type PublicText = z.infer<typeof PublicText>

/** A body that owes a disclosure (公开义务单位). Without a name it is the unit itself; with one, an outside body that the unit answers for. */
export const NewObligedBody = z
  .strictObject({
    unitId: UnitId,
    name: optionalText(60),
    trade: Trade,
    obligedFrom: Day,
    obligedUntil: Day.nullish().meta({ description: 'The last day of the duty' }),
  })
  .refine(({ obligedFrom, obligedUntil }) => !obligedUntil || obligedFrom <= obligedUntil, {
    error: 'term.reversed',
    path: ['obligedUntil'],
  })
  .meta({ id: 'NewObligedBody' })
export type NewObligedBody = z.infer<typeof NewObligedBody>

/** One of the four things as it stands on a day. `since`: the first day on which it was owed and not there. */
export const PartStanding = z
  .object({
    part: DisclosurePartId,
    label: z.string(),
    cause: z.enum(idsOf(GAP_CAUSE)).nullable().meta({ description: 'null: published and in force' }),
    since: Day.nullable(),
    validUntil: Day.nullable(),
    version: count.nullable(),
    waiting: z.boolean().meta({ description: 'A text waits for review' }),
  })
  .meta({ id: 'PartStanding' })
export type PartStanding = z.infer<typeof PartStanding>

export const ObligedBody = z
  .object({
    id: ObligedBodyId,
    name: z.string(),
    isOutside: z.boolean(),
    unit: Named,
    trade: Trade,
    tradeLabel: z.string(),
    obligedFrom: Day,
    obligedUntil: Day.nullable(),
    parts: z.array(PartStanding),
    missing: count,
    may: z.object({ write: z.boolean(), edit: z.boolean() }),
  })
  .meta({ id: 'ObligedBody' })
export type ObligedBody = z.infer<typeof ObligedBody>

/** Bodies and how complete they are; the counts are of the bodies listed. */
export const DisclosureRegister = z
  .object({
    items: z.array(ObligedBody),
    counts: z.object({ total: count, complete: count, incomplete: count, missing: count, waiting: count }),
  })
  .meta({ id: 'DisclosureRegister' })
export type DisclosureRegister = z.infer<typeof DisclosureRegister>

export const Disclosure = ObligedBody.extend({
  texts: z.array(PublicText.extend({ part: DisclosurePartId })).meta({ description: 'All versions, newest first' }),
}).meta({ id: 'Disclosure' })
export type Disclosure = z.infer<typeof Disclosure>

/** A row of the missing list (缺项清单). */
export const DisclosureGap = z
  .object({
    bodyId: ObligedBodyId,
    body: z.string(),
    unit: Named,
    trade: Trade,
    tradeLabel: z.string(),
    part: DisclosurePartId,
    label: z.string(),
    cause: z.enum(idsOf(GAP_CAUSE)),
    since: Day,
    days: count.meta({ description: 'Calendar days since, that day included' }),
    waiting: z.boolean(),
  })
  .meta({ id: 'DisclosureGap' })
export type DisclosureGap = z.infer<typeof DisclosureGap>

/** A change of a published text as the public reads it: what it said before, when it was replaced and why. */
const TextChange = z.object({ on: Day, reason: z.string(), before: z.string(), version: count })
export const CurrentText = z.object({
  version: count,
  text: z.string(),
  source: z.string(),
  effectiveOn: Day,
  validUntil: Day,
  publishedOn: Day,
  changes: z.array(TextChange).meta({ description: 'Newest first' }),
})
export type CurrentText = z.infer<typeof CurrentText>

/** What everybody may read of a body (公开内容). */
export const PublicDisclosure = z
  .object({
    id: ObligedBodyId,
    name: z.string(),
    unit: z.string(),
    trade: Trade,
    tradeLabel: z.string(),
    parts: z.array(
      PartStanding.omit({ waiting: true, version: true, validUntil: true }).extend({ current: CurrentText.nullable() }),
    ),
  })
  .meta({ id: 'PublicDisclosure' })
export type PublicDisclosure = z.infer<typeof PublicDisclosure>

/** A notice to kinds of organisations (告知书、倡议书): a mass organisation to its members, an authority to those it serves. */
export const NewPublicNotice = z
  .strictObject({
    title: text(80),
    kind: z.enum(idsOf(PUBLIC_NOTICE_KIND)),
    audiences: z.array(OrganisationKindId).min(1, 'publicNotice.no_audience').max(20),
    unitId: UnitId,
    ...textFields,
  })
  .refine(inOrder, reversed)
  .meta({ id: 'NewPublicNotice' })
export type NewPublicNotice = z.infer<typeof NewPublicNotice>

const NOTICE_STANDING = ['inForce', 'pending', 'expired', 'unpublished', 'withdrawn'] as const
export const PublicNotice = z
  .object({
    id: PublicNoticeId,
    title: z.string(),
    kind: z.enum(idsOf(PUBLIC_NOTICE_KIND)),
    kindLabel: z.string(),
    audiences: z.array(z.object({ id: OrganisationKindId, label: z.string() })),
    unit: Named,
    standing: z.enum(NOTICE_STANDING),
    withdrawn: z.object({ at: Instant, by: z.string(), reason: z.string() }).nullable(),
    texts: z.array(PublicText),
    may: z.object({ write: z.boolean(), withdraw: z.boolean() }),
  })
  .meta({ id: 'PublicNotice' })
export type PublicNotice = z.infer<typeof PublicNotice>

/** A notice in force as the public reads it. */
export const NoticeInForce = z
  .object({
    id: PublicNoticeId,
    title: z.string(),
    kind: z.enum(idsOf(PUBLIC_NOTICE_KIND)),
    kindLabel: z.string(),
    audiences: z.array(z.object({ id: OrganisationKindId, label: z.string() })),
    unit: z.string(),
    current: CurrentText,
  })
  .meta({ id: 'NoticeInForce' })
export type NoticeInForce = z.infer<typeof NoticeInForce>

export const MediaSubjectId = z.enum(idsOf(MEDIA_SUBJECT))
/** Something that is public and can be told of. `ref` names it within its kind. */
export const MediaSubjectRow = z
  .object({ kind: MediaSubjectId, kindLabel: z.string(), ref: z.string(), title: z.string(), note: z.string() })
  .meta({ id: 'MediaSubjectRow' })
export type MediaSubjectRow = z.infer<typeof MediaSubjectRow>

const BRIEF = 150
/** Ready text (成稿): title, 150 characters, long text. */
const readyText = { title: text(60), brief: text(BRIEF), text: text(5000) }
/** A proposal of the ready text, made of what the public page says. `path`: that page. */
export const MediaProposal = z
  .object({
    subject: MediaSubjectRow,
    path: z.string(),
    title: z.string(),
    brief: z.string(),
    text: z.string(),
  })
  .meta({ id: 'MediaProposal' })
export type MediaProposal = z.infer<typeof MediaProposal>

export const NewMediaItem = z
  .strictObject({ kind: MediaSubjectId, ref: text(120), ...readyText })
  .meta({ id: 'NewMediaItem' })
export type NewMediaItem = z.infer<typeof NewMediaItem>

/** An item for the district's own media (公开宣传件). `code` is the short link `/m/<code>`. */
export const MediaItem = z
  .object({
    id: MediaItemId,
    code: z.string(),
    kind: MediaSubjectId,
    kindLabel: z.string(),
    path: z.string(),
    title: z.string(),
    brief: z.string(),
    text: z.string(),
    by: z.string(),
    createdAt: Instant,
    visits: count.meta({ description: 'Devices, each counted once a day; machines and staff are not counted' }),
    filed: count.meta({ description: 'Reports filed through the link, as far as the caller sees them' }),
  })
  .meta({ id: 'MediaItem' })
export type MediaItem = z.infer<typeof MediaItem>
export const MediaVisits = z
  .object({ items: z.array(z.object({ day: Day, visits: count })), total: count })
  .meta({ id: 'MediaVisits' })
export type MediaVisits = z.infer<typeof MediaVisits>
