import type { TenantId } from '@banjie/contract'
import type { CalendarBook } from '#calendar'
import type { Store } from '#kernel/store'
import { dayOf } from '#org'
import { listPlans } from './plan.sql.ts'
import { settlePlan } from './settle.ts'

/**
 * Every morning (每日入账): the check-ins whose period begins stand on the ledger, plan by plan.
 * @returns how many plans were looked through
 */
export function planWatch(book: CalendarBook, store: Store) {
  const done = new Map<TenantId, string>()
  return async (tenant: TenantId, now: Date): Promise<number> => {
    const today = dayOf(now)
    if (done.get(tenant) === today) return 0
    const plans = (await store.tx(tenant, listPlans, { readOnly: true })).filter(({ state }) => state === 'published')
    for (const { id } of plans)
      await store.tx(tenant, async (tx) => settlePlan(tx, id, await book.of(tenant, null), now))
    done.set(tenant, today)
    return plans.length
  }
}
