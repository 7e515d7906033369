import type { MeToo, NewSubscription, Subscription, TenantId } from '@banjie/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { type CaseState, type Engine, findCase, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { tidyNumber } from '#kernel/id'
import type { Store, Tx } from '#kernel/store'
import type { TenantDirectory } from '#org'
import { addressHash, deviceOf } from './device.ts'
import { countMeToo, type Joined, joinIn, MOST_PER_ADDRESS } from './me-too.ts'
import { linkToken, openToken, webhookKey } from './signature.ts'
import { subscribe } from './subscribe.ts'
import { confirm, end, findSubscription, type SubscriptionRow } from './subscription.sql.ts'
import { resolveWebhook } from './webhook.ts'

/** Number, code and where the request comes from. */
export interface CodeKey {
  readonly number: string
  readonly code: string
  readonly address: string
  readonly real: Date
}

export interface NoticeParts {
  readonly store: Store
  readonly engine: Engine
  readonly directory: TenantDirectory
  /** The case that number and pickup code open. @throws Fault 'track.wrong_code' | 'request.too_many' */
  readonly unlock: (tx: Tx, key: CodeKey) => Promise<CaseState>
  readonly promise: (tx: Tx, kase: CaseState) => Promise<Date | null>
  readonly allowLoopback: boolean
  readonly secureCookies: boolean
}

/** What a follower sees of a number: where it stands, never what was said. */
export interface Followed {
  readonly subscription: Subscription
  /** For the form that ends it. */
  readonly manage: string
  readonly stageLabel: string
  readonly until: Date | null
}

/** The citizen's side of notices (关注与同感). */
export interface NoticeDesk {
  /** Subscribes whoever knows number and code. Looks up a webhook's host before it opens a transaction. */
  subscribe(tenant: TenantId, key: CodeKey, input: NewSubscription, by: Actor): Promise<Subscription>
  confirm(tx: Tx, token: string, by: Actor): Promise<Subscription>
  /** Ends it; a second time changes nothing. */
  end(tx: Tx, token: string, by: Actor): Promise<Subscription>
  /** Takes up again what was ended a moment ago. */
  resume(tx: Tx, token: string, by: Actor): Promise<Subscription>
  look(tx: Tx, purpose: 'confirm' | 'manage', token: string): Promise<Followed>
  joinIn(
    tx: Tx,
    request: { readonly request: FastifyRequest; readonly reply: FastifyReply },
    input: {
      readonly number: string
      readonly contact?: { email?: string | undefined; phone?: string | undefined } | undefined
    },
    by: Actor,
  ): Promise<MeToo>
  /** An open case or problem that others may join, by its number. @throws Fault 'case.not_found' */
  joinable(
    tx: Tx,
    number: string,
  ): Promise<{ readonly number: string; readonly stageLabel: string; readonly open: boolean; readonly count: number }>
}

const DETAIL = {
  unconfirmed: '确认邮件已发出，请打开邮件里的链接确认；确认之前不会收到进展。',
  active: '已开通，有进展会告诉您。',
  ended: '已退订，以后不会再收到这件事的进展。',
} as const

export function createNoticeDesk(parts: NoticeParts): NoticeDesk {
  const { store, engine, directory } = parts
  const secretOf = async (tx: Tx) => (await directory.byId(tx.tenant)).secret

  /** The subscription of a link and its case. @throws Fault 'subscription.token' also when it has been forgotten since */
  async function opened(tx: Tx, purpose: 'confirm' | 'manage', token: string) {
    const row = await findSubscription(tx, openToken(await secretOf(tx), purpose, token))
    const kase = row && (await findCase(tx, row.caseId))
    if (row === undefined || kase === undefined) throw new Fault('subscription.token')
    return { row, kase }
  }
  const changed = async (
    tx: Tx,
    purpose: 'confirm' | 'manage',
    token: string,
    change: (id: string) => Promise<unknown>,
  ) => {
    const { row } = await opened(tx, purpose, token)
    await change(row.id)
    const after = await opened(tx, purpose, token)
    return viewOf(after.row, after.kase)
  }

  return {
    async subscribe(tenant, key, { events, ...address }, by) {
      if (address.webhookUrl !== undefined) await resolveWebhook(address.webhookUrl, parts)
      return store.tx(tenant, async (tx) => {
        const kase = await parts.unlock(tx, key)
        const row = await subscribe(tx, { caseId: kase.id, address, events, own: true }, by)
        const secret = row.via === 'webhook' ? webhookKey(await secretOf(tx), row.id) : null
        return { ...viewOf(row, kase), secret }
      })
    },
    confirm: (tx, token, by) => changed(tx, 'confirm', token, (id) => confirm(tx, id, by.at)),
    end: (tx, token, by) => changed(tx, 'manage', token, (id) => end(tx, id, by.at)),
    resume: (tx, token, by) => changed(tx, 'manage', token, (id) => confirm(tx, id, by.at)),
    async look(tx, purpose, token) {
      const { row, kase } = await opened(tx, purpose, token)
      return {
        subscription: viewOf(row, kase),
        manage: linkToken(await secretOf(tx), 'manage', row.id),
        stageLabel: stageWord(engine.typeOf(kase), kase.stage),
        until: await parts.promise(tx, kase),
      }
    },
    async joinIn(tx, { request, reply }, { number, contact }, by) {
      const kase = await findCase(tx, tidyNumber(number))
      if (kase === undefined) throw new Fault('case.not_found')
      const secret = await secretOf(tx)
      const device = deviceOf(request, reply, secret, parts.secureCookies)
      const joined = await joinIn(
        tx,
        { caseId: kase.id, device, address: addressHash(secret, request.ip), contact },
        by,
      )
      return { number: joined.number, count: joined.count, counted: joined.counted, detail: detailOf(joined) }
    },
    async joinable(tx, number) {
      const kase = await findCase(tx, tidyNumber(number))
      if (kase === undefined || kase.confidential || !['appeal', 'problem'].includes(kase.type))
        throw new Fault('case.not_found')
      const count = (await countMeToo(tx, [kase.id])).get(kase.id) ?? 0
      return {
        number: kase.number,
        stageLabel: stageWord(engine.typeOf(kase), kase.stage),
        open: kase.closedAt === null,
        count,
      }
    },
  }
}

function viewOf(row: SubscriptionRow, { number }: CaseState): Subscription {
  const state = row.endedAt !== null ? 'ended' : row.confirmedAt === null ? 'unconfirmed' : 'active'
  return { id: row.id, number, via: row.via, state, secret: null, detail: DETAIL[state] }
}

const detailOf = ({ because, count }: Joined) =>
  ({
    new: `已计入，现有 ${count} 人次同感。`,
    once: `这台设备已经表示过同感，每台设备只计一次；现有 ${count} 人次。`,
    address: `同一网络地址一天最多计入 ${MOST_PER_ADDRESS} 次，这一次没有计入；现有 ${count} 人次。`,
  })[because]
