import { z } from 'zod'
import { BlobId, Day, Instant, PersonId, UnitId } from './brand.ts'
import { Mode, Quantities, SuperiorFacts } from './request.ts'
import { optionalText, text } from './shape.ts'
import { CLASS, Class, CONTACT_CHANNEL, DECLINE_REASON, idsOf, OUTCOME, URGENCY, Urgency } from './term.ts'

const label = (title: string, more: Record<string, unknown> = {}) => ({ title, ...more })
const lines = (title: string) => label(title, { format: 'textarea' })

/** Contact data (联系方式) of a person or an enterprise. They are written to `party` and nowhere else. */
export const Contact = z.object({
  name: optionalText(50),
  phone: z.preprocess(
    (value) => (typeof value === 'string' ? value.replaceAll(/[\s()（）-]/g, '') || undefined : value),
    z
      .string()
      .regex(/^\+?\d{5,15}$/, 'import.phone_invalid')
      .optional(),
  ),
})
export const Location = z.object({
  address: optionalText(200),
  lng: z.number().min(-180).max(180).optional(),
  lat: z.number().min(-90).max(90).optional(),
})
export const Party = z.object({
  kind: z.enum(['person', 'enterprise']),
  name: optionalText(100),
  uscc: optionalText(18),
})

/** ProxyContact (代办人): who speaks for the person, a child for a parent, a clerk for an elder; both are recorded in `party`. */
export const ProxyContact = Contact.extend({ relation: text(20).meta(label('与诉求人的关系')) })

/** What a citizen files, with or without an account. */
export const FileAppeal = z
  .object({
    content: text(5000),
    title: optionalText(60),
    category: optionalText(60),
    location: Location.optional(),
    contact: Contact.optional(),
    party: Party.optional(),
    proxy: ProxyContact.optional(),
    anonymous: z.boolean().default(false),
    confidential: z.boolean().default(false),
    attachmentIds: z.array(BlobId).max(3, 'file.too_many').default([]),
  })
  .meta({ id: 'FileAppeal' })
export type FileAppeal = z.infer<typeof FileAppeal>

/** What a person says about a report that was filed before: an urging, new facts, or the same again. */
export const Message = z
  .object({
    text: text(2000),
    newFacts: z.boolean().default(false),
    attachmentIds: z.array(BlobId).max(3, 'file.too_many').default([]),
    kind: z.enum(['urge', 'supplement']).default('supplement'),
  })
  .meta({ id: 'Message' })

/** The facts of an appeal (诉求) opened at the desk. */
export const AppealFacts = z
  .object({
    content: text(5000).meta(lines('诉求内容')),
    title: optionalText(60),
    category: optionalText(60),
    location: Location.optional(),
    divisionCode: optionalText(12),
    urgency: Urgency.default('normal'),
    anonymous: z.boolean().default(false),
    confidential: z.boolean().default(false),
    receivedAt: Instant.optional(),
    superior: SuperiorFacts.optional(),
    attachmentIds: z.array(BlobId).max(9, 'file.too_many').default([]),
  })
  .meta({ id: 'AppealFacts' })

/** The facts of a prominent problem (突出问题). */
export const ProblemFacts = z
  .object({
    title: text(60).meta(label('问题')),
    content: text(5000).meta(lines('问题描述')),
    category: optionalText(60),
    aspect: optionalText(60),
    measures: optionalText(2000),
    location: Location.optional(),
    divisionCode: optionalText(12),
    urgency: Urgency.default('normal'),
    confidential: z.boolean().default(false),
  })
  .meta({ id: 'ProblemFacts' })

/** The facts of a supervisor's reminder (提示函): the smallest case type. */
export const ReminderFacts = z
  .object({ title: text(60).meta(label('事由')), content: text(2000).meta(lines('提示内容')) })
  .meta({ id: 'ReminderFacts' })

