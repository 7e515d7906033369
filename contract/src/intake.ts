import { z } from 'zod'
import { CaseId, ChannelId, DriveId, Instant } from './brand.ts'
import { optionalText, text } from './shape.ts'
import { WebLink } from './source.ts'
import { CHAT_LEFT, Channel, idsOf, Urgency } from './term.ts'

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
