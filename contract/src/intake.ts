import { z } from 'zod'
import { Contact } from './appeal.ts'
import { CaseId, ChannelId, Day, DriveId, Instant } from './brand.ts'
import { optionalText, text } from './shape.ts'
import { WebLink } from './source.ts'
import { CHAT_LEFT, Channel, idsOf, SERVICE_OBSTACLE, Urgency } from './term.ts'

const count = z.number().int()

/** A block copied out of a chat (聊天记录). `channelId`: the group it comes from; the same words in another group are other words. */
export const ReadChatBlock = z
  .strictObject({ text: text(60_000), channelId: ChannelId.optional() })
  .meta({ id: 'ReadChatBlock' })

/** What makes a message the same message, whatever a clerk writes over it: pasted again, it is not filed again. */
const MessageKey = z.string().regex(/^[0-9a-f]{64}$/)

/** What was read: one draft a message, and every other line of the block with the reason why it is in none. */
export const ChatRead = z
  .object({
    drafts: z.array(
      z.object({
        nickname: z.string().nullable(),
        at: Instant.nullable(),
        timeText: z.string().nullable().meta({ description: 'The time as the chat writes it' }),
        content: z.string(),
        lines: z.array(count).meta({ description: 'Lines of the block, from 1; the first is the header' }),
        placeholder: z.boolean().meta({ description: 'Only [图片], [语音] …: nothing to read' }),
        key: MessageKey,
        filed: z.string().nullable().meta({ description: 'Number of the case it has become before' }),
      }),
    ),
    left: z.array(z.object({ line: count, text: z.string(), why: z.enum(idsOf(CHAT_LEFT)), whyLabel: z.string() })),
  })
  .meta({ id: 'ChatRead' })

/** A ticked message, as the clerk leaves it; without a key it was put together by hand. */
const FileChatMessage = z.strictObject({
  type: z.enum(['appeal', 'proposal']).default('appeal'),
  nickname: optionalText(50),
  at: Instant.optional(),
  key: MessageKey.optional(),
  content: text(5000),
  category: optionalText(60),
  urgency: Urgency.optional(),
  confidential: z.boolean().optional(),
})
/** The ticked messages (勾选的消息), filed together: all or none. */
export const FileChat = z
  .strictObject({
    channel: Channel.default('wechat'),
    channelId: ChannelId.optional(),
    driveId: DriveId.optional(),
    link: WebLink.optional(),
    messages: z.array(FileChatMessage).min(1).max(200),
  })
  .meta({ id: 'FileChat' })
export const ChatFiled = z
  .object({
    opened: count,
    items: z.array(z.object({ id: CaseId, number: z.string(), known: z.boolean() })),
  })
  .meta({ id: 'ChatFiled' })

/** What a caller says of a matter (电话查询): its number, or telephone and name. */
export const FindByTelephone = z
  .strictObject({ number: optionalText(40), phone: Contact.shape.phone, name: optionalText(100) })
  .refine(({ number, phone, name }) => number !== undefined || (phone !== undefined && name !== undefined), {
    error: 'telephone.ask',
    path: ['number'],
  })
  .meta({ id: 'FindByTelephone' })
export const TelephoneMatches = z
  .object({
    items: z.array(
      z.object({
        id: CaseId,
        number: z.string(),
        type: z.string(),
        title: z.string(),
        stageLabel: z.string(),
        receivedAt: Instant,
        unit: z.string().nullable(),
        unitPhone: z.string().nullable(),
        dueAt: Instant.nullable(),
        answer: z.string().nullable(),
        ratable: z.boolean(),
        grade: count.nullable(),
        steps: z.array(z.object({ at: Instant, text: z.string() })),
        masked: z.object({ name: z.string().nullable(), phone: z.string().nullable() }),
      }),
    ),
  })
  .meta({ id: 'TelephoneMatches' })

const Obstacle = z.enum(idsOf(SERVICE_OBSTACLE))

/** A service exception (服务特例): what could not be done the normal way, why, and what was done instead. */
export const NewServiceException = z
  .strictObject({
    on: Day.optional().meta({ description: 'Today, if not given' }),
    kind: Obstacle,
    what: text(200),
    why: optionalText(500),
    instead: text(500),
    done: z.boolean(),
    place: optionalText(100),
    caseNumber: optionalText(40),
  })
  .meta({ id: 'NewServiceException' })
export const ServiceException = z
  .object({
    id: z.uuid(),
    on: Day,
    kind: Obstacle,
    kindLabel: z.string(),
    what: z.string(),
    why: z.string().nullable(),
    instead: z.string(),
    done: z.boolean(),
    place: z.string().nullable(),
    caseNumber: z.string().nullable(),
    by: z.string(),
    unit: z.string().nullable(),
  })
  .meta({ id: 'ServiceException' })
export const ServiceExceptionQuery = z.object({ from: Day.optional(), to: Day.optional(), kind: Obstacle.optional() })
/** The entries of a time, at most 500 of them; the counts are of all. */
export const ServiceExceptions = z
  .object({
    from: Day,
    to: Day,
    total: count,
    counts: z.array(z.object({ kind: Obstacle, label: z.string(), count, done: count })),
    items: z.array(ServiceException),
  })
  .meta({ id: 'ServiceExceptions' })