/** Inputs of the appeal's actions. */
export const INPUT = {
  accept: z.object({
    category: optionalText(60).meta(label('事项类别', { format: 'category' })),
    urgency: Urgency.optional().meta(label('紧急程度', { labels: URGENCY })),
    summary: optionalText(200).meta(lines('一句话摘要')),
    mode: Mode,
  }),
  decline: z.object({
    reason: z.enum(idsOf(DECLINE_REASON)).meta(label('理由', { labels: DECLINE_REASON })),
    advice: text(500).meta(lines('告知诉求人该去哪里办')),
  }),
  answerAtOnce: z.object({
    text: text(5000).meta(lines('答复')),
    knowledgeId: optionalText(60).meta(label('知识库条目', { format: 'knowledge' })),
  }),
  dispatch: z.object({
    leadUnitId: UnitId.meta(label('主办单位', { format: 'unit' })),
    assistingUnitIds: z
      .array(UnitId)
      .max(20)
      .optional()
      .meta(label('协办单位', { format: 'units' })),
    class: Class.optional().meta(label('办理类别', { labels: CLASS })),
    mode: Mode,
    note: optionalText(500).meta(lines('交办意见')),
  }),
  sign: z.object({}),
  assign: z.object({
    personId: PersonId.meta(label('指派给', { format: 'person' })),
    note: optionalText(500).meta(lines('说明')),
  }),
  contact: z.object({
    at: Instant.optional().meta(label('联系时间')),
    reached: z.boolean().meta(label('已联系上')),
    channel: z.enum(idsOf(CONTACT_CHANNEL)).meta(label('方式', { labels: CONTACT_CHANNEL })),
    note: text(1000).meta(lines('沟通情况')),
  }),
  draftAnswer: z.object({
    text: text(5000).meta(lines('答复内容')),
    outcome: z
      .enum(['solved', 'partly', 'promised', 'explained', 'refused', 'transferred'])
      .meta(label('办理结果', { labels: OUTCOME })),
    promisedOn: Day.optional().meta(label('承诺完成日期')),
    quantities: Quantities,
    beneficiaries: z.number().int().positive().optional().meta(label('受益人数')),
    contractors: optionalText(300).meta(label('施工、监理等参建单位')),
    basis: optionalText(500).meta(lines('不能办的，写明法律依据')),
    alternatives: optionalText(1000).meta(lines('不能办的，写明已尝试的其他办法')),
    attachmentIds: z
      .array(BlobId)
      .max(9, 'file.too_many')
      .optional()
      .meta(label('照片', { format: 'attachments' })),
  }),
  approveAnswer: z.object({ note: optionalText(500).meta(lines('审签意见')) }),
  returnAnswer: z.object({ reason: text(500).meta(lines('退回理由')) }),
  callBack: z.object({
    reached: z.boolean().meta(label('已联系上')),
    satisfied: z.boolean().optional().meta(label('是否满意')),
    solved: z.boolean().optional().meta(label('是否解决')),
    grade: z.number().int().min(1).max(5).optional().meta(label('评分（1–5）')),
    note: optionalText(1000).meta(lines('回访记录')),
  }),
  rate: z.object({
    grade: z.number().int().min(1).max(5).meta(label('满意度（1–5）')),
    solved: z.boolean().meta(label('是否解决')),
    text: optionalText(500).meta(lines('想说的话')),
  }),
  close: z.object({ note: optionalText(500).meta(lines('办结说明')) }),
  reopen: z.object({ reason: text(500).meta(lines('重办理由')) }),
  withdraw: z.object({ reason: text(500).meta(lines('撤回理由')) }),
  urge: z.object({ text: optionalText(2000).meta(lines('催办内容')) }),
  note: z.object({
    text: text(2000).meta(lines('备注')),
    public: z.boolean().optional().meta(label('诉求人可见')),
  }),
  callEmergency: z.object({
    service: text(60).meta(label('联动单位')),
    reached: z.boolean().meta(label('已接通')),
    note: optionalText(1000).meta(lines('联动情况')),
  }),
  handOver: z.object({
    fromUnitId: UnitId.optional().meta(label('移出单位', { format: 'unit' })),
    unitId: UnitId.optional().meta(label('接收单位', { format: 'unit' })),
    personId: PersonId.optional().meta(label('接收人', { format: 'person' })),
    basis: text(200).meta(label('依据')),
  }),
} as const
