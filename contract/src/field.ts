import { z } from 'zod'
import { BlobId, Day } from './brand.ts'
import { text } from './shape.ts'

/** What a form shows of a field (表单字段): its title, and how it is entered where its type does not say. */
export const label = (title: string, more: Record<string, unknown> = {}) => ({ title, ...more })
/** A field of several lines. */
export const lines = (title: string) => label(title, { format: 'textarea' })
/** Photos and files, at most nine. */
export const attachments = (title: string) =>
  z
    .array(BlobId)
    .max(9, 'file.too_many')
    .optional()
    .meta(label(title, { format: 'attachments' }))
/** A step of a staged plan (分步方案). */
export const planStep = z.object({ text: text(200).meta(label('做什么')), on: Day.meta(label('哪天完成')) })
/** What the person is told (告知). */
export const toThePerson = text(500).meta(lines('告知诉求人的话'))
