import { CHANNEL, type Channel, type FaultPlace, type ImportField, type ImportMapping } from '@banjie/contract'
import { maskPersonal, type Opening } from '#case'
import { placeOf } from '#kernel/fault'
import { sha256 } from '#kernel/id'
import type { Cell, Sheet } from './sheet.ts'

/** A row that can become a case, or the reasons why it cannot. */
export interface ReadRow {
  readonly row: number
  readonly key: string
  /** Where the key is unique: among what was imported, or among the orders of the city's hotline. */
  readonly source: string
  readonly opening: Omit<Opening, 'source'>
}
export interface RowFault extends FaultPlace {
  readonly row: number
  readonly column: string
}

const CHANNEL_OF: ReadonlyMap<string, Channel> = new Map(
  Object.entries(CHANNEL).map(([id, label]) => [label, id as Channel]),
)
const EXCEL_EPOCH = Date.UTC(1899, 11, 30)
const ZONE_MS = 8 * 3_600_000

const FIELDS = [
  ...['externalId', 'receivedAt', 'title', 'content', 'category', 'channel', 'name', 'phone', 'address'],
  ...['superiorNumber', 'superiorBody', 'superiorDueOn', 'superiorClass'],
] as const satisfies readonly string[] as readonly ImportField[]
/** Orders of the city's hotline, by file or by interface: the same number is the same case. */
const HOTLINE = '12345'

/** The superior's order (上级交办) that a row is. `dueOn` is absent where the day cannot be read. */
function orderIn(cell: (field: ImportField) => Cell) {
  const number = textOf(cell('superiorNumber')).slice(0, 60)
  if (number === '') return undefined
  const dueOn = instantOf(cell('superiorDueOn'))
  return {
    number,
    body: textOf(cell('superiorBody')).slice(0, 60) || '市12345',
    dueOn: dueOn ? new Date(dueOn.getTime() + ZONE_MS).toISOString().slice(0, 10) : undefined,
    class: textOf(cell('superiorClass')).slice(0, 60) || undefined,
  }
}

/** Reads the rows of a sheet by its mapping; every faulty cell is named, no row is dropped in silence. */
export function readRows(
  sheet: Sheet,
  mapping: ImportMapping,
  topics: ReadonlyMap<string, string>,
): { rows: ReadRow[]; faults: RowFault[] } {
  const at = (field: ImportField) => (mapping[field] === undefined ? -1 : sheet.columns.indexOf(mapping[field]))
  const index = Object.fromEntries(FIELDS.map((field) => [field, at(field)]))
  const rows: ReadRow[] = []
  const faults: RowFault[] = []
  const seen = new Map<string, number>()
  for (const { row, cells } of sheet.rows) {
    const cell = (field: ImportField): Cell => cells[index[field] ?? -1] ?? null
    const before = faults.length
    const refuse = (field: ImportField, code: Parameters<typeof placeOf>[1], value?: unknown, other?: number) =>
      faults.push({ row, column: mapping[field] ?? '', ...placeOf(`${row}.${field}`, code, { value, row: other }) })

    const content = textOf(cell('content')).slice(0, 5000)
    if (content === '') refuse('content', 'import.content_empty')
    const receivedAt = instantOf(cell('receivedAt'))
    if (receivedAt === undefined) refuse('receivedAt', 'import.date_invalid', textOf(cell('receivedAt')))
    const phone = phoneOf(cell('phone'))
    if (phone.fault !== undefined) refuse('phone', phone.fault, textOf(cell('phone')))
    const order = orderIn(cell)
    if (order !== undefined && order.dueOn === undefined) refuse('superiorDueOn', 'import.superior_due', order.number)
    const key =
      order?.number ??
      (textOf(cell('externalId')) || sha256(`${content} ${receivedAt?.toISOString()} ${phone.number ?? ''}`))
    const twin = seen.get(key)
    if (twin !== undefined) refuse('externalId', 'import.duplicate_row', key, twin)
    seen.set(key, row)
    if (faults.length > before) continue
    const name = textOf(cell('name')).slice(0, 50) || undefined
    const known = [name, phone.number].filter((word) => word !== undefined)
    const category = topics.get(textOf(cell('category')))
    const facts = {
      content,
      title: maskPersonal(textOf(cell('title')).slice(0, 60), known) || undefined,
      category,
      ...(textOf(cell('address')) !== '' && { location: { address: textOf(cell('address')).slice(0, 200) } }),
      ...(receivedAt && { receivedAt: receivedAt.toISOString() }),
      ...(order && { superior: order }),
    }
    rows.push({
      row,
      key,
      source: order === undefined ? 'import' : HOTLINE,
      opening: {
        type: 'appeal',
        facts,
        channel: CHANNEL_OF.get(textOf(cell('channel'))) ?? 'import',
        party: { name, phone: phone.number },
      },
    })
  }
  return { rows, faults }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: outside files carry them, and they must not reach the ledger
const CONTROL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F]/g
/** The text of a cell without characters that nobody sees. */
export const textOf = (cell: Cell) =>
  String(cell ?? '')
    .replaceAll(CONTROL, '')
    .trim()

/** A local date and time in any form that offices write; null when empty, undefined when it cannot be read. */
export function instantOf(cell: Cell): Date | null | undefined {
  if (cell === null || cell === '') return null
  // A workbook's date is a number of days without a zone: its clock face is local time.
  if (typeof cell === 'number')
    return cell > 20_000 && cell < 80_000
      ? new Date(EXCEL_EPOCH + Math.round(cell * 86_400) * 1000 - ZONE_MS)
      : undefined
  const text = cell.normalize('NFKC').trim()
  if (/^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)$/.test(text)) return valid(new Date(text))
  const match =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s]*(\d{1,2})[:时](\d{1,2})(?:[:分](\d{1,2})(?:\.\d+)?秒?)?分?)?$/.exec(
      text,
    ) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(text)
  if (match === null) return undefined
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = match
  const date = new Date(
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)),
  )
  // 2026-02-30 would become March 2nd.
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
    ? new Date(date.getTime() - ZONE_MS)
    : undefined
}
const valid = (date: Date) => (Number.isNaN(date.getTime()) ? undefined : date)

/** A phone number as typed; a number cell keeps its digits, a text in scientific notation has lost them. */
export function phoneOf(cell: Cell): { number?: string; fault?: 'import.phone_lost_digits' | 'import.phone_invalid' } {
  if (typeof cell === 'number')
    return Number.isSafeInteger(cell) ? phoneOf(String(cell)) : { fault: 'import.phone_lost_digits' }
  const text = textOf(cell)
    .normalize('NFKC')
    .replaceAll(/[\s()-]/g, '')
  if (text === '') return {}
  const scientific = /^(\d)\.?(\d*)[Ee]\+?(\d+)$/.exec(text)
  if (scientific !== null) return { fault: 'import.phone_lost_digits' }
  return /^\+?\d{5,15}$/.test(text) ? { number: text } : { fault: 'import.phone_invalid' }
}
