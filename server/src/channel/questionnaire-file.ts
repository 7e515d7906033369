import type { FaultCode, FaultPlace } from '@banjie/contract'
import { placeOf } from '#kernel/fault'
import { type Cell, type Grid, instantOf, phoneOf, textOf } from '#ledger'
import { dayOf } from '#org'
import { tidySheetNumber } from './questionnaire.ts'

/** A returned questionnaire (收回的问卷) as a line of a file says it. */
export interface ReadSheet {
  readonly row: number
  readonly number: string
  /** The day it came back; null where the file does not say. */
  readonly on: string | null
  readonly voidReason: string | null
  readonly opinions: readonly { readonly column: string; readonly content: string }[]
  readonly party:
    | { readonly kind: 'person' | 'enterprise'; readonly name?: string; readonly phone?: string }
    | undefined
}
/** A faulty place of the file: line as the sender sees it, and column. */
export interface SheetFault extends FaultPlace {
  readonly row: number
  readonly column: string
}
export interface ReadFile {
  readonly sheets: readonly ReadSheet[]
  readonly faults: readonly SheetFault[]
  readonly opinionColumns: readonly string[]
  readonly unusedColumns: readonly string[]
}

/** What the columns of a questionnaire are called; whatever is not named is told as unused. The first that fits, in this order. */
const COLUMN = {
  number: /^(问卷|表|答卷)?(编号|序号|号码|号)$/,
  void: /无效|作废/,
  enterprise: /^(企业|单位|公司)(名称)?$/,
  name: /^(姓名|称呼|联系人|填表人|填写人)$/,
  phone: /电话|手机|联系方式/,
  on: /日期|时间/,
  opinion: /意见|建议|问题|诉求|困难/,
} as const
type Role = keyof typeof COLUMN
const HEADER_WITHIN = 20
const LONGEST = 5000
/** Said so often in place of nothing that it is no opinion. */
const NOTHING = /^(无|没有|暂无|没意见|没有意见|无意见|无建议|满意)[。.！!]?$/
const NO = /^(否|无|有效|0)$/
const YES = /^(是|无效|作废|1)$/

const tidy = (cell: Cell) =>
  textOf(cell)
    .normalize('NFKC')
    .replaceAll(/[\s*:：]/g, '')
const roleOf = (title: string) => (Object.keys(COLUMN) as Role[]).find((role) => COLUMN[role].test(title))

/**
 * Reads a file of returned questionnaires, a line a sheet; several columns of opinions make several cases of a sheet. Every faulty place is named.
 */
export function readQuestionnaire(grid: Grid): ReadFile {
  const head = grid.cells.slice(0, HEADER_WITHIN).findIndex((row) => row.some((cell) => COLUMN.number.test(tidy(cell))))
  const none = { sheets: [], opinionColumns: [], unusedColumns: [] }
  if (head < 0) return { ...none, faults: [faultAt(1, '', 'questionnaire.no_header')] }
  const titles = (grid.cells[head] ?? []).map((cell, c) => tidy(cell) || `第${c + 1}列`)
  const columns = titles.map((title, index) => ({ title, index, role: roleOf(title) }))
  const merged = mergeFaults(grid, head, titles)
  const opinionColumns = columns.filter(({ role }) => role === 'opinion')
  const told = {
    opinionColumns: opinionColumns.map(({ title }) => title),
    unusedColumns: columns.filter(({ role }) => role === undefined).map(({ title }) => title),
  }
  if (opinionColumns.length === 0)
    return { ...none, ...told, faults: [...merged, faultAt(head + 1, '', 'questionnaire.no_opinion_column')] }
  const lines = grid.cells
    .slice(head + 1)
    .map((cells, i) => ({ row: head + i + 2, cells }))
    .filter(({ cells }) => cells.some((cell) => textOf(cell) !== ''))
  // What lies under a merged area cannot be told apart, so nothing more is said about the lines it covers.
  const covered = new Set(
    grid.merges.flatMap(({ s, e }) => Array.from({ length: e.r - s.r + 1 }, (_, i) => s.r + i + 1)),
  )
  const read = lines.filter(({ row }) => !covered.has(row)).map((line) => readLine(line, columns))
  return {
    ...told,
    sheets: read.flatMap(({ sheet }) => sheet ?? []),
    faults: [
      ...merged,
      ...read.flatMap(({ faults }) => faults),
      ...duplicates(read.flatMap(({ sheet }) => sheet ?? [])),
    ],
  }
}

