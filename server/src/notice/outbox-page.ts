import {
  idsOf,
  OUTBOX_KIND,
  type OutboxKind,
  type OutboxPage,
  type OutboxState,
  SUBSCRIPTION_EVENT,
} from '@banjie/contract'
import type { z } from 'zod'
import { findCase } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { countOutbox, findOutbox, listOutbox, type OutboxEntry, revive } from '#kernel/outbox'
import type { Tx } from '#kernel/store'
import type { Telling } from './telling.ts'

type Page = z.input<typeof OutboxPage>
const KINDS = idsOf(OUTBOX_KIND)

/** Which ways out are set up. */
export type Configured = ReadonlySet<OutboxKind>

/** The outbox (待发箱) for the administrator, newest first; what waits for a way out that is not set up says so. */
export async function outboxPage(
  tx: Tx,
  asked: { readonly state?: OutboxState | undefined; readonly limit: number; readonly cursor?: string | undefined },
  { configured, mailbox }: { readonly configured: Configured; readonly mailbox: string | undefined },
): Promise<Page> {
  const counted = await countOutbox(tx)
  const stored = asked.state === 'unset' ? 'waiting' : asked.state
  const kinds = KINDS.filter((kind) =>
    asked.state === 'unset' ? !configured.has(kind) : asked.state === 'waiting' ? configured.has(kind) : true,
  )
  const rows = await listOutbox(tx, { state: stored, kinds, before: asked.cursor, limit: asked.limit + 1 })
  const items = []
  for (const entry of rows.slice(0, asked.limit)) items.push(await rowOf(tx, entry, configured))
  return {
    items,
    nextCursor: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null,
    counts: countsOf(counted, configured),
    senders: KINDS.map((kind) => ({
      kind,
      configured: configured.has(kind),
      waiting: counted.find((one) => one.kind === kind && one.state === 'waiting')?.count ?? 0,
    })),
    mailbox: mailbox ?? null,
  }
}

const stateOf = ({ kind, state }: Pick<OutboxEntry, 'kind' | 'state'>, configured: Configured): OutboxState =>
  state === 'waiting' && !configured.has(kind) ? 'unset' : state

function countsOf(counted: Awaited<ReturnType<typeof countOutbox>>, configured: Configured): Page['counts'] {
  const counts = { waiting: 0, unset: 0, done: 0, dead: 0 }
  for (const one of counted) counts[stateOf(one, configured)] += one.count
  return counts
}

async function rowOf(tx: Tx, entry: OutboxEntry, configured: Configured): Promise<Page['items'][number]> {
  const told = entry.payload as Partial<Telling>
  const { id, kind, attempts, lastError } = entry
  return {
    ...{ id, kind, attempts, lastError, state: stateOf(entry, configured) },
    number: (told.caseId === undefined ? undefined : await findCase(tx, told.caseId))?.number ?? null,
    what: told.what === undefined ? '其他' : told.what === 'confirm' ? '确认邮箱' : SUBSCRIPTION_EVENT[told.what],
    createdAt: entry.createdAt.toISOString(),
    runAt: entry.runAt.toISOString(),
    doneAt: entry.doneAt?.toISOString() ?? null,
  }
}

/** Starts over (重新发送) with a message that was given up; audited. @throws Fault 'outbox.not_found' | 'outbox.not_dead' */
export async function retryOutbox(tx: Tx, id: string, by: Actor): Promise<void> {
  if ((await findOutbox(tx, id)) === undefined) throw new Fault('outbox.not_found')
  if ((await revive(tx, id, by.at)).length === 0) throw new Fault('outbox.not_dead')
  await audit(tx, by, { action: 'outbox.retry', objectKind: 'outbox', objectId: id, note: '重新发送' })
}
