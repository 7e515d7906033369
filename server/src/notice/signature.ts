import { createHmac, timingSafeEqual } from 'node:crypto'
import { Fault } from '#kernel/fault'

/** What a link may do: confirm an address, or manage and end a subscription. */
export type Purpose = 'confirm' | 'manage'
const LETTER = { confirm: 'c', manage: 'm' } as const satisfies Record<Purpose, string>

const SIGNATURE_LENGTH = 22
const signed = (secret: Buffer, text: string) =>
  createHmac('sha256', secret).update(text).digest('base64url').slice(0, SIGNATURE_LENGTH)

/** A link's token (链接令牌): the subscription and what the link may do, signed by the district; nothing is stored. */
export function linkToken(secret: Buffer, purpose: Purpose, id: string): string {
  const body = `${LETTER[purpose]}${id.replaceAll('-', '')}`
  return body + signed(secret, `subscription ${body}`)
}

/** The subscription of a token. @throws Fault 'subscription.token' if it is not ours or for something else */
export function openToken(secret: Buffer, purpose: Purpose, token: string): string {
  const body = token.slice(0, -SIGNATURE_LENGTH)
  const given = Buffer.from(token.slice(-SIGNATURE_LENGTH))
  const right = Buffer.from(signed(secret, `subscription ${body}`))
  const hex = /^([cm])([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})$/.exec(body)
  const isOurs = given.length === right.length && timingSafeEqual(given, right)
  if (!isOurs || hex === null || hex[1] !== LETTER[purpose]) throw new Fault('subscription.token')
  return hex.slice(2).join('-')
}

/** The key of a webhook's signature (接口签名密钥): derived, told once, stored nowhere. */
export const webhookKey = (secret: Buffer, id: string) =>
  createHmac('sha256', secret).update(`webhook ${id}`).digest('base64url')

/** sha256 HMAC over `timestamp.body`, as the receiver computes it. */
export const webhookSignature = (key: string, timestamp: string, body: string) =>
  `sha256=${createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')}`