export const faultAt = (
  row: number,
  column: string,
  code: FaultCode,
  params: Readonly<Record<string, unknown>> = {},
): SheetFault => ({ row, column, ...placeOf(`${row}.${column}`, code, params) })

function mergeFaults({ merges }: Grid, head: number, titles: readonly string[]): SheetFault[] {
  return merges
    .filter(({ e }) => e.r >= head)
    .map(({ s, e }) =>
      faultAt(s.r + 1, titles[s.c] ?? '', 'questionnaire.merged_cells', { cells: `${nameOf(s)}:${nameOf(e)}` }),
    )
}
const LETTERS = 26
/** The name of a cell as spreadsheets show it: B3. */
function nameOf({ r, c }: { readonly r: number; readonly c: number }): string {
  const letter = (index: number): string =>
    (index >= LETTERS ? letter(Math.floor(index / LETTERS) - 1) : '') + String.fromCharCode(65 + (index % LETTERS))
  return `${letter(c)}${r + 1}`
}

interface Column {
  readonly title: string
  readonly index: number
  readonly role: Role | undefined
}
function readLine(
  { row, cells }: { readonly row: number; readonly cells: readonly Cell[] },
  columns: readonly Column[],
): { sheet?: ReadSheet; faults: SheetFault[] } {
  const faults: SheetFault[] = []
  const of = (role: Role) => columns.find((column) => column.role === role)
  const cell = (column: Column | undefined): Cell => cells[column?.index ?? -1] ?? null
  const refuse = (column: Column | undefined, code: FaultCode, params = {}) =>
    void faults.push(faultAt(row, column?.title ?? '', code, params))

  const number = tidySheetNumber(textOf(cell(of('number'))))
  if (number === '') refuse(of('number'), 'questionnaire.number_missing')
  const came = instantOf(cell(of('on')))
  if (came === undefined) refuse(of('on'), 'import.date_invalid', { value: textOf(cell(of('on'))) })
  const phone = phoneOf(cell(of('phone')))
  if (phone.fault !== undefined) refuse(of('phone'), phone.fault, { value: textOf(cell(of('phone'))) })
  const voidReason = voidReasonOf(textOf(cell(of('void'))))
  const said = columns
    .filter(({ role }) => role === 'opinion')
    .flatMap((column) => {
      const content = textOf(cell(column))
      if ([...content].length > LONGEST) refuse(column, 'text.too_long', { max: LONGEST })
      return content === '' ? [] : [{ column: column.title, content }]
    })
  if (voidReason === null && said.length === 0) refuse(of('opinion'), 'questionnaire.nothing_said')
  if (faults.length > 0) return { faults }
  const opinions = voidReason === null ? said.filter(({ content }) => !NOTHING.test(content)) : []
  const party = partyOf(textOf(cell(of('enterprise'))), textOf(cell(of('name'))), phone.number)
  return { sheet: { row, number, on: came ? dayOf(came) : null, voidReason, opinions, party }, faults }
}

const voidReasonOf = (text: string) =>
  text === '' || NO.test(text) ? null : YES.test(text) ? '无效' : text.slice(0, 200)

/** Who filled it in, if the sheet says so; an enterprise's contact stands behind its name. */
function partyOf(enterprise: string, name: string, phone: string | undefined): ReadSheet['party'] {
  const whole = [enterprise, name]
    .filter((word) => word !== '')
    .join(' ')
    .slice(0, 100)
  if (whole === '' && phone === undefined) return undefined
  return {
    kind: enterprise === '' ? 'person' : 'enterprise',
    ...(whole !== '' && { name: whole }),
    ...(phone !== undefined && { phone }),
  }
}

function duplicates(sheets: readonly ReadSheet[]): SheetFault[] {
  const first = new Map<string, number>()
  return sheets.flatMap(({ number, row }) => {
    const twin = first.get(number)
    if (twin === undefined) {
      first.set(number, row)
      return []
    }
    return [faultAt(row, '问卷编号', 'questionnaire.duplicate', { number, row: twin })]
  })
}
