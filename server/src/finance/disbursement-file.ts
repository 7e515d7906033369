import { type FaultCode, type MoneyUnit, parseMoney } from '@banjie/contract'
import { Fault, placeOf } from '#kernel/fault'
import { type Cell, type Grid, instantOf, readTable, textOf } from '#ledger'
import { dayOf } from '#org'

/** The columns of a file of disbursements (拨付表): what each is called. */
const COLUMN = {
  firm: { label: '企业名称', word: /^(企业|单位|公司)?(名称|全称)$|^(企业|公司)$/ },
  amount: { label: '金额', word: /金额/ },
  on: { label: '日期', word: /日期|时间/ },
  programme: { label: '资金项目', word: /资金项目|项目名称|^项目$|政策|事由/ },
  voucher: { label: '凭证号', word: /凭证/ },
} as const
type ColumnId = keyof typeof COLUMN
const COLUMNS = Object.keys(COLUMN) as ColumnId[]
const each = <T>(of: (id: ColumnId) => T) =>
  Object.fromEntries(COLUMNS.map((id) => [id, of(id)])) as Record<ColumnId, T>
const [WORDS, LABELS] = [each((id) => COLUMN[id].word as RegExp), each((id) => COLUMN[id].label as string)]

/** A line of the file; the money is in fen already. */
export interface DisbursementLine {
  readonly row: number
  readonly firm: string
  readonly fen: number
  readonly on: string
  readonly programme: string
  readonly voucher: string
}
export interface LineFault {
  readonly row: number
  readonly column: string
  readonly detail: string
}
interface Read {
  readonly moneyUnit: MoneyUnit
  readonly lines: readonly DisbursementLine[]
  readonly faults: readonly LineFault[]
}
const tidy = (cell: Cell) =>
  textOf(cell)
    .normalize('NFKC')
    .replaceAll(/[\s*:：]/g, '')
const faultOf = (row: number, column: string, code: FaultCode, params: Readonly<Record<string, unknown>> = {}) => ({
  row,
  column,
  detail: placeOf(`${row}.${column}`, code, params).detail,
})

/**
 * Reads a file of disbursements, a line each. One unit of money holds for the whole file, written in the head or in every cell.
 * @throws Fault 'finance.file_units_mixed' | 'finance.file_no_money_unit' | what `readTable` throws
 */
export function readDisbursementFile(grid: Grid): Read {
  const { heads, rows } = readTable(grid, WORDS, { head: { amount: COLUMN.amount.label }, needed: LABELS })
  const cells = rows.map(({ row, cells: found }) => ({ row, cell: (id: ColumnId) => found.get(id) ?? null }))
  const amounts = cells.map(({ row, cell }) => ({ place: `第 ${row} 行`, written: tidy(cell('amount')) }))
  const moneyUnit = moneyUnitOf(heads.get('amount') ?? '', amounts)
  const read = cells.map(({ row, cell }) => readLine(row, cell, moneyUnit))
  return {
    moneyUnit,
    lines: read.flatMap((one) => ('faults' in one ? [] : one)),
    faults: read.flatMap((one) => ('faults' in one ? one.faults : [])),
  }
}

const unitIn = (written: string): MoneyUnit | undefined =>
  /亿/.test(written) ? '亿元' : /万/.test(written) ? '万元' : /元/.test(written) ? '元' : undefined
const MOST_NAMED = 10
/** The one unit of the file. A bare number under a head without a unit could be either, and is never guessed. */
function moneyUnitOf(title: string, amounts: readonly { readonly place: string; readonly written: string }[]) {
  const inHead = unitIn(title)
  const written = amounts
    .filter((one) => one.written !== '')
    .map(({ place, written: text }) => ({ place, unit: unitIn(text) ?? inHead }))
  if (written.some(({ unit }) => unit === undefined)) throw new Fault('finance.file_no_money_unit')
  const units = Map.groupBy(written, ({ unit }) => unit ?? '元')
  const [only] = units.keys()
  if (units.size > 1 || (inHead !== undefined && only !== undefined && only !== inHead))
    throw new Fault('finance.file_units_mixed', {
      cells: [
        ...(inHead === undefined ? [] : [`标题写的是${inHead}`]),
        ...[...units].map(([unit, places]) => `${unit}：${namesOf(places.map(({ place }) => place))}`),
      ].join('；'),
    })
  return only ?? inHead ?? '元'
}
const namesOf = (places: readonly string[]) =>
  places.slice(0, MOST_NAMED).join('、') + (places.length > MOST_NAMED ? ` 等 ${places.length} 格` : '')

const LONGEST = { firm: 100, programme: 100, voucher: 40 } as const
function readLine(
  row: number,
  cell: (id: ColumnId) => Cell,
  unit: MoneyUnit,
): DisbursementLine | { readonly faults: readonly LineFault[] } {
  const faults: LineFault[] = []
  const wordsOf = (id: keyof typeof LONGEST) => {
    const words = textOf(cell(id)).trim()
    if (words === '') faults.push(faultOf(row, COLUMN[id].label, 'finance.file_needed'))
    if (words.length > LONGEST[id]) faults.push(faultOf(row, COLUMN[id].label, 'text.too_long', { max: LONGEST[id] }))
    return words
  }
  const [firm, programme, voucher] = [wordsOf('firm'), wordsOf('programme'), wordsOf('voucher')]
  const fen = parseMoney(tidy(cell('amount')), unit)
  if (fen === undefined || fen <= 0)
    faults.push(faultOf(row, COLUMN.amount.label, 'finance.file_amount', { value: tidy(cell('amount')) }))
  const instant = instantOf(cell('on'))
  if (!instant) faults.push(faultOf(row, COLUMN.on.label, 'finance.file_day', { value: tidy(cell('on')) }))
  if (faults.length > 0 || fen === undefined || !instant) return { faults }
  return { row, firm, fen, on: dayOf(instant), programme, voucher }
}

/** What speaks against a line once the register is known. */
export const lineFault = (row: number, id: ColumnId, code: FaultCode, params: Readonly<Record<string, unknown>>) =>
  faultOf(row, COLUMN[id].label, code, params)
