import type { TenantId } from '@banjie/contract'
import { createTransport, type Transporter } from 'nodemailer'
import type { Clock } from '#kernel/clock'
import { type OutboxEntry, type Senders, Undelivered } from '#kernel/outbox'
import { type Message, type MessageParts, messageOf } from './message.ts'
import { webhookKey, webhookSignature } from './signature.ts'
import { postWebhook } from './webhook.ts'

/** The ways out as the operator has set them up (邮件与短信). */
export interface Outlets {
  /** smtp://user:password@host:port */
  readonly smtpUrl: string | undefined
  readonly mailFrom: string | undefined
  /** Receives {to, text} by POST. */
  readonly smsWebhook: string | undefined
  readonly allowLoopback: boolean
}

/** A letter of somebody above, about no case (其他信函): written when it leaves, kept nowhere. */
export interface Letter {
  readonly to: { readonly name: string | null; readonly email: string | null; readonly phone: string | null }
  readonly subject: string
  readonly text: string
  readonly short: string
  readonly unsubscribe?: string | undefined
}
/** @returns undefined for a row that is none of theirs, or that nobody waits for any more */
export type Letters = (tenant: TenantId, entry: OutboxEntry) => Promise<Letter | undefined>

const TIMEOUT_MS = 5000

/** True where mail can leave. */
export const mailIsSet = ({ smtpUrl, mailFrom }: Outlets) => smtpUrl !== undefined && mailFrom !== undefined

/** Senders (发送) by kind; what is not set up has none, and its messages wait visibly. */
export function createSenders(parts: MessageParts, outlets: Outlets, clock: Clock, letters: Letters): Senders {
  const { smtpUrl, mailFrom, smsWebhook } = outlets
  const sending =
    (send: (message: Letter, entry: OutboxEntry) => Promise<void>): Senders['mail'] & {} =>
    async (tenant, entry) => {
      const isOurs = 'subscriptionId' in entry.payload
      const message = await (isOurs ? messageOf(parts, tenant, entry) : letters(tenant, entry))
      if (message !== undefined) await send(message, entry)
    }
  return {
    ...(smtpUrl !== undefined && mailFrom !== undefined && { mail: sending(mailing(smtpUrl, mailFrom)) }),
    ...(smsWebhook !== undefined && { sms: sending((message) => sendText(smsWebhook, message)) }),
    webhook: async (tenant, entry) => {
      const message = await messageOf(parts, tenant, entry)
      if (message === undefined) return
      const { secret } = await parts.directory.byId(tenant)
      const signing = { key: webhookKey(secret, message.subscription.id), at: clock.real() }
      await push(message, entry, signing, outlets.allowLoopback)
    },
  }
}

function mailing(smtpUrl: string, from: string) {
  const post = createTransport(smtpUrl, {
    ...{ connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: 3 * TIMEOUT_MS },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  } as object) as Transporter
  return async ({ to, subject, text, unsubscribe }: Letter, { id }: OutboxEntry) => {
    if (to.email === null) return
    await post
      .sendMail({
        ...{ from, subject, text },
        to: { name: to.name ?? '', address: to.email },
        messageId: messageIdOf(id, from),
        headers: {
          'Auto-Submitted': 'auto-generated',
          ...(unsubscribe !== undefined && {
            'List-Unsubscribe': `<${unsubscribe}>`,
            'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
          }),
        },
      })
      .catch((error: unknown) => {
        throw mailFailure(error)
      })
  }
}

/** The id of our own mail tells the outbox row it came from, so that a reply finds its case. */
const messageIdOf = (id: string, from: string) => `<${id}@${from.replace(/^.*@|>$/g, '')}>`
/** The outbox row of one of our own mails, from the id that a reply refers to. */
export const outboxIdIn = (messageId: string): string | undefined =>
  /<?([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})@/.exec(messageId)?.[1]

/** The server's own words may repeat the address; its number says enough. */
function mailFailure(error: unknown): Undelivered {
  const { responseCode, code } = error as { responseCode?: number; code?: string }
  if (code === 'EENVELOPE' && responseCode !== undefined && responseCode >= 500)
    return new Undelivered(`收件方拒收（${responseCode}）`, true)
  if (responseCode !== undefined) return new Undelivered(`邮件服务器返回 ${responseCode}`)
  return new Undelivered(`连不上邮件服务器（${code ?? '原因不明'}）`)
}

async function sendText(url: string, { to, short }: Letter): Promise<void> {
  if (to.phone === null) return
  const answer = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ to: to.phone, text: short }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => {
    throw new Undelivered('连不上短信接口')
  })
  await answer.body?.cancel()
  if (!answer.ok) throw new Undelivered(`短信接口返回 ${answer.status}`)
}

async function push(
  { to, facts }: Message,
  entry: OutboxEntry,
  { key, at }: { readonly key: string; readonly at: Date },
  allowLoopback: boolean,
): Promise<void> {
  if (to.webhookUrl === null) return
  const body = JSON.stringify(facts)
  // Real time, so that the receiver can refuse what is old: a copied push cannot be sent again later.
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const headers = {
    'idempotency-key': entry.id,
    'x-banjie-timestamp': timestamp,
    'x-banjie-signature': webhookSignature(key, timestamp, body),
  }
  await postWebhook(to.webhookUrl, { body, headers }, { allowLoopback })
}
