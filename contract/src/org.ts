import { z } from 'zod'
import { Day, PersonId, UnitId } from './brand.ts'
import { optionalText, text } from './shape.ts'
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
/** A work queue (队列) of the caller with its count; `to` is the page of a queue whose rows are not cases. */
export const Queue = z
  .object({
    id: z.string(),
    label: z.string(),
    count: z.number().int(),
    red: z.number().int(),
    to: z.string().optional(),
  })
  .meta({ id: 'Queue' })
export type Queue = z.infer<typeof Queue>

/** A task force (工作专班) to be set up: a lead unit answers for it, for a term. */
export const NewTaskForce = z
  .object({
    name: text(60),
    code: optionalText(60),
    subject: text(60),
    leadUnitId: UnitId,
    memberUnitIds: z.array(UnitId).max(50).default([]),
    charter: optionalText(2000),
    validFrom: Day,
    validTo: Day.optional(),
  })
  .meta({ id: 'NewTaskForce' })
export type NewTaskForce = z.infer<typeof NewTaskForce>
const NamedUnit = z.object({ id: UnitId, name: z.string() })
/** A task force (工作专班): a unit of its own, for one subject, led by one unit. */
export const TaskForce = z
  .object({
    id: UnitId,
    code: z.string(),
    name: z.string(),
    subject: z.string(),
    leadUnit: NamedUnit,
    members: z.array(NamedUnit),
    charter: z.string().nullable(),
    validFrom: Day,
    validTo: Day.nullable(),
  })
  .meta({ id: 'TaskForce' })

/** Stand-in (代理): who acts in another's posts for a while, both days included. */
export const NewStandIn = z
  .object({ personId: PersonId, standInId: PersonId, from: Day, to: Day })
  .meta({ id: 'NewStandIn' })
export type NewStandIn = z.infer<typeof NewStandIn>
