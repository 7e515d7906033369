import type { House } from '../house.ts'
import type { Figure } from './figure.ts'
import { tableOfFigures } from './figure.ts'
import type { PlayOptions } from './play.ts'

/** How a replay came out (重放结果): the table of its figures, and where to look. */
export interface Outcome {
  readonly table: string
  /** One line that says how many agree. */
  readonly sum: string
  readonly wrong: number
  /** What it is and its address, for whoever looks at it in a browser. */
  readonly pages: readonly (readonly [title: string, path: string])[]
  readonly accounts: string
}

/** An article whose files have been read and found possible (报道). */
export interface Article {
  /** The local day on which its story begins. */
  readonly from: string
  readonly play: (house: House, options: PlayOptions) => Promise<Outcome>
}

/** What is told at the end of a replay whose figures stand in a file. */
export function outcomeOf(figures: readonly Figure[]): Pick<Outcome, 'table' | 'sum' | 'wrong'> {
  const count = (verdict: Figure['verdict']) => figures.filter((one) => one.verdict === verdict).length
  const [agree, wrong, unreached] = [count('agrees'), count('differs'), count('unreached')]
  const sum = `${figures.length} 个数字：${agree} 个一致，${wrong} 个不一致，${unreached} 个本部分没有做到。`
  return { table: tableOfFigures(figures), sum, wrong }
}
