import { Readable } from 'node:stream'
import { CHANNEL, LIGHT, type Light, OBLIGATION_KIND, OUTCOME } from '@banjie/contract'
import ExcelJS from 'exceljs'
import { type Calendar, workingDaysBetween } from '#calendar'
import { caseLight, type Engine, stageWord } from '#case'
import { itemView, type ObligationRow } from '#obligation'
import type { LedgerRow } from './ledger.sql.ts'
import type { Sheet } from './sheet.ts'

/** The columns of the paper ledger (台账), in its order. */
const COLUMNS: readonly (readonly [label: string, width: number])[] = [
  ['序号', 6],
  ['编号', 20],
  ['来源', 10],
  ['时间', 17],
  ['诉求内容', 60],
  ['类别', 14],
  ['属地', 14],
  ['主办', 18],
  ['协办', 18],
  ['责任人', 10],
  ['包保领导', 10],
  ['时限', 17],
  ['进展', 12],
  ['办结时间', 17],
  ['用时', 8],
  ['回访', 10],
  ['满意度', 10],
  ['公开', 8],
]
const FACE = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
const face = (instant: Date | null) => (instant === null ? '' : FACE.format(instant))
const FONT = { name: '宋体', size: 11 }

/** Rows of the ledger as an Excel file, exactly those that the filter shows. No contact data. */
export async function ledgerWorkbook(
  engine: Engine,
  calendar: Calendar,
  title: string,
  rows: readonly (LedgerRow | ObligationRow)[],
  divisions: ReadonlyMap<string, string>,
  now: Date,
): Promise<Readable> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet('台账', {
    views: [{ state: 'frozen', ySplit: 2, xSplit: 3 }],
    pageSetup: {
      paperSize: 8 as ExcelJS.PaperSize,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:2',
    },
  })
  sheet.columns = COLUMNS.map(([, width]) => ({ width }))
  sheet.mergeCells(1, 1, 1, COLUMNS.length)
  sheet.getCell(1, 1).value = title
  sheet.getCell(1, 1).font = { ...FONT, size: 16, bold: true }
  sheet.getCell(1, 1).alignment = { horizontal: 'center', vertical: 'middle' }
  sheet.getRow(1).height = 30
  const header = sheet.addRow(COLUMNS.map(([label]) => label))
  header.eachCell((cell) =>
    Object.assign(cell, {
      font: { ...FONT, bold: true },
      fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8F1FA' } },
      border: BORDER,
      alignment: { horizontal: 'center' },
    }),
  )
  for (const [i, row] of rows.entries()) {
    const [cells, light] =
      'kind' in row ? obligationCells(row, calendar, now) : caseCells(row, { engine, calendar, divisions }, now)
    const line = sheet.addRow([i + 1, ...cells])
    line.eachCell({ includeEmpty: true }, (cell) =>
      Object.assign(cell, { font: FONT, border: BORDER, alignment: { vertical: 'top', wrapText: true } }),
    )
    if (light === 'red') line.getCell(13).font = { ...FONT, color: { argb: 'FFB3121F' }, bold: true }
  }
  sheet.autoFilter = { from: { row: 2, column: 1 }, to: { row: 2, column: COLUMNS.length } }
  return Readable.from(Buffer.from(await book.xlsx.writeBuffer()))
}

type Line = readonly [cells: readonly (string | number)[], light: Light]
interface Around {
  readonly engine: Engine
  readonly calendar: Calendar
  readonly divisions: ReadonlyMap<string, string>
}
const lit = (words: string, light: Light) =>
  `${words}${light === 'red' || light === 'yellow' ? `（${LIGHT[light]}）` : ''}`

function caseCells(row: LedgerRow, { engine, calendar, divisions }: Around, now: Date): Line {
  const light = caseLight(row, now)
  return [
    [
      ...[row.number, CHANNEL[row.channel], face(row.receivedAt), row.content, row.categoryLabel ?? ''],
      ...[divisions.get(row.divisionCode ?? '') ?? '', row.leadUnitName ?? '', row.assistingUnitNames ?? ''],
      ...[row.handlerName ?? '', '', face(row.dueAt), lit(stageWord(engine.typeOf(row), row.stage), light)],
      face(row.closedAt),
      row.closedAt === null ? '' : Math.max(0, workingDaysBetween(calendar, row.receivedAt, row.closedAt)),
      ...[row.calledBackAt === null ? '' : '已回访', satisfaction(row), ''],
    ],
    light,
  ]
}

/** A period, target or task in the same columns: what it is stands where a case says where it came from. */
function obligationCells(row: ObligationRow, calendar: Calendar, now: Date): Line {
  const { stageLabel, light, owners, progress } = itemView(row, calendar, now)
  return [
    [
      ...['', OBLIGATION_KIND[row.kind], face(row.beginsAt), row.title, '', '', row.leadUnitName ?? '', ''],
      ...[owners.map(({ name }) => name).join('、'), '', face(row.dueAt), lit(`${stageLabel} ${progress}`, light)],
      ...[face(row.closedAt), '', '', '', ''],
    ],
    light,
  ]
}
const satisfaction = (row: LedgerRow) =>
  row.satisfied === null ? (row.outcome === null ? '' : OUTCOME[row.outcome]) : row.satisfied ? '满意' : '不满意'

const thin = { style: 'thin', color: { argb: 'FFBFBFBF' } } as const
const BORDER = { top: thin, left: thin, bottom: thin, right: thin }
const RED = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } } as const

type CellFault = { readonly row: number; readonly column: string; readonly detail: string }

/** The sender's own file back, faulty cells red, the reasons in a column at the end. */
export async function returnedWorkbook(
  path: string,
  kind: string,
  faults: readonly CellFault[],
  read: () => Promise<Sheet>,
): Promise<Readable> {
  const sheet = await read()
  const book = new ExcelJS.Workbook()
  if (kind === 'xlsx') await book.xlsx.readFile(path)
  else fillPlain(book, sheet)
  const page = book.worksheets[0]
  if (page === undefined) return Readable.from(Buffer.alloc(0))
  const shift = kind === 'xlsx' ? 0 : 2 - (sheet.rows[0]?.row ?? 2)
  const reasons = sheet.columns.length + 1
  page.getColumn(reasons).width = 50
  for (const [row, own] of Map.groupBy(faults, (fault) => fault.row)) {
    const line = page.getRow(lineOf(kind, sheet, row, shift))
    for (const { column } of own) {
      const index = sheet.columns.indexOf(column)
      // Styles are shared between cells of a workbook: a copy, or the whole column turns red.
      if (index >= 0) line.getCell(index + 1).style = { ...line.getCell(index + 1).style, fill: RED }
    }
    line.getCell(reasons).value = own.map((fault) => fault.detail).join('；')
    line.getCell(reasons).style = { font: { color: { argb: 'FFB3121F' } } }
  }
  return Readable.from(Buffer.from(await book.xlsx.writeBuffer()))
}

const lineOf = (kind: string, sheet: Sheet, row: number, shift: number) =>
  kind === 'jsonl' ? sheet.rows.findIndex((one) => one.row === row) + 2 : row + shift

function fillPlain(book: ExcelJS.Workbook, sheet: Sheet): void {
  const page = book.addWorksheet('退回')
  page.addRow([...sheet.columns]).font = { bold: true }
  for (const { cells } of sheet.rows) page.addRow([...cells])
}
