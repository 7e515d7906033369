import type { TenantId } from '@banjie/contract'
import { type Addressee, type CaseState, findCase, listAddressees } from '#case'
import { pickupCode } from '#kernel/id'
import type { OutboxEntry } from '#kernel/outbox'
import type { Store, Tx } from '#kernel/store'
import type { Tenant, TenantDirectory } from '#org'
import { linkToken } from './signature.ts'
import { findSubscription, type SubscriptionRow } from './subscription.sql.ts'
import type { Telling } from './telling.ts'
import { wordsOf } from './template.ts'

export interface MessageParts {
  readonly store: Store
  readonly directory: TenantDirectory
  /** Where the portal is reached from outside, without a slash at the end. */
  readonly baseUrl: string
  /** The day an answer is promised for; null once it is there. */
  readonly promise: (tx: Tx, kase: CaseState) => Promise<Date | null>
}

/** A message as it leaves (消息): words and addresses meet only here, and are not kept. */
export interface Message {
  readonly to: Addressee
  readonly subscription: SubscriptionRow
  readonly subject: string
  readonly text: string
  readonly short: string
  readonly unsubscribe: string
  /** What a machine is told. */
  readonly facts: Readonly<Record<string, unknown>>
}

/** Writes the message of an outbox row. @returns undefined if nobody is left who wants it */
export async function messageOf(
  parts: MessageParts,
  tenant: TenantId,
  entry: OutboxEntry,
): Promise<Message | undefined> {
  const told = entry.payload as unknown as Telling
  const district = await parts.directory.byId(tenant)
  return parts.store.tx(
    tenant,
    async (tx) => {
      const subscription = await findSubscription(tx, told.subscriptionId)
      const [to] = await listAddressees(tx, [told.partyId])
      const kase = await findCase(tx, told.caseId)
      if (subscription === undefined || to === undefined || kase === undefined || subscription.endedAt !== null) return
      const until = await parts.promise(tx, kase)
      return written(parts, { told, district, subscription, to, kase, until })
    },
    { readOnly: true },
  )
}

interface Writing {
  readonly told: Telling
  readonly district: Tenant
  readonly subscription: SubscriptionRow
  readonly to: Addressee
  readonly kase: CaseState
  readonly until: Date | null
}

function written(parts: MessageParts, writing: Writing): Message {
  const { told, district, subscription, to, kase, until } = writing
  const isProposed = told.what === 'received' && kase.type === 'proposal'
  const words = wordsOf(told.template, isProposed ? 'proposalReceived' : told.what)
  const links = linksOf(parts, writing)
  const promise = until === null || told.what === 'confirm' ? undefined : `最迟 ${dayWord(until)} 答复。`
  const code = told.what === 'received' ? [`取件码：${pickupCode(district.secret, kase.number)}`] : []
  // Only whoever filed it reads the answer here; others read what was made public.
  const isAnswer = ['answered', 'corrected'].includes(told.what) && to.role === 'asker'
  const answer = isAnswer && kase.answer !== null ? ['', '答复：', kase.answer] : []
  const lines = [
    words.text,
    '',
    `编号：${kase.number}`,
    ...code,
    ...(promise ? [promise] : []),
    ...answer,
    '',
    links.open,
  ]
  const foot = [
    '',
    '--',
    `${district.name} · 办结`,
    `电话 ${district.phone}。不想再收到，点这里退订：`,
    links.unsubscribe,
  ]
  return {
    ...{ to, subscription, unsubscribe: links.oneClick },
    subject: `[${kase.number}] ${words.subject}`,
    text: [...lines, ...(told.what === 'confirm' ? [] : foot)].join('\n'),
    short: [`【${district.name}】${words.text}编号${kase.number}。`, promise, links.open].filter(Boolean).join(' '),
    facts: {
      ...{ number: kase.number, event: told.what, at: told.at, stage: kase.stage, dueAt: until?.toISOString() ?? null },
      ...{ text: words.text, link: links.open },
    },
  }
}

function linksOf({ baseUrl }: MessageParts, { told, district, subscription, kase }: Writing) {
  const { secret } = district
  const manage = linkToken(secret, 'manage', subscription.id)
  const code = pickupCode(secret, kase.number)
  const followed = subscription.own ? `${baseUrl}/q/${kase.number}?code=${code}` : `${baseUrl}/follow/${manage}`
  return {
    open: told.what === 'confirm' ? `${baseUrl}/follow/${linkToken(secret, 'confirm', subscription.id)}` : followed,
    unsubscribe: `${baseUrl}/follow/${manage}/leave`,
    oneClick: `${baseUrl}/api/v1/public/subscriptions/${manage}/unsubscribe`,
  }
}

const DAY = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  weekday: 'short',
})
const dayWord = (day: Date) => DAY.format(day)
