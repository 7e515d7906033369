import { z } from 'zod'

/** Fen (分): the only unit in which money is kept and added; whole, so sums are exact. */
export const Money = z.int('money.not_fen').min(0, 'money.not_fen').max(Number.MAX_SAFE_INTEGER, 'money.not_fen')
export const PositiveMoney = z
  .int('money.not_fen')
  .min(1, 'money.not_positive')
  .max(Number.MAX_SAFE_INTEGER, 'money.not_fen')

/** How many fen each unit of money is. */
export const MONEY_UNIT = { 元: 100, 万元: 1_000_000, 亿元: 10_000_000_000 } as const
export type MoneyUnit = keyof typeof MONEY_UNIT

const WRITTEN = /^(-?)(\d+)(?:\.(\d+))?(元|万元?|亿元?)?$/
const unitOf = (written: string | undefined): MoneyUnit | undefined =>
  written === undefined ? undefined : written.startsWith('万') ? '万元' : written.startsWith('亿') ? '亿元' : '元'

/**
 * Money as people write it (15,527万元; 1.01亿; 35.5), in fen and exact.
 * @param unit what a bare number means; one that is written goes before it
 * @returns undefined for what is no amount, names no unit where none is given, or is finer than a fen
 */
export function parseMoney(written: string, unit?: MoneyUnit): number | undefined {
  const match = WRITTEN.exec(written.normalize('NFKC').replaceAll(/[\s,，¥￥]/g, ''))
  const meant = unitOf(match?.[4]) ?? unit
  if (match === null || meant === undefined) return undefined
  const [, sign, whole = '', part = ''] = match
  const digits = String(MONEY_UNIT[meant]).length - 1
  if (/[1-9]/.test(part.slice(digits))) return undefined
  const fen = Number(BigInt(whole + part.slice(0, digits).padEnd(digits, '0')) * (sign === '-' ? -1n : 1n))
  return Number.isSafeInteger(fen) ? fen : undefined
}

const grouped = (digits: string) => digits.replaceAll(/\B(?=(\d{3})+$)/g, ',')
/** Fen in the largest unit that tells it exactly with at most four decimals: 15,527万元; 1.01亿元; 35.50元 is 35.5元. */
export function moneyText(fen: number): string {
  const [absolute, sign] = [BigInt(Math.abs(fen)), fen < 0 ? '-' : '']
  for (const unit of ['亿元', '万元', '元'] as const) {
    const size = BigInt(MONEY_UNIT[unit])
    const part = String(absolute % size)
      .padStart(String(size).length - 1, '0')
      .replace(/0+$/, '')
    if ((absolute >= size && part.length <= 4) || unit === '元')
      return `${sign}${grouped(String(absolute / size))}${part === '' ? '' : `.${part}`}${unit}`
  }
  throw new Error('money is always told in yuan')
}
