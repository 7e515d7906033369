import { z } from 'zod'

/** Tab, line feed and carriage return are text; the other C0 and C1 controls, and lone surrogates, are not. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is its purpose
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]|\p{Surrogate}/u

/** Characters of somebody's own making (造字): another machine shows another character. Rare ones of Unicode (生僻字) are text like any other. */
const PRIVATE_USE = /\p{Co}/u

/**
 * Text a person typed: trimmed, not empty, no control characters.
 * @param max characters (code points as people count them)
 * Refusals carry the codes `text.empty`, `text.too_long`, `text.control_characters`, `text.private_use`.
 */
export const text = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'text.empty')
    .refine((value) => !PRIVATE_USE.test(value), 'text.private_use')
    .refine((value) => value.length <= max || [...value].length <= max, { error: 'text.too_long', params: { max } })
    .refine((value) => !CONTROL.test(value), 'text.control_characters')

/** Optional text: an empty field of a form counts as absent. */
export const optionalText = (max: number) =>
  z.preprocess((value) => (typeof value === 'string' && value.trim() === '' ? undefined : value), text(max).optional())

/** A page of a keyset-paged list. `total.exact` is false above 10,000. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.object({ value: z.number().int(), exact: z.boolean() }),
  })

/** A short list, complete. */
export const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) })

/** A JSON schema served to clients that render forms. */
export const JsonSchema = z.looseObject({}).meta({ description: 'JSON Schema 2020-12' })

/** Paging of every list. */
export const Paging = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
})
