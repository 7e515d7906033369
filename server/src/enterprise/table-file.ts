import { Fault } from '#kernel/fault'
import { type Cell, type Grid, textOf } from '#ledger'

const MOST_LINES = 5000

/** A faulty or doubtful place of a file, as the sender sees it: the row from 1, the column by its head. */
export interface FilePlace {
  readonly row: number
  readonly column: string
  readonly code: string
  readonly detail: string
}
/** A file as a table: which column is which, and its rows. */
export interface TableFile<Column extends string> {
  readonly headRow: number
  /** The heads as they are written. */
  readonly heads: ReadonlyMap<Column, string>
  /** What stands above the head: a title, a unit. */
  readonly above: string
  readonly rows: readonly { readonly row: number; readonly cells: ReadonlyMap<Column, Cell> }[]
  readonly unusedColumns: readonly string[]
}
const tidy = (cell: Cell) =>
  textOf(cell)
    .normalize('NFKC')
    .replaceAll(/[\s*:]/g, '')

/**
 * Reads a table whose columns are known by their heads.
 * @throws Fault 'enterpriseFile.columns' | 'enterpriseFile.merged' | 'enterpriseFile.empty' | 'enterpriseFile.too_many'
 */
export function readTable<Column extends string>(
  { cells, merges }: Grid,
  wanted: Readonly<Record<Column, RegExp>>,
  key: readonly Column[],
): TableFile<Column> {
  const columns = Object.entries(wanted) as [Column, RegExp][]
  const head = cells.findIndex((row) => row.some((cell) => key.some((one) => wanted[one].test(tidy(cell)))))
  if (head < 0) throw new Fault('enterpriseFile.columns')
  refuseMerged(merges, head)
  const titles = (cells[head] ?? []).map(tidy)
  const places = columns.flatMap(([column, words]) => {
    const at = titles.findIndex((title) => words.test(title))
    return at < 0 ? [] : [{ column, at }]
  })
  const rows = cells.slice(head + 1).flatMap((line, i) => {
    const found = new Map(places.map(({ column, at }) => [column, line[at] ?? null] as const))
    return [...found.values()].every((cell) => textOf(cell) === '') ? [] : [{ row: head + i + 2, cells: found }]
  })
  if (rows.length === 0) throw new Fault('enterpriseFile.empty')
  if (rows.length > MOST_LINES) throw new Fault('enterpriseFile.too_many', { max: MOST_LINES })
  return {
    headRow: head + 1,
    heads: new Map(places.map(({ column, at }) => [column, titles[at] ?? ''])),
    above: cells.slice(0, head).flat().map(tidy).join(' '),
    rows,
    unusedColumns: titles.filter((title, i) => title !== '' && !places.some(({ at }) => at === i)),
  }
}

function refuseMerged(merges: Grid['merges'], head: number): void {
  const merged = merges.filter(({ e }) => e.r >= head)
  if (merged.length > 0)
    throw new Fault('enterpriseFile.merged', {
      ranges: merged.map(({ s, e }) => `第 ${s.r + 1}${e.r > s.r ? `–${e.r + 1}` : ''} 行`).join('、'),
    })
}
