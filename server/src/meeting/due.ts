import { dayAfter } from '#cadence'
import { type Calendar, dueOf } from '#calendar'
import { Fault } from '#kernel/fault'
import { dayOf } from '#org'

const noon = (day: string) => new Date(`${day}T12:00:00+08:00`)

/** What somebody has said of a date: the day itself, or so many working days after another. */
interface Said {
  readonly dueOn?: string | undefined
  readonly dueWorkdays?: number | undefined
}

/** Close of office of a working day. @throws Fault 'decision.due_not_workday' which names the next one */
export function closeOf(calendar: Calendar, day: string): Date {
  const { dueAt } = dueOf(calendar, noon(dayAfter(day, -1)), { amount: 1, unit: 'workingDay' })
  const next = dayOf(dueAt)
  if (next !== day) throw new Fault('decision.due_not_workday', { day, next })
  return dueAt
}

/**
 * The day that is meant (期限): a working day, counted from the day after `from` (次日起算).
 * @returns null where nothing was said
 * @throws Fault 'decision.due_not_workday' | 'decision.due_before'
 */
export function dueDay(calendar: Calendar, from: string, { dueOn, dueWorkdays }: Said): string | null {
  if (dueWorkdays !== undefined)
    return dayOf(dueOf(calendar, noon(from), { amount: dueWorkdays, unit: 'workingDay' }).dueAt)
  if (dueOn === undefined) return null
  if (dueOn < from) throw new Fault('decision.due_before', { day: dueOn, from })
  closeOf(calendar, dueOn)
  return dueOn
}
