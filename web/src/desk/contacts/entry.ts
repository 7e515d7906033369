import { CONTACT_KIND } from '@banjie/contract'
import type { Entry } from './query.ts'

const MONTH = /^20\d{2}-(0[1-9]|1[0-2])$/
/** A month that was passed on in an address, or the one of a day. */
export const monthIn = (typed: string | null, today: string) =>
  typed !== null && MONTH.test(typed) ? typed : today.slice(0, 7)
export function monthAfter(month: string, step: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number - 1 + step, 1)).toISOString().slice(0, 7)
}
export const monthText = (month: string) => `${month.slice(0, 4)}年${Number(month.slice(5))}月`
export function daysOf(month: string): { from: string; to: string } {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10) }
}

/** How a contact stands, in a shape and a word: colour never says it alone. */
export function standingOf({ state, lapsed, disturbs }: Entry): { shape: string; word: string; name: string } {
  if (state === 'done') return { shape: '●', word: disturbs ? '免打扰期内去过' : '已完成', name: 'done' }
  if (lapsed) return { shape: '–', word: '未成行', name: 'lapsed' }
  return disturbs
    ? { shape: '■', word: '在免打扰期内，请改期或取消', name: 'disturbs' }
    : { shape: '○', word: '已计划', name: 'planned' }
}
/** 走访 · 区水务局、区供热办 */
export const wordsOf = ({ kind, units }: Entry) =>
  `${CONTACT_KIND[kind]} · ${units.map(({ name }) => name).join('、') || '单位不详'}`
