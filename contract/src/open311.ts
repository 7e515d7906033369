import { z } from 'zod'
import { Instant } from './brand.ts'
import { text } from './shape.ts'
import { idsOf, OPEN311_RIGHT } from './term.ts'

/** What is said of a new key (开放接口密钥) for a foreign client. */
export const NewOpen311Key = z
  .object({
    name: text(60),
    owner: text(100),
    rights: z
      .array(z.enum(idsOf(OPEN311_RIGHT)))
      .min(1)
      .default(['file', 'update']),
    perMinute: z.number().int().min(1).max(1000).default(60),
  })
  .meta({ id: 'NewOpen311Key' })

/** A key as it is listed: its secret was shown once, when it was made, and is kept nowhere. */
export const Open311Key = z
  .object({
    id: z.uuid(),
    name: z.string(),
    owner: z.string(),
    rights: z.array(z.enum(idsOf(OPEN311_RIGHT))),
    perMinute: z.number().int(),
    filed: z.number().int().meta({ description: 'Requests filed with it' }),
    createdBy: z.string(),
    createdAt: Instant,
    revokedBy: z.string().nullable(),
    revokedAt: Instant.nullable(),
  })
  .meta({ id: 'Open311Key' })
export type Open311Key = z.infer<typeof Open311Key>
