import type { TenantId } from '@banjie/contract'
import type { Listener } from '#case'
import type { Log } from '#kernel/log'
import type { Store } from '#kernel/store'
import { createMemory, type Memory } from './memory.ts'

/** The memories of all districts of this process. */
export interface Memories {
  /** The district's memory; begins it at the first call. */
  of(tenant: TenantId, now: Date): Memory
  /** Learns after the commit, never from what was rolled back. */
  readonly listener: Listener
  /** Reads what other processes have written; begins what has not begun. @returns how many events were new */
  catchUp(tenant: TenantId, now: Date): Promise<number>
  /** The district's dictionaries have changed: the past is read again; what is known serves meanwhile. */
  forget(tenant: TenantId): void
  /** Stops reading, so that a house that closes need not wait for a million cases. */
  close(): void
}

export function createMemories(store: Store, log: Log): Memories {
  const memories = new Map<TenantId, Memory>()
  const renewing = new Map<TenantId, Memory>()
  const stale = new Set<TenantId>()
  const closing = new AbortController()
  const begin = (tenant: TenantId, now: Date) => createMemory({ store, tenant, log, now, signal: closing.signal })

  function of(tenant: TenantId, now: Date): Memory {
    let memory = memories.get(tenant)
    if (memory === undefined) {
      memory = begin(tenant, now)
      memories.set(tenant, memory)
    }
    if (stale.delete(tenant)) renew(tenant, now)
    return memory
  }

  function renew(tenant: TenantId, now: Date): void {
    const next = begin(tenant, now)
    renewing.set(tenant, next)
    void next.whole.then(() => {
      if (renewing.get(tenant) !== next) return
      renewing.delete(tenant)
      if (next.progress.ready) memories.set(tenant, next)
    })
  }

  return {
    of,
    listener: async (tx, happenings) => {
      tx.afterCommit(() => {
        memories.get(tx.tenant)?.hear(happenings)
        renewing.get(tx.tenant)?.hear(happenings)
      })
    },
    async catchUp(tenant, now) {
      const memory = of(tenant, now)
      await memory.whole
      // The database was not there: the next round begins anew.
      if (!memory.progress.ready && memories.get(tenant) === memory) memories.delete(tenant)
      return memory.catchUp()
    },
    forget: (tenant) => void (memories.has(tenant) && stale.add(tenant)),
    close: () => closing.abort(),
  }
}
