import { type CaseId, idsOf, type OutboxKind, SUBSCRIPTION_EVENT, type SubscriptionEvent } from '@banjie/contract'
import { type Address, addFollower, countAt, dropFollowers, findAddressee } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { insertOutbox } from '#kernel/outbox'
import type { Store, Tx } from '#kernel/store'
import { listGone, putSubscription, type SubscriptionRow } from './subscription.sql.ts'
import { telling } from './telling.ts'

/** What somebody asks to be told, and where. */
export interface Subscribing {
  readonly caseId: CaseId
  /** Exactly one. */
  readonly address: Address
  readonly events?: readonly SubscriptionEvent[] | undefined
  /** True for whoever knows number and pickup code. */
  readonly own: boolean
}

const EVERYTHING = idsOf(SUBSCRIPTION_EVENT)
const HOUR_MS = 3_600_000
const MOST_PER_HOUR = 5

const viaOf = ({ email, phone }: Address): OutboxKind =>
  email !== undefined ? 'mail' : phone !== undefined ? 'sms' : 'webhook'

/**
 * Subscribes (关注) an address to a case. An e-mail address is told nothing until its owner has followed the link in the confirmation mail.
 * @throws Fault 'subscription.too_many' when the address was used too often within an hour
 */
export async function subscribe(tx: Tx, input: Subscribing, by: Actor): Promise<SubscriptionRow> {
  const { caseId, address, own } = input
  const via = viaOf(address)
  const known = await findAddressee(tx, caseId, address)
  if (known === undefined) await refuseFlood(tx, address, by.at)
  const partyId = known?.id ?? (await addFollower(tx, caseId, address, by.at))
  const row = await putSubscription(tx, {
    ...{ id: newId<string>(), caseId, partyId: partyId as SubscriptionRow['partyId'], via, own, createdAt: by.at },
    events: input.events ?? EVERYTHING,
    confirmedAt: via === 'mail' ? null : by.at,
  })
  // Once a day at most for the same subscription: a second form does not send a second mail.
  if (row.confirmedAt === null)
    await insertOutbox(
      tx,
      [telling(row, { what: 'confirm', key: `confirm:${row.id}:${by.at.toISOString().slice(0, 10)}`, at: by.at })],
      by.at,
    )
  return row
}

async function refuseFlood(tx: Tx, address: Address, now: Date): Promise<void> {
  if ((await countAt(tx, address, new Date(now.getTime() - HOUR_MS))) >= MOST_PER_HOUR)
    throw new Fault('subscription.too_many')
}

const KEPT_DAYS = 7
/** Forgets the addresses of followers who left, or never confirmed, a week ago. */
export const forgetGoneFollowers = (store: Store, tenant: Tx['tenant'], now: Date): Promise<number> =>
  store.tx(tenant, async (tx) => {
    const gone = await listGone(tx, new Date(now.getTime() - KEPT_DAYS * 86_400_000))
    await dropFollowers(
      tx,
      gone.map(({ partyId }) => partyId),
    )
    return gone.length
  })
