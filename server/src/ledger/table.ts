import { Fault } from '#kernel/fault'
import { textOf } from './import.ts'
import type { Cell, Grid } from './sheet.ts'

const MOST_LINES = 5000

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

/** Which columns tell the row of heads, any of them; and which have to be there. Each with the word that a sender is told. */
export interface Heads<Column extends string> {
  readonly head: Readonly<Partial<Record<Column, string>>>
  readonly needed?: Readonly<Partial<Record<Column, string>>>
}
/**
 * Reads a table whose columns are known by their heads (按表头读表).
 * @throws Fault 'table.columns' | 'table.merged' | 'table.empty' | 'table.too_many'
 */
export function readTable<Column extends string>(
  { cells, merges }: Grid,
  wanted: Readonly<Record<Column, RegExp>>,
  { head: marks, needed }: Heads<Column>,
): TableFile<Column> {
  const columns = Object.entries(wanted) as [Column, RegExp][]
  const known = Object.keys(marks) as Column[]
  const head = cells.findIndex((row) => row.some((cell) => known.some((one) => wanted[one].test(tidy(cell)))))
  if (head < 0) throw new Fault('table.columns', { columns: Object.values(marks).join('”或“') })
  refuseMerged(merges, head)
  const titles = (cells[head] ?? []).map(tidy)
  const places = columns.flatMap(([column, words]) => {
    const at = titles.findIndex((title) => words.test(title))
    return at < 0 ? [] : [{ column, at }]
  })
  const missing = (Object.keys(needed ?? {}) as Column[]).filter(
    (column) => !places.some((one) => one.column === column),
  )
  if (missing.length > 0)
    throw new Fault('table.columns', { columns: missing.map((one) => needed?.[one]).join('”、“') })
  const rows = cells.slice(head + 1).flatMap((line, i) => {
    const found = new Map(places.map(({ column, at }) => [column, line[at] ?? null] as const))
    return [...found.values()].every((cell) => textOf(cell) === '') ? [] : [{ row: head + i + 2, cells: found }]
  })
  if (rows.length === 0) throw new Fault('table.empty')
  if (rows.length > MOST_LINES) throw new Fault('table.too_many', { max: MOST_LINES })
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
    throw new Fault('table.merged', {
      ranges: merged.map(({ s, e }) => `第 ${s.r + 1}${e.r > s.r ? `–${e.r + 1}` : ''} 行`).join('、'),
    })
}
