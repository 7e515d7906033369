import type { Light, Remaining } from './shape.ts'

/**
 * What is left of a deadline, as people say it beside the light's word: 超期 2 日, 临期 今日到期, 正常 剩 3 日, 落后 剩 14 日.
 * @param remaining negative when overdue; 0 on the due date itself
 */
export function remainingText(light: Light, remaining: Remaining | null): string {
  if (light === 'done' || light === 'paused' || remaining === null) return ''
  const { amount } = remaining
  if (light === 'red' && amount <= 0) return amount === 0 ? '不足 1 日' : span(Math.abs(amount), remaining.unit)
  if (amount === 0) return '今日到期'
  return `剩 ${span(amount, remaining.unit)}`
}

/** Whether something is red before its day has come: it lags behind its plan (落后), it is not overdue. */
export const lagsBehind = (light: Light, remaining: Remaining | null): boolean =>
  light === 'red' && remaining !== null && remaining.amount > 0

const WORD = {
  workingDay: '日',
  workingHour: '小时',
  hour: '小时',
  day: '日',
  month: '个月',
} as const satisfies Record<Remaining['unit'], string>

function span(amount: number, unit: Remaining['unit']): string {
  if (WORD[unit] === '小时' && amount < 1) return `${Math.max(1, Math.round(amount * 60))} 分钟`
  return `${Math.round(amount * 10) / 10} ${WORD[unit]}`
}

/** A limit in full: 5 个工作日, 4 工作小时, 3 个月. */
export function limitText({ amount, unit }: Remaining): string {
  const word = { workingDay: '个工作日', workingHour: '个工作小时', hour: '小时', day: '日', month: '个月' }[unit]
  return `${amount} ${word}`
}
