import type { OutboxKind } from '@banjie/contract'
import { sql } from 'kysely'
import { newId } from './id.ts'
import type { Tx } from './store.ts'

/** What is to leave the house. */
export interface Outgoing {
  readonly kind: OutboxKind
  /** What it is about, once: the same key is never written twice, whoever repeats the work. */
  readonly key: string
  /** Ids and dates only. Addresses and texts are looked up when it is sent, so that no personal data lie here. */
  readonly payload: Readonly<Record<string, unknown>>
  readonly runAt: Date
}

/** A message that waits, has left, or could not be delivered (待发箱). */
export interface OutboxEntry {
  readonly id: string
  readonly kind: OutboxKind
  readonly key: string
  readonly createdAt: Date
  readonly runAt: Date
  readonly payload: Readonly<Record<string, unknown>>
  readonly attempts: number
  readonly state: 'waiting' | 'done' | 'dead'
  readonly lastError: string | null
  readonly doneAt: Date | null
}

/**
 * Puts messages into the outbox (待发箱), in the transaction of what they tell: rolled back with it, sent only after it.
 * A key that is already there is left as it is.
 */
export const insertOutbox = (tx: Tx, messages: readonly Outgoing[], now: Date) =>
  messages.length === 0
    ? Promise.resolve([])
    : tx.run(sql`
    insert into outbox (tenant_id, id, kind, key, created_at, run_at, payload, state)
    select ${tx.tenant}, m.id, m.kind, m.key, ${now}, m.run_at, m.payload, 'waiting'
    from json_to_recordset(${JSON.stringify(messages.map((message) => ({ ...message, id: newId(), run_at: message.runAt })))}::json)
      as m(id uuid, kind text, key text, run_at timestamptz, payload jsonb)
    on conflict (tenant_id, key) do nothing`)

const ENTRY = sql`id, kind, key, created_at, run_at, payload, attempts, state, last_error, done_at`

/** Claims what is due, oldest first: the next try is booked before this one begins, so that a process that dies loses nothing. */
export const claimOutbox = (
  tx: Tx,
  claim: {
    readonly kinds: readonly OutboxKind[]
    readonly now: Date
    readonly limit: number
    readonly firstPauseSeconds: number
  },
) =>
  tx.run<OutboxEntry>(sql`
    update outbox o set attempts = o.attempts + 1,
      run_at = ${claim.now}::timestamptz + make_interval(secs => ${claim.firstPauseSeconds} * power(2, least(o.attempts, 20)))
    from (
      select id from outbox where tenant_id = ${tx.tenant} and state = 'waiting' and run_at <= ${claim.now} and kind = any(${[...claim.kinds]}::text[])
      order by run_at, id limit ${claim.limit} for update skip locked
    ) as due
    where o.tenant_id = ${tx.tenant} and o.id = due.id
    returning o.id, o.kind, o.key, o.created_at, o.run_at, o.payload, o.attempts, o.state, o.last_error, o.done_at`)

/** It has left. */
export const markDone = (tx: Tx, id: string, now: Date) =>
  tx.run(
    sql`update outbox set state = 'done', done_at = ${now}, last_error = null where tenant_id = ${tx.tenant} and id = ${id}`,
  )

/** It has not; after the last try it is given up and shown. */
export const markFailed = (tx: Tx, id: string, why: string, isLast: boolean) =>
  tx.run(sql`
    update outbox set last_error = ${why}, state = case when ${isLast}::boolean then 'dead' else state end
    where tenant_id = ${tx.tenant} and id = ${id} and state = 'waiting'`)

/** Starts over with what was given up. @returns nothing if it had not been given up */
export const revive = (tx: Tx, id: string, now: Date) =>
  tx.run(sql`
    update outbox set state = 'waiting', attempts = 0, run_at = ${now} where tenant_id = ${tx.tenant} and id = ${id} and state = 'dead' returning id`)

export const pruneOutbox = (tx: Tx, before: Date) =>
  tx.run(
    sql`delete from outbox where tenant_id = ${tx.tenant} and state = 'done' and done_at < ${before} returning 1 as one`,
  )

export const findOutbox = async (tx: Tx, id: string) =>
  (await tx.run<OutboxEntry>(sql`select ${ENTRY} from outbox where tenant_id = ${tx.tenant} and id = ${id}`))[0]

/** How many wait, have left, or were given up, by kind. */
export const countOutbox = (tx: Tx) =>
  tx.run<{ kind: OutboxKind; state: OutboxEntry['state']; count: number }>(
    sql`select kind, state, count(*) as count from outbox where tenant_id = ${tx.tenant} group by kind, state`,
  )

/** Newest first. */
export const listOutbox = (
  tx: Tx,
  page: {
    readonly state?: OutboxEntry['state'] | undefined
    readonly kinds: readonly OutboxKind[]
    readonly before?: string | undefined
    readonly limit: number
  },
) =>
  tx.run<OutboxEntry>(sql`
    select ${ENTRY} from outbox where tenant_id = ${tx.tenant} and kind = any(${[...page.kinds]}::text[])
      and (${page.state ?? null}::text is null or state = ${page.state ?? null}) and (${page.before ?? null}::uuid is null or id < ${page.before ?? null}::uuid)
    order by id desc limit ${page.limit}`)
