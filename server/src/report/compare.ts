const shown = (value: number) => Math.abs(value).toFixed(1)
const rounded = (value: number) => Math.round(value * 10) / 10

/** Change (增减) against a base: the difference, the percentage where there is one, and the words. */
export interface Change {
  readonly change: number | null
  readonly changePercent: number | null
  readonly text: string
}

/**
 * Compares a figure with its base (同比). Rates are compared in percentage points; a base of 0 has no percentage; losses that shrink are
 * 减亏 and losses that become gains 扭亏, not growth.
 */
export function compare(now: number | null, base: number | null, unit: string): Change {
  if (now === null || base === null) return { change: null, changePercent: null, text: '—（无可比数据）' }
  const change = Math.round((now - base) * 100) / 100
  if (unit === '%') return { change, changePercent: null, text: inPoints(change) }
  if (base === 0) return { change, changePercent: null, text: '—（基期为0）' }
  const percent = rounded((change / Math.abs(base)) * 100)
  if (base < 0) return { change, changePercent: null, text: lossWord(now, base, percent) }
  return { change, changePercent: percent, text: change === 0 ? '持平' : `${change < 0 ? '−' : '+'}${shown(percent)}%` }
}

const inPoints = (change: number) =>
  change === 0 ? '持平' : `${change < 0 ? '下降' : '上升'} ${Math.abs(change)} 个百分点`

function lossWord(now: number, base: number, percent: number): string {
  if (now >= 0) return '扭亏'
  if (now === base) return '持平'
  return `${now > base ? '减亏' : '增亏'} ${shown(percent)}%`
}
