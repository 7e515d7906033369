import type { OutboxKind, TenantId } from '@banjie/contract'
import { claimOutbox, markDone, markFailed, type OutboxEntry, pruneOutbox } from './outbox.sql.ts'
import type { Store } from './store.ts'

export {
  countOutbox,
  findOutbox,
  insertOutbox,
  listOutbox,
  type OutboxEntry,
  type Outgoing,
  revive,
} from './outbox.sql.ts'

/** Sends one message. What it throws is the reason that the administrator reads; it must not name an address. */
export type Sender = (tenant: TenantId, entry: OutboxEntry) => Promise<void>
/** The ways out that are set up. A kind without a sender waits, visibly, and nothing fails. */
export type Senders = Partial<Readonly<Record<OutboxKind, Sender>>>

/** A reason in words for whoever reads the outbox. */
export class Undelivered extends Error {
  /** True if another try cannot help: no such address, refused for good. */
  readonly forGood: boolean
  constructor(why: string, forGood = false) {
    super(why)
    this.forGood = forGood
  }
}

/** Tries before a message is given up: with doubled pauses from one minute, about seventeen hours. */
const MOST_TRIES = 10
const FIRST_PAUSE_SECONDS = 60
const AT_A_TIME = 20
const KEPT_DAYS = 30

/**
 * Delivers what is due (投递): at least once, each claimed by one process. The message leaves outside of any transaction; a slow receiver holds no
 * connection of the database.
 * @returns how many were tried
 */
export async function deliverOutbox(store: Store, senders: Senders, tenant: TenantId, now: Date): Promise<number> {
  const kinds = Object.keys(senders) as OutboxKind[]
  if (kinds.length === 0) return 0
  let tried = 0
  for (;;) {
    const claimed = await store.tx(tenant, (tx) =>
      claimOutbox(tx, { kinds, now, limit: AT_A_TIME, firstPauseSeconds: FIRST_PAUSE_SECONDS }),
    )
    await Promise.all(claimed.map((entry) => deliver(store, senders[entry.kind], tenant, entry, now)))
    tried += claimed.length
    if (claimed.length < AT_A_TIME) return tried
  }
}

async function deliver(
  store: Store,
  send: Sender | undefined,
  tenant: TenantId,
  entry: OutboxEntry,
  now: Date,
): Promise<void> {
  try {
    await send?.(tenant, entry)
  } catch (error) {
    const isLast = entry.attempts >= MOST_TRIES || (error instanceof Undelivered && error.forGood)
    await store.tx(tenant, (tx) => markFailed(tx, entry.id, whyOf(error), isLast))
    return
  }
  await store.tx(tenant, (tx) => markDone(tx, entry.id, now))
}

/** Only our own words: a driver's or a server's message may repeat the address. */
const whyOf = (error: unknown): string => {
  if (error instanceof Undelivered) return error.message
  const { code } = error as { code?: unknown }
  return `发送失败（${typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : '原因不明'}）`
}

/** Forgets what left more than thirty days ago. */
export const forgetDelivered = async (store: Store, tenant: TenantId, now: Date): Promise<number> =>
  (await store.tx(tenant, (tx) => pruneOutbox(tx, new Date(now.getTime() - KEPT_DAYS * 86_400_000)))).length
