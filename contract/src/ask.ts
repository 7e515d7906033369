import { z } from 'zod'
import { AskId, Day, Instant, UnitId } from './brand.ts'
import { Named } from './case.ts'
import { ContactLimit } from './contact.ts'
import { optionalText, text } from './shape.ts'
import { ASK_KIND, ASK_STATE, BURDEN_SOURCE, idsOf } from './term.ts'

const count = z.number().int()
const Source = z.enum(idsOf(BURDEN_SOURCE))
const addressed = {
  unitIds: z.array(UnitId).min(1).max(200),
  fields: z.int().min(0).max(500).meta({ description: 'How many fields each unit has to type' }),
}

/** What is asked of grass-roots units (对基层的要求): who asks whom for what, by when, and how much there is to type. */
export const NewAsk = z
  .strictObject({
    title: text(80),
    kind: z.enum(idsOf(ASK_KIND)),
    ...addressed,
    dueOn: Day,
    detail: optionalText(500),
    readReceipt: z.boolean().default(false).meta({ description: 'Only for an order; never for study' }),
    reason: optionalText(200).meta({ description: 'Why it has to be above the cap; whoever agrees reads it' }),
  })
  .meta({ id: 'NewAsk' })
export type NewAsk = z.infer<typeof NewAsk>
export const AskDraft = z.strictObject(addressed).meta({ id: 'AskDraft' })
export type AskDraft = z.infer<typeof AskDraft>

/** What a grass-roots unit is asked for in a week (基层负担): counted from the rows themselves. */
export const Burden = z
  .object({
    unit: Named,
    total: count,
    fields: count,
    waiting: count.meta({ description: 'Asks to it that still wait for agreement' }),
    counts: z.array(z.object({ source: Source, count })),
    over: z.boolean().meta({ description: 'Above the cap in number or in fields' }),
  })
  .meta({ id: 'Burden' })
export type Burden = z.infer<typeof Burden>
const week = { from: Day, to: Day, limit: ContactLimit }
export const Burdens = z.object({ ...week, items: z.array(Burden) }).meta({ id: 'Burdens' })
export type Burdens = z.infer<typeof Burdens>
/** The rows behind one unit's count. A case the caller may not see has no number and no title. */
export const BurdenRows = z
  .object({
    ...week,
    unit: Named,
    items: z.array(
      z.object({
        source: Source,
        number: z.string().nullable(),
        title: z.string().nullable(),
        asker: z.string().nullable(),
        on: Day,
        fields: count,
      }),
    ),
  })
  .meta({ id: 'BurdenRows' })
export type BurdenRows = z.infer<typeof BurdenRows>
/** What the asker is told before it is sent: each unit's week so far, and with this ask. */
export const AskPreview = z
  .object({
    ...week,
    items: z.array(Burden.extend({ after: z.object({ total: count, fields: count, over: z.boolean() }) })),
    needsAgreement: z.boolean(),
  })
  .meta({ id: 'AskPreview' })
export type AskPreview = z.infer<typeof AskPreview>

export const Ask = z
  .object({
    id: AskId,
    title: z.string(),
    kind: z.enum(idsOf(ASK_KIND)),
    asker: Named,
    units: z.array(Named.extend({ readAt: Instant.nullable(), readBy: z.string().nullable() })),
    fields: count,
    dueOn: Day,
    detail: z.string().nullable(),
    readReceipt: z.boolean(),
    state: z.enum(idsOf(ASK_STATE)),
    reason: z.string().nullable(),
    by: z.string(),
    at: Instant,
    sentAt: Instant.nullable(),
    decision: z.object({ by: z.string(), at: Instant, note: z.string().nullable() }).nullable(),
    may: z.object({ decide: z.boolean(), withdraw: z.boolean(), read: z.boolean() }),
  })
  .meta({ id: 'Ask' })
export type Ask = z.infer<typeof Ask>
