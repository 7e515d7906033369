import type { TenantId } from '@banjie/contract'
import type { Store } from '#kernel/store'
import { leaseNumbers } from './case.sql.ts'

const BLOCK = 200

/** Serial numbers from blocks leased per process, outside the intake's transaction: a district's intake must not queue for a counter. */
export function numberDispenser(store: Store) {
  const blocks = new Map<string, { next: number; end: number; more?: Promise<void> }>()
  return async function take(tenant: TenantId, prefix: string, day: string, count: number): Promise<number[]> {
    const key = `${tenant} ${prefix} ${day}`
    const taken: number[] = []
    while (taken.length < count) {
      let block = blocks.get(key)
      if (block !== undefined && block.next < block.end) taken.push(block.next++)
      else {
        if (block === undefined) {
          if (blocks.size > 100) blocks.clear()
          block = { next: 0, end: 0 }
          blocks.set(key, block)
        }
        const leased = block
        const size = Math.max(BLOCK, count)
        leased.more ??= store
          .aside(tenant, (tx) => leaseNumbers(tx, prefix, day, size), { repeatable: true })
          .then((end) => {
            leased.next = end - size
            leased.end = end
          })
          .finally(() => {
            delete leased.more
          })
        await leased.more
      }
    }
    return taken
  }
}
