import type { TenantId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Clock } from '#kernel/clock'
import type { Store } from '#kernel/store'
import { type Calendar, type CalendarDay, compileCalendar, nationalLayer } from './calendar.ts'

/** The calendars of every district and unit (日历簿), compiled once and looked up by layer. */
export interface CalendarBook {
  /** @param layer a unit's code, or null for the district's own calendar */
  of(tenant: TenantId, layer: string | null): Promise<Calendar>
}

const FRESH_MS = 60_000
const plain = compileCalendar()

/** Days that the district or a unit has set for itself. */
const listDays = (store: Store, tenant: TenantId) =>
  store.aside(
    tenant,
    (tx) =>
      tx.run<CalendarDay & { layer: string }>(
        sql`select layer, day, kind, why from calendar_day where tenant_id = ${tx.tenant} order by day`,
      ),
    { readOnly: true },
  )

export function calendarBook(store: Store, clock: Clock): CalendarBook {
  const known = new Map<TenantId, { at: number; calendars: Promise<(layer: string | null) => Calendar> }>()

  async function compile(tenant: TenantId) {
    const days = await listDays(store, tenant)
    const layers = Map.groupBy(days, (day) => day.layer)
    const district = layers.get('district') ?? []
    const base = district.length === 0 ? plain : compileCalendar([nationalLayer(), { days: district }])
    const units = new Map(
      [...layers].map(([layer, own]) => [
        layer,
        layer === 'district' ? base : compileCalendar([nationalLayer(), { days: district }, { days: own }]),
      ]),
    )
    return (layer: string | null) => (layer === null ? base : (units.get(layer) ?? base))
  }

  return {
    async of(tenant, layer) {
      const now = clock.real().getTime()
      let entry = known.get(tenant)
      if (entry === undefined || now - entry.at > FRESH_MS) {
        entry = { at: now, calendars: compile(tenant) }
        known.set(tenant, entry)
        entry.calendars.catch(() => known.delete(tenant))
      }
      return (await entry.calendars)(layer)
    },
  }
}
