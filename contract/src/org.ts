import { z } from 'zod'
import { PersonId, UnitId } from './brand.ts'
import { text } from './shape.ts'
import { Role, UnitKind } from './term.ts'

export const Unit = z
  .object({
    id: UnitId,
    code: z.string(),
    name: z.string(),
    kind: UnitKind,
    parentId: UnitId.nullable(),
    phone: z.string().nullable(),
  })
  .meta({ id: 'Unit' })
export const Person = z
  .object({
    id: PersonId,
    name: z.string(),
    post: z.string().nullable(),
    unitId: UnitId.nullable(),
    unitName: z.string().nullable(),
  })
  .meta({ id: 'Person' })

export const SignIn = z.object({ account: text(60), password: z.string().min(1).max(200) }).meta({ id: 'SignIn' })
export const Session = z
  .object({
    account: z.string(),
    personId: PersonId,
    name: z.string(),
    unitId: UnitId.nullable(),
    unitName: z.string().nullable(),
    district: z.string(),
    demo: z.boolean(),
    roles: z.array(Role),
  })
  .meta({ id: 'Session' })
export type Session = z.infer<typeof Session>

/** A category (事项类别) of the topic dictionary, two levels. */
export const Category = z
  .object({
    id: z.string(),
    label: z.string(),
    parentId: z.string().nullable(),
    class: z.string(),
    urgent: z.boolean(),
    words: z.array(z.string()),
  })
  .meta({ id: 'Category' })
export const Knowledge = z
  .object({ id: z.string(), title: z.string(), text: z.string(), category: z.string().nullable() })
  .meta({ id: 'Knowledge' })
/** A work queue (队列) of the caller with its count. */
export const Queue = z
  .object({ id: z.string(), label: z.string(), count: z.number().int(), red: z.number().int() })
  .meta({ id: 'Queue' })
