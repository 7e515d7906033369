import { queryText } from '../../shared/api.ts'
import { dayOf } from '../../shared/moment.ts'

export const GROUPS = { unit: '按单位', category: '按类别', channel: '按渠道' } as const
export type Group = keyof typeof GROUPS

/** Those who see only their own units have a sum, not the whole district. */
export const wholeWord = (roles: readonly string[]) =>
  roles.some((role) => ['leader', 'supervisor', 'auditor', 'admin'].includes(role)) ? '全区' : '合计'

/** What the figures are asked for; all of it stands in the address. */
export interface Choice {
  readonly from: string
  readonly to: string
  /** The month, where the period is one. */
  readonly month: string | null
  readonly by: Group
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/

/** First and last day of a month. */
export function daysOfMonth(month: string): { from: string; to: string } {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) }
}

/** The month so many months away. */
export function monthAfter(month: string, months: number): string {
  const [year = 0, number = 0] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7)
}

/** `2026年11月`. */
export const monthText = (month: string): string => `${month.slice(0, 4)}年${Number(month.slice(5))}月`

/** Reads the choice out of the address; without one it is the month that runs. */
export function choiceOf(query: URLSearchParams, now: Date = new Date()): Choice {
  const by = query.get('by') ?? 'unit'
  const group = by in GROUPS ? (by as Group) : 'unit'
  const [from, to] = [query.get('from') ?? '', query.get('to') ?? '']
  if (DAY.test(from) && DAY.test(to)) return { from, to, month: null, by: group }
  const asked = query.get('month') ?? ''
  const month = MONTH.test(asked) ? asked : dayOf(now).slice(0, 7)
  return { ...daysOfMonth(month), month, by: group }
}

/** The address of the rows behind a figure (下钻). */
export const drillAddress = (query: URLSearchParams, show: Readonly<Record<string, string | undefined>>): string => {
  const kept = Object.fromEntries(['month', 'from', 'to', 'by', 'sort'].map((name) => [name, query.get(name)]))
  const search = queryText({ ...kept, ...show })
  return search === '' ? '/w/figures' : `/w/figures?${search}`
}
