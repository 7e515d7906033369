import { dayAfter, listRules } from '#cadence'
import type { Calendar } from '#calendar'
import type { Tx } from '#kernel/store'
import { lastKept } from '#obligation'
import { dayOf } from '#org'
import { settleDuties } from './settle.ts'

/** Days looked back at every morning: what changed elsewhere (posts, the calendar) reaches the periods that it touches. */
const LOOK_BACK = 35

/** Every morning (每日入账): the periods that begin stand on the ledger, and those of the last weeks are judged again. */
export async function settleMorning(tx: Tx, calendar: Calendar, now: Date): Promise<void> {
  const from = await firstToSettle(tx, dayOf(now))
  if (from !== undefined) await settleDuties(tx, calendar, { from }, now)
}

/** The first time everything since the first rule; later the last weeks, and whatever was left out while nobody watched. */
async function firstToSettle(tx: Tx, today: string): Promise<string | undefined> {
  const [first] = (await listRules(tx)).map(({ validFrom }) => validFrom).sort()
  const kept = await lastKept(tx, 'period')
  if (kept === null || first === undefined) return first
  const [last = today] = [kept, today].sort()
  return [dayAfter(last, -LOOK_BACK), first].sort()[1]
}
