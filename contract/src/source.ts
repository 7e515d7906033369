import { z } from 'zod'
import { ChannelId, DriveId, ForumId, SheetId } from './brand.ts'
import { label } from './field.ts'
import { text } from './shape.ts'

/** An https address without a name and password in it. */
export const WebLink = z
  .string()
  .trim()
  .max(500)
  .refine((value) => isPlainHttps(value), 'source.link')
function isPlainHttps(value: string): boolean {
  const url = URL.canParse(value) ? new URL(value) : undefined
  return url?.protocol === 'https:' && url.username === '' && url.password === ''
}

/**
 * Where a case came from (来源): the channel's record, the drive, the questionnaire sheet, the forum, the item for the media
 * (the code of its short link; one that is not known is no source), the post. Names of people go to `party`.
 */
export const CaseSource = z
  .object({
    channelId: ChannelId.optional().meta(label('渠道', { format: 'channel' })),
    driveId: DriveId.optional().meta(label('征集活动', { format: 'drive' })),
    sheetId: SheetId.optional().meta(label('问卷')),
    forumId: ForumId.optional().meta(label('座谈调研')),
    media: text(20).optional().meta(label('宣传件短码')),
    link: WebLink.optional().meta(label('原帖或截图网页（https）')),
  })
  .meta({ id: 'CaseSource', title: '来源' })
export type CaseSource = z.infer<typeof CaseSource>
