import type { StatutoryTerm } from '@banjie/contract'
import { dayAfter } from '#cadence'

interface PaymentLaw {
  readonly from: string
  readonly days: number
  readonly cap: number
  readonly source: string
}
/** The law’s terms of payment by the day they came into force, newest first; natural days from delivery. */
const LAWS: readonly PaymentLaw[] = [
  { from: '2025-06-01', days: 30, cap: 60, source: '保障中小企业款项支付条例（国务院令第802号）第九条' },
  { from: '2020-09-01', days: 30, cap: 60, source: '保障中小企业款项支付条例（国务院令第728号）第八条' },
]

/**
 * By when the law asked for payment (法定付款期限): 30 natural days from delivery, or what the contract says up to 60. The day of delivery is not counted.
 * @returns null where no law of ours was in force on that day
 */
export function statutoryTerm(deliveredOn: string, contractDays: number | null): StatutoryTerm | null {
  const law = LAWS.find(({ from }) => from <= deliveredOn)
  if (law === undefined) return null
  const days = Math.min(contractDays ?? law.days, law.cap)
  const due = dayAfter(deliveredOn, days)
  const ground = contractDays === null ? '没有约定，按法定' : '按合同约定'
  const said = `${deliveredOn} 交付，次日起算，${ground} ${days} 个自然日，应在 ${due} 前付清；约定最长不超过 ${law.cap} 日`
  return { deliveredOn, days, due, latest: dayAfter(deliveredOn, law.cap), source: law.source, said }
}
