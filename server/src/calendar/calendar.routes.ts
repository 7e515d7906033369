import { routes } from '@banjie/contract'
import type { Server } from '#kernel/http'
import type { CalendarBook } from './book.sql.ts'
import { namedDays } from './calendar.ts'
import { dueOf, explain } from './deadline.ts'

const MIDNIGHT = 'T00:00:00+08:00'

/** A deadline computed and explained for anyone who asks, and the days off it rests on. */
export function calendarRoutes({ serveRaw }: Server, calendars: CalendarBook): void {
  serveRaw(routes.calendarYear, async ({ tenant, params }) => namedDays(await calendars.of(tenant, null), params.year))
  serveRaw(routes.due, async ({ tenant, query }) => {
    const calendar = await calendars.of(tenant, null)
    const from = new Date(query.from.length === 10 ? query.from + MIDNIGHT : query.from)
    const limit = { amount: query.amount, unit: query.unit }
    const { dueAt, provisional } = dueOf(calendar, from, limit)
    return { dueAt: dueAt.toISOString(), provisional, days: explain(calendar, from, limit) }
  })
}
