import type { TenantId } from '@banjie/contract'
import { dayAfter, listRules } from '#cadence'
import type { CalendarBook } from '#calendar'
import type { Store, Tx } from '#kernel/store'
import { lastKept } from '#obligation'
import { dayOf } from '#org'
import { settleDuties } from './settle.ts'

/** Days looked back at every morning: what changed elsewhere (posts, the calendar) reaches the periods that it touches. */
const LOOK_BACK = 35

/**
 * Every morning (每日入账): the periods that begin stand on the ledger, and those of the last weeks are judged again.
 * @returns 1 where there was something to do
 */
export function dutyWatch(book: CalendarBook, store: Store) {
  const done = new Map<TenantId, string>()
  return async (tenant: TenantId, now: Date): Promise<number> => {
    const today = dayOf(now)
    if (done.get(tenant) === today) return 0
    await store.tx(tenant, async (tx) => {
      const from = await firstToSettle(tx, today)
      if (from !== undefined) await settleDuties(tx, await book.of(tenant, null), { from }, now)
    })
    done.set(tenant, today)
    return 1
  }
}

/** The first time everything since the first rule; later the last weeks, and whatever was left out while nobody watched. */
async function firstToSettle(tx: Tx, today: string): Promise<string | undefined> {
  const [first] = (await listRules(tx)).map(({ validFrom }) => validFrom).sort()
  const kept = await lastKept(tx, 'period')
  if (kept === null || first === undefined) return first
  const [last = today] = [kept, today].sort()
  return [dayAfter(last, -LOOK_BACK), first].sort()[1]
}
