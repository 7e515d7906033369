import { z } from 'zod'
import { Day, Instant, LiaisonTargetId, NormalTrackId } from './brand.ts'
import { text } from './shape.ts'
import { idsOf, LIAISON_END_GROUND, NORMAL_TRACK_STATE } from './term.ts'

/**
 * The enterprise is on the normal track (步入正常轨道), as it says itself: who said so, on which day, in which words. `on` is the last day of the
 * liaison. Where the enterprise is gone (注销或迁出) nobody is left to say it; then `words` are the record that shows it.
 */
export const AskNormalTrack = z
  .strictObject({
    ground: z.enum(idsOf(LIAISON_END_GROUND)).default('normalTrack'),
    confirmedBy: text(60).meta({ description: 'Who confirmed it, by name or office in the enterprise' }),
    confirmedOn: Day,
    words: text(500),
    mayQuote: z.boolean().default(false),
    on: Day,
  })
  .meta({ id: 'AskNormalTrack' })
export type AskNormalTrack = z.infer<typeof AskNormalTrack>

/** A normal-track request (步入正常轨道申请): one asks, another approves; until then the visits stay owed. */
export const NormalTrack = z
  .object({
    id: NormalTrackId,
    target: z.object({ id: LiaisonTargetId, name: z.string() }),
    ground: z.enum(idsOf(LIAISON_END_GROUND)),
    confirmedBy: z.string(),
    confirmedOn: Day,
    words: z.string(),
    mayQuote: z.boolean(),
    on: Day,
    state: z.enum(idsOf(NORMAL_TRACK_STATE)),
    askedBy: z.string(),
    askedAt: Instant,
    decidedBy: z.string().nullable(),
    decidedAt: Instant.nullable(),
    reason: z.string().nullable().meta({ description: 'Why it was returned' }),
    mayDecide: z.boolean(),
  })
  .meta({ id: 'NormalTrack' })
export type NormalTrack = z.infer<typeof NormalTrack>

export const ReturnNormalTrack = z.strictObject({ reason: text(200) }).meta({ id: 'ReturnNormalTrack' })
