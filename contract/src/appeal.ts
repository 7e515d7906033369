import { z } from 'zod'
import { BlobId, Day, Instant } from './brand.ts'
import { label, lines } from './field.ts'
import { SuperiorFacts } from './request.ts'
import { optionalText, text } from './shape.ts'
import { CaseSource } from './source.ts'
import { FOUND_BY, FoundBy, idsOf, REPLY_CHANNEL, Urgency } from './term.ts'

const replyBy = z
  .enum(idsOf(REPLY_CHANNEL))
  .optional()
  .meta(label('希望怎样得到答复', { labels: REPLY_CHANNEL }))

export const Phone = z.preprocess(
  (value) => (typeof value === 'string' ? value.replaceAll(/[\s()（）-]/g, '') || undefined : value),
  z
    .string()
    .regex(/^\+?\d{5,15}$/, 'import.phone_invalid')
    .optional(),
)
/** A mail address (电子邮箱), in lower case: what differs only in case is one mailbox. */
export const Email = z.preprocess(
  (value) => (typeof value === 'string' ? value.normalize('NFKC').trim().toLowerCase() || undefined : value),
  z
    .string()
    .max(254, 'contact.email_invalid')
    .regex(/^[^\s@<>",;:\\()[\]]+@[^\s@<>",;:\\()[\]]+\.[a-z0-9-]{2,}$/, 'contact.email_invalid')
    .optional(),
)

/** Contact data (联系方式) of a person or an enterprise. They are written to `party` and nowhere else. */
export const Contact = z.object({ name: optionalText(50), phone: Phone, email: Email })
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
export const ProxyContact = Contact.omit({ email: true }).extend({ relation: text(20).meta(label('与诉求人的关系')) })

/** What a citizen files, with or without an account. */
export const FileAppeal = z
  .object({
    kind: z.enum(['appeal', 'proposal']).default('appeal').meta({ description: 'proposal: 建言献策' }),
    content: text(5000),
    title: optionalText(60),
    category: optionalText(60),
    location: Location.optional(),
    contact: Contact.optional(),
    party: Party.optional(),
    proxy: ProxyContact.optional(),
    anonymous: z.boolean().default(false),
    confidential: z.boolean().default(false),
    attachmentIds: z
      .array(BlobId)
      .max(4, 'file.too_many')
      .default([])
      .meta({ description: '3 photos and a voice note' }),
    via: optionalText(20).meta({ description: 'Code of the short link (/m/<code>) by which the person came' }),
    replyBy,
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
    source: CaseSource.optional(),
    attachmentIds: z.array(BlobId).max(9, 'file.too_many').default([]),
    replyBy,
  })
  .meta({ id: 'AppealFacts' })

/** The facts of a proposal (建言献策): what could be done better. */
export const ProposalFacts = AppealFacts.omit({ superior: true })
  .extend({ content: text(5000).meta(lines('建议内容')) })
  .meta({ id: 'ProposalFacts' })

/** The facts of a prominent problem (突出问题). */
export const ProblemFacts = z
  .object({
    title: text(60).meta(label('问题')),
    content: text(5000).meta(lines('问题描述')),
    category: optionalText(60),
    aspect: optionalText(60),
    symptom: optionalText(2000).meta(lines('病灶（问题表现）')),
    rootCause: optionalText(2000).meta(lines('根源')),
    measures: optionalText(2000).meta(lines('整改措施')),
    foundBy: FoundBy.optional().meta(label('发现途径', { labels: FOUND_BY })),
    deadline: Day.optional().meta(label('整改期限')),
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
