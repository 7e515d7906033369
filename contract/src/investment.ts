import { moneyText } from './money.ts'
import type { InvestmentItem } from './project.ts'

/** What of an item tells which projects it counts. */
export type InvestmentBand = Pick<InvestmentItem, 'measure' | 'thresholdFen' | 'nested'>

/**
 * Where the band of an item ends (档次上限): at the next higher threshold among the items by size, unless it takes in what is above.
 * @returns fen that a project of the band does not reach; null where the band is open
 */
export function bandOf(item: InvestmentBand, items: readonly InvestmentBand[]): number | null {
  if (item.measure !== 'size' || item.nested) return null
  const higher = items.filter(({ measure, thresholdFen }) => measure === 'size' && thresholdFen > item.thresholdFen)
  return higher.length === 0 ? null : Math.min(...higher.map(({ thresholdFen }) => thresholdFen))
}

/** How an item of a year's investment targets is counted, in words (招商目标口径). */
export function bandWords(year: number, item: InvestmentBand, items: readonly InvestmentBand[]): string {
  const { measure, thresholdFen, nested } = item
  const size = thresholdFen === 0 ? '' : `投资额 ${moneyText(thresholdFen)}以上`
  if (measure === 'single') return `${year} 年签约的单体项目${size && `，${size}`}，每个计一次`
  const below = bandOf(item, items)
  const apart = below === null ? '' : `、不足 ${moneyText(below)}`
  return `${year} 年签约，${size || '不限投资额'}${apart}（${nested ? '含更高一档' : '各档不重复计算'}）`
}
