import { z } from 'zod'
import { Day } from './brand.ts'
import { label } from './field.ts'
import { text } from './shape.ts'

const code = z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/, 'tag.code_invalid')

/** A tag dictionary (标签字典): words of one kind, e.g. 热点/难点/堵点 or 急/难/愁/盼. */
export const TagKind = z.object({
  id: code,
  label: text(20),
  tags: z
    .array(z.object({ id: code, label: text(20) }))
    .min(1)
    .max(50),
})
export type TagKind = z.infer<typeof TagKind>

/** A new version of the tag dictionaries: dated and sourced. Tags of older versions stay on the cases that have them. */
export const NewTagSet = z
  .strictObject({ version: text(40), validFrom: Day, source: text(300), kinds: z.array(TagKind).min(1).max(20) })
  .meta({ id: 'NewTagSet' })
export type NewTagSet = z.infer<typeof NewTagSet>
export const TagSet = z
  .object({ version: z.string(), validFrom: Day, source: z.string(), kinds: z.array(TagKind) })
  .meta({ id: 'TagSet' })
export type TagSet = z.infer<typeof TagSet>

/** What is done to tag a case: the tags it has from now on, beside those it has already if they are kept. */
export const TAGGING = z.object({
  tags: z
    .array(code)
    .max(20)
    .meta(label('标签', { format: 'tags' })),
  keep: z.boolean().optional().meta(label('保留原有标签')),
})
