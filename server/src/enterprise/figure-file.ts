import {
  type EnterpriseFigure,
  type FaultCode,
  type MONEY_UNIT,
  normaliseUscc,
  parseMoney,
  sentenceOf,
} from '@banjie/contract'
import { Fault } from '#kernel/fault'
import { type Cell, type Grid, instantOf, readTable, textOf } from '#ledger'
import { dayOf } from '#org'
import type { FilePlace } from './file-place.ts'

const FIGURE_COLUMNS = { output: /产值/, revenue: /收入/, profit: /利润/, tax: /税(收|额|金)|纳税|入库税/ } as const
const COLUMNS = {
  name: /^(企业|单位|公司)?(名称|全称)$|^(企业|公司)$/,
  uscc: /信用代码|^代码$/,
  month: /^(统计|所属)?(月份|年月|月度|期间)$|所属期/,
  ...FIGURE_COLUMNS,
} as const
type Column = keyof typeof COLUMNS
const FIGURES = Object.keys(FIGURE_COLUMNS) as EnterpriseFigure[]
type Unit = keyof typeof MONEY_UNIT | '千元'

export interface FigureLine {
  readonly row: number
  readonly name: string
  readonly uscc: string
  /** First day of the month; empty where it could not be read. */
  readonly month: string
  readonly figures: readonly { readonly code: EnterpriseFigure; readonly column: string; readonly fen: number }[]
}
export interface FigureFile {
  readonly lines: readonly FigureLine[]
  readonly units: readonly { readonly column: string; readonly unit: string }[]
  readonly faults: readonly FilePlace[]
  readonly unusedColumns: readonly string[]
}

/**
 * Reads a bureau's table of months. The unit of each figure is told by its head, or above the table; a cell that says another one is a fault.
 * @throws Fault 'figureFile.columns' | what `readTable` throws
 */
export function readFigureFile(grid: Grid): FigureFile {
  const table = readTable<Column>(grid, COLUMNS, { head: { name: '企业名称', uscc: '统一社会信用代码' } })
  const { rows, heads, headRow, above, unusedColumns } = table
  const told = FIGURES.filter((code) => heads.has(code))
  if (!heads.has('month') || told.length === 0) throw new Fault('figureFile.columns')
  const faults: FilePlace[] = []
  const refuse = (row: number, column: string, code: FaultCode, params: Readonly<Record<string, unknown>> = {}) => {
    faults.push({ row, column, code, detail: sentenceOf(code, { column, ...params }) })
  }
  const columns = told.map((code) => ({
    code,
    column: heads.get(code) ?? '',
    unit: unitIn(heads.get(code) ?? '', above),
  }))
  for (const { column, unit } of columns) if (unit === undefined) refuse(headRow, column, 'figureFile.unit_unstated')
  const lines = rows.map(({ row, cells }) => ({
    ...{ row, name: textOf(cells.get('name') ?? null), uscc: normaliseUscc(textOf(cells.get('uscc') ?? null)) },
    month: monthIn(cells.get('month') ?? null, (value) =>
      refuse(row, heads.get('month') ?? '', 'figureFile.not_a_month', { value }),
    ),
    figures: columns.flatMap(({ code, column, unit }) => {
      const read = readCell(cells.get(code) ?? null, code, unit)
      if (typeof read === 'object') refuse(row, column, read.fault, { unit, value: read.value })
      return typeof read === 'number' ? [{ code, column, fen: read }] : []
    }),
  }))
  const units = columns.flatMap(({ column, unit }) => (unit === undefined ? [] : [{ column, unit }]))
  return { ...{ lines, units, faults }, unusedColumns }
}

const UNIT = /(亿元|万元|千元|元)/
/** The unit in a head (工业总产值（万元）), else the one above the table (单位：千元). */
const unitIn = (head: string, above: string): Unit | undefined =>
  (UNIT.exec(head)?.[1] ?? /单位[^ ]*?(亿元|万元|千元|元)/.exec(above)?.[1]) as Unit | undefined

const FLOAT_DIGITS = 15
/** A workbook's number as it was meant: without the dust of binary fractions. */
const written = (cell: Cell) =>
  typeof cell === 'number' ? String(Number(cell.toPrecision(FLOAT_DIGITS))) : textOf(cell).normalize('NFKC')

function readCell(cell: Cell, code: EnterpriseFigure, unit: Unit | undefined) {
  const value = written(cell)
  if (value === '' || value === '-' || value === '—' || unit === undefined) return undefined
  const said = /(亿元?|万元?|千元|元)$/.exec(value)?.[1]
  if (said !== undefined && said.replace(/元$/, '') !== unit.replace(/元$/, ''))
    return { fault: 'figureFile.unit_mixed', value } as const
  const fen = fenOf(said === undefined ? value : value.slice(0, -said.length), unit)
  if (fen === undefined) return { fault: 'figureFile.not_money', value } as const
  return fen < 0 && code !== 'profit' ? ({ fault: 'figureFile.negative', value } as const) : fen
}

function fenOf(value: string, unit: Unit): number | undefined {
  if (unit !== '千元') return parseMoney(value, unit)
  const tenfold = parseMoney(value, '万元')
  return tenfold === undefined || tenfold % 10 !== 0 ? undefined : tenfold / 10
}

function monthIn(cell: Cell, refuse: (value: string) => void): string {
  const value = textOf(cell).normalize('NFKC')
  const match = /^(20\d\d)[-/.年]?(0?[1-9]|1[0-2])月?$/.exec(value)
  if (match !== null) return `${match[1]}-${(match[2] ?? '').padStart(2, '0')}-01`
  const instant = instantOf(cell)
  if (instant instanceof Date) return `${dayOf(instant).slice(0, 7)}-01`
  refuse(value)
  return ''
}
