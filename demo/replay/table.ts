/** What is said of a figure at the end of its line (结论). */
export const VERDICT = { agrees: '✓', differs: '✗ 不一致', unreached: '— 本部分没有做到' } as const

export interface Column {
  readonly title: string
  /** In letters of a terminal, of which a Chinese character takes two. */
  readonly width: number
  /** Numbers stand on the right. */
  readonly left?: boolean
}
interface Line {
  readonly cells: readonly string[]
  readonly verdict: string
}

const widthOf = (text: string) => [...text].reduce((sum, letter) => sum + (letter.charCodeAt(0) > 0xff ? 2 : 1), 0)

/** A table for a terminal, a line each with its verdict behind it; the first column stands on the left. */
export function tableOf(columns: readonly Column[], lines: readonly Line[]): string {
  const cell = (text: string, i: number) => {
    const { width = 0, left = i === 0 } = columns[i] ?? {}
    const rest = ' '.repeat(Math.max(left ? 0 : 1, width - widthOf(text)))
    return left ? text + rest : rest + text
  }
  const titles = { cells: columns.map(({ title }) => title), verdict: '' }
  return [titles, ...lines].map(({ cells, verdict }) => `${cells.map(cell).join('')}  ${verdict}`.trimEnd()).join('\n')
}
