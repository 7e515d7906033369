import { z } from 'zod'
import { Email, Phone } from './appeal.ts'
import { CaseId, Instant } from './brand.ts'
import { OutboxKind, OutboxState, SubscriptionEvent, SubscriptionState } from './term.ts'

/** Where news of a number is to go: exactly one address. */
export const NewSubscription = z
  .object({
    email: Email,
    phone: Phone,
    webhookUrl: z.string().trim().max(500).optional(),
    /** Absent: everything. */
    events: z.array(SubscriptionEvent).min(1).max(8).optional(),
  })
  .refine(({ email, phone, webhookUrl }) => [email, phone, webhookUrl].filter(Boolean).length === 1, {
    error: 'subscription.one_address',
    path: ['email'],
  })
  .meta({ id: 'NewSubscription' })
export type NewSubscription = z.infer<typeof NewSubscription>

/** A subscription (关注) as its owner sees it; it never tells the address. */
export const Subscription = z
  .object({
    id: z.uuid(),
    number: z.string(),
    via: OutboxKind,
    state: SubscriptionState,
    /** The key of the signature of a webhook (接口签名密钥); told once, to whoever subscribed. */
    secret: z.string().nullable(),
    /** What happens next, in a sentence. */
    detail: z.string(),
  })
  .meta({ id: 'Subscription' })
export type Subscription = z.infer<typeof Subscription>

/** Me too (同感): the same concerns me. With a contact it also subscribes. */
export const NewMeToo = z
  .object({ contact: z.object({ phone: Phone, email: Email }).optional() })
  .meta({ id: 'NewMeToo' })
export const MeToo = z
  .object({
    number: z.string(),
    /** Times (人次), counted and never typed. */
    count: z.number().int(),
    counted: z.boolean(),
    /** Why it was or was not counted, in a sentence. */
    detail: z.string(),
  })
  .meta({ id: 'MeToo' })
export type MeToo = z.infer<typeof MeToo>

export const MeTooCount = z
  .object({ caseId: CaseId, number: z.string(), count: z.number().int() })
  .meta({ id: 'MeTooCount' })

/** A row of the outbox (待发箱) as the administrator sees it: no address, no text. */
const OutboxRow = z
  .object({
    id: z.uuid(),
    kind: OutboxKind,
    state: OutboxState,
    number: z.string().nullable(),
    what: z.string(),
    createdAt: Instant,
    runAt: Instant,
    attempts: z.number().int(),
    lastError: z.string().nullable(),
    doneAt: Instant.nullable(),
  })
  .meta({ id: 'OutboxRow' })

/** Whether a way out is set up (已配置). */
export const OutboxPage = z
  .object({
    items: z.array(OutboxRow),
    nextCursor: z.string().nullable(),
    counts: z.record(OutboxState, z.number().int()),
    senders: z.array(z.object({ kind: OutboxKind, configured: z.boolean(), waiting: z.number().int() })),
    /** The mailbox (收信) that takes reports by mail; null where it is off. */
    mailbox: z.string().nullable(),
  })
  .meta({ id: 'OutboxPage' })
