import type { TenantId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Clock } from '#kernel/clock'
import type { Store, Tx } from '#kernel/store'
import {
  type Calendar,
  type CalendarDay,
  compileCalendar,
  daysOf,
  lastPublishedYear,
  nationalLayer,
} from './calendar.ts'

/** A year's holiday notice (放假安排): days off and make-up working days, each with its reason. */
export interface HolidayNotice {
  readonly year: number
  readonly source: string
  readonly off: Readonly<Record<string, string>>
  readonly work: Readonly<Record<string, string>>
}

/** The calendars of every district and unit (日历簿), compiled once and looked up by layer. */
export interface CalendarBook {
  /** @param layer a unit's code, or null for the district's own calendar */
  of(tenant: TenantId, layer: string | null): Promise<Calendar>
  /** The district's calendar as it would be with a year's notice published; changes nothing. */
  with(tenant: TenantId, notice: HolidayNotice): Promise<Calendar>
  /** Writes a year's notice. Other processes follow within a minute. */
  publish(tx: Tx, notice: HolidayNotice, by: Actor): Promise<void>
}

const FRESH_MS = 60_000
const NATIONAL = 'national'
const plain = compileCalendar()

/** Days that the district or a unit has set for itself, and the years published here. */
const listDays = (store: Store, tenant: TenantId) =>
  store.aside(
    tenant,
    async (tx) => ({
      days: await tx.run<CalendarDay & { layer: string }>(
        sql`select layer, day, kind, why from calendar_day where tenant_id = ${tx.tenant} order by day`,
      ),
      years: (
        await tx.run<{ year: number }>(sql`select year from calendar_year where tenant_id = ${tx.tenant} order by year`)
      ).map(({ year }) => year),
    }),
    { readOnly: true },
  )

type Loaded = Awaited<ReturnType<typeof listDays>>

/** Every layer of a district, compiled. */
function compile({ days, years }: Loaded): (layer: string | null) => Calendar {
  const layers = Map.groupBy(days, (day) => day.layer)
  const below = [nationalLayer(years), { days: layers.get(NATIONAL) ?? [] }, { days: layers.get('district') ?? [] }]
  const through = years.reduce((last, year) => (year === last + 1 ? year : last), lastPublishedYear)
  const base = days.length === 0 && years.length === 0 ? plain : compileCalendar(below, through)
  const units = new Map(
    [...layers]
      .filter(([layer]) => layer !== NATIONAL && layer !== 'district')
      .map(([layer, own]) => [layer, compileCalendar([...below, { days: own }], through)]),
  )
  return (layer) => (layer === null ? base : (units.get(layer) ?? base))
}

const noticeDays = ({ off, work }: HolidayNotice) => [...daysOf(off, 'off'), ...daysOf(work, 'work')]

export function calendarBook(store: Store, clock: Clock): CalendarBook {
  const known = new Map<TenantId, { at: number; calendars: Promise<(layer: string | null) => Calendar> }>()

  return {
    async of(tenant, layer) {
      const now = clock.real().getTime()
      let entry = known.get(tenant)
      if (entry === undefined || now - entry.at > FRESH_MS) {
        entry = { at: now, calendars: listDays(store, tenant).then(compile) }
        known.set(tenant, entry)
        entry.calendars.catch(() => known.delete(tenant))
      }
      return (await entry.calendars)(layer)
    },
    async with(tenant, notice) {
      const { days, years } = await listDays(store, tenant)
      const others = days.filter(({ layer, day }) => layer !== NATIONAL || !day.startsWith(`${notice.year}-`))
      return compile({
        days: [...others, ...noticeDays(notice).map((day) => ({ ...day, layer: NATIONAL }))],
        years: [...new Set([...years, notice.year])].sort(),
      })(null)
    },
    async publish(tx, notice, by) {
      await tx.run(sql`
        delete from calendar_day where tenant_id = ${tx.tenant} and layer = ${NATIONAL}
          and day between ${`${notice.year}-01-01`} and ${`${notice.year}-12-31`}`)
      await tx.run(sql`
        insert into calendar_day (tenant_id, layer, day, kind, why, source)
        select ${tx.tenant}, ${NATIONAL}, day, kind, why, ${notice.source}
        from jsonb_to_recordset(${JSON.stringify(noticeDays(notice))}::jsonb) as d (day date, kind text, why text)`)
      await tx.run(sql`
        insert into calendar_year (tenant_id, year, source, published_at, by_name)
        values (${tx.tenant}, ${notice.year}, ${notice.source}, ${by.at}, ${by.name})
        on conflict (tenant_id, year) do update
          set source = excluded.source, published_at = excluded.published_at, by_name = excluded.by_name`)
      tx.afterCommit(() => known.delete(tx.tenant))
    },
  }
}
