import { z } from 'zod'
import { Contact, Location } from './appeal.ts'
import { CaseId, Day, Instant } from './brand.ts'
import { optionalText, Paging, text } from './shape.ts'
import { idsOf, ORDER_RESULT, Outcome, Urgency } from './term.ts'

/** An order of the city's hotline (市热线工单). The city's number leads: the same number is the same case. */
export const CityOrder = z
  .object({
    number: text(60),
    body: text(60).default('市12345'),
    class: optionalText(60),
    dueOn: Day,
    receivedAt: Instant.optional(),
    title: optionalText(60),
    content: text(5000),
    category: optionalText(60),
    urgency: Urgency.default('normal'),
    location: Location.optional(),
    contact: Contact.optional(),
    confidential: z.boolean().default(false),
    anonymous: z.boolean().default(false),
  })
  .meta({ id: 'CityOrder' })
export type CityOrder = z.output<typeof CityOrder>

/** What became of an order that was handed in. */
export const CityOrderTaken = z
  .object({
    cityNumber: z.string(),
    result: z.enum(idsOf(ORDER_RESULT)),
    id: CaseId,
    number: z.string(),
    stage: z.string(),
    stageLabel: z.string(),
  })
  .meta({ id: 'CityOrderTaken' })

/** What a return can tell (回传栏目), in the usual order of the columns. */
export const RETURN_FIELD = {
  cityNumber: '上级编号',
  result: '办理结果',
  outcome: '办理结论',
  process: '办理过程',
  unit: '承办单位',
  receivedAt: '接收时间',
  acceptedAt: '受理时间',
  dispatchedAt: '交办时间',
  answeredAt: '答复时间',
  closedAt: '办结时间',
  satisfaction: '满意度',
  attachments: '附件',
  attachmentLinks: '附件地址',
  kind: '回传类型',
  number: '区内编号',
} as const
export type ReturnField = keyof typeof RETURN_FIELD

/** The city's columns (回传模板): which field stands under which header, a new version at every change. */
export const ReturnColumns = z
  .array(z.object({ field: z.enum(idsOf(RETURN_FIELD)), header: text(40) }))
  .min(1)
  .max(40)
export const ReturnProfile = z
  .object({
    body: z.string(),
    version: z.number().int().meta({ description: '0: the usual headers, nobody has changed them' }),
    columns: ReturnColumns,
    by: z.string().nullable(),
    at: Instant.nullable(),
  })
  .meta({ id: 'ReturnProfile' })

const ReturnedFile = z.object({ id: z.uuid(), name: z.string(), url: z.string() })

/** A result on its way back to the city (回传). */
export const CityReturn = z
  .object({
    cityNumber: z.string(),
    body: z.string(),
    revision: z
      .number()
      .int()
      .meta({ description: 'Rises when the result was corrected or completed; to be acknowledged' }),
    again: z.boolean().meta({ description: 'An earlier revision was acknowledged before' }),
    number: z.string(),
    stage: z.string(),
    stageLabel: z.string(),
    outcome: Outcome.nullable(),
    outcomeLabel: z.string(),
    result: z.string(),
    unit: z.string().nullable(),
    receivedAt: Instant,
    acceptedAt: Instant.nullable(),
    dispatchedAt: Instant.nullable(),
    answeredAt: Instant.nullable(),
    closedAt: Instant.nullable(),
    satisfied: z.boolean().nullable(),
    grade: z.number().int().nullable(),
    satisfaction: z.string(),
    process: z.string(),
    attachments: z.array(ReturnedFile),
    readyAt: Instant,
    acknowledgedAt: Instant.nullable(),
  })
  .meta({ id: 'CityReturn' })
export type CityReturn = z.infer<typeof CityReturn>

/** Which returns: those that wait, or with `all` also those acknowledged; the days are those on which a result was ready. */
export const ReturnsQuery = Paging.extend({
  limit: z.coerce.number().int().min(1).max(500).default(200),
  from: Day.optional(),
  to: Day.optional(),
  body: optionalText(60),
  all: z.stringbool().default(false),
})
export const CityReturns = z
  .object({
    items: z.array(CityReturn),
    nextCursor: z.string().nullable(),
    waiting: z.number().int().meta({ description: 'Results that wait to be acknowledged, in all' }),
    upTo: z
      .string()
      .nullable()
      .meta({ description: 'The last place of this page: acknowledges what was read so far, or resumes after it' }),
  })
  .meta({ id: 'CityReturns' })

/** What has arrived above: single results, or everything that was ready up to a place. */
export const AcknowledgeReturns = z
  .object({
    items: z
      .array(z.object({ cityNumber: text(60), revision: z.number().int().min(1) }))
      .max(1000)
      .default([]),
    upTo: z
      .string()
      .regex(/^\d{1,15}$/)
      .optional()
      .meta({ description: 'All results up to this place that fit the filter' }),
    from: Day.optional(),
    to: Day.optional(),
    body: optionalText(60),
  })
  .meta({ id: 'AcknowledgeReturns' })
