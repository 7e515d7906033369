import type { TenantId } from '@banjie/contract'
import type { Topic } from '#case'
import type { Log } from '#kernel/log'
import type { Store } from '#kernel/store'
import type { Heard } from './heard.ts'
import type { Recollection } from './recollection.ts'
import { type Cursor, FIRST_ID, findBeginning, listLessons, listReported } from './suggestion.sql.ts'

/** Older cases than the newest million are not searched. */
const MOST_CASES = 1_000_000
/** So far back it is judged what would have been suggested. */
const JUDGED_DAYS = 90
/** Nobody wants to be taught by what was right two years ago. */
const LESSONS_DAYS = 730
const DAY_MS = 86_400_000
const PAGE = 500
const LOGGED_EVERY = 50_000

export interface Reading {
  readonly store: Store
  readonly tenant: TenantId
  readonly log: Log
  readonly now: Date
  /** The house closes: reading stops at the next page. */
  readonly signal: AbortSignal
}

/** Reads the lessons of the past (重建), in the order in which they were given. */
export async function readLessons(
  { store, tenant, now, signal }: Reading,
  { mind, heard, topics }: { mind: Recollection; heard: Heard; topics: readonly Topic[] },
): Promise<void> {
  const categories = new Map<string, string>()
  let after: Cursor = { at: new Date(now.getTime() - LESSONS_DAYS * DAY_MS), id: FIRST_ID }
  for (;;) {
    signal.throwIfAborted()
    const from = after
    const page = await store.tx(tenant, (tx) => listLessons(tx, from, now, PAGE), { readOnly: true })
    for (const one of page) {
      const isRecent = now.getTime() - one.at.getTime() < JUDGED_DAYS * DAY_MS
      mind.learn(one, one, categories.get(one.caseId) ?? null, isRecent ? topics : [])
      heard.note(one)
      if (one.category !== null) categories.set(one.caseId, one.category)
    }
    const last = page.at(-1)
    if (last === undefined) return
    after = last
    heard.forget()
    await pause()
  }
}

/** Reads the cases, oldest first. @param tell how many there are */
export async function readCases(
  { store, tenant, log, signal }: Reading,
  mind: Recollection,
  tell: (total: number) => void,
): Promise<void> {
  const { count, before } = await store.tx(tenant, (tx) => findBeginning(tx, MOST_CASES), { readOnly: true })
  const total = Math.min(count, MOST_CASES)
  tell(total)
  let after = before ?? FIRST_ID
  for (let logged = 0; ; ) {
    signal.throwIfAborted()
    const from = after
    const page = await store.tx(tenant, (tx) => listReported(tx, from, PAGE), { readOnly: true })
    for (const kase of page) mind.remember(kase)
    const last = page.at(-1)
    if (last === undefined) return
    after = last.id
    if (mind.size - logged >= LOGGED_EVERY) {
      logged = mind.size
      log.info({ tenant, cases: mind.size, total }, 'suggestions are reading the past')
    }
    await pause()
  }
}

/** Requests come first. */
const pause = () => new Promise<void>((resolve) => setImmediate(resolve))
