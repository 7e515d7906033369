import { readFileSync } from 'node:fs'
import type { ImportField, ImportMapping } from '@banjie/contract'
import XLSX from '@e965/xlsx'

/** A table as somebody sent it: the header found, the rows as they were typed. */
export interface Sheet {
  readonly columns: readonly string[]
  /** `row` is the line in the sender's file, from 1. */
  readonly rows: readonly { readonly row: number; readonly cells: readonly Cell[] }[]
}
export type Cell = string | number | null

/** What senders call the fields. The first is ours. */
const ALIASES: Readonly<Record<ImportField, readonly string[]>> = {
  externalId: ['编号', '工单号', '工单编号', '诉求编号', '留言编号', '序列号', '流水号', 'id'],
  receivedAt: ['时间', '受理时间', '反映时间', '来电时间', '登记时间', '留言时间', '日期', 'time', 'date'],
  title: ['标题', '主题', '事项', '留言主题', 'title'],
  content: ['诉求内容', '内容', '问题', '反映内容', '问题描述', '主要诉求', '留言详情', '详情', 'body', 'content'],
  category: ['类别', '分类', '诉求类别', '事项类别', '一级标签', '问题类别', 'category'],
  channel: ['来源', '渠道', '诉求来源', '受理渠道', 'channel'],
  name: ['诉求人', '姓名', '联系人', '反映人', '来电人', '留言用户', 'name', 'user'],
  phone: ['电话', '联系电话', '手机', '手机号', '联系方式', '来电号码', 'phone'],
  address: ['地址', '地点', '位置', '发生地址', 'address'],
  division: ['属地', '街道', '所属街道', '区域'],
  leadUnit: ['主办单位', '主办', '责任单位', '承办单位'],
  superiorNumber: ['上级编号', '市级工单号', '市工单编号', '12345工单号', '热线工单号'],
  superiorBody: ['上级单位', '交办单位', '派单单位'],
  superiorDueOn: ['上级要求日期', '要求办结时间', '要求办结日期', '要求反馈时间', '反馈截止时间'],
  superiorClass: ['上级类别', '工单类别'],
}
const FIELD_OF = new Map(
  Object.entries(ALIASES).flatMap(([field, words]) => words.map((word) => [word, field as ImportField] as const)),
)
const tidy = (text: string) =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s*:：]/g, '')
    .toLowerCase()
const fieldOf = (column: string) => FIELD_OF.get(tidy(column)) ?? FIELD_OF.get(tidy(column).split('/').at(-1) ?? '')

/** The mapping that the column names suggest; each field once. */
export function guessMapping(columns: readonly string[]): ImportMapping {
  const mapping: Record<string, string> = {}
  for (const column of columns) {
    const field = fieldOf(column)
    if (field !== undefined && !(field in mapping)) mapping[field] = column
  }
  return mapping
}

/** The kinds of file that can be read; by content where the name lies. */
export function kindOf(fileName: string, head: Buffer): 'xlsx' | 'xls' | 'csv' | 'jsonl' | undefined {
  const ending = /\.(xlsx|xls|csv|jsonl)$/i.exec(fileName)?.[1]?.toLowerCase() as
    | 'xlsx'
    | 'xls'
    | 'csv'
    | 'jsonl'
    | undefined
  const isZip = head.subarray(0, 2).toString('latin1') === 'PK'
  const isOle = head.subarray(0, 4).toString('hex') === 'd0cf11e0'
  if (ending === 'xlsx' || ending === 'xls') return isZip ? 'xlsx' : isOle ? 'xls' : undefined
  return isZip || isOle || head.includes(0) ? undefined : ending
}

/** Reads a file. @throws Error with the message of a fault code: 'import.no_header' | 'file.unreadable' */
export function readSheet(path: string, kind: 'xlsx' | 'xls' | 'csv' | 'jsonl'): Sheet {
  if (kind === 'jsonl') return readLines(decode(readFileSync(path)))
  const book =
    kind === 'csv'
      ? XLSX.read(decode(readFileSync(path)), { type: 'string', raw: true, dense: true })
      : XLSX.read(readFileSync(path), { type: 'buffer', dense: true })
  for (const name of book.SheetNames) {
    const sheet = book.Sheets[name]
    const found = sheet && readGrid(gridOf(sheet))
    if (found) return found
  }
  throw new Error('import.no_header')
}

/** UTF-8 if it is valid, else GB18030, the two encodings that Chinese offices send. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

function readLines(text: string): Sheet {
  const lines = text.split(/\r?\n/)
  const objects = lines.flatMap((line, i) => (line.trim() === '' ? [] : [{ row: i + 1, value: parseLine(line) }]))
  const columns = [...new Set(objects.slice(0, 100).flatMap(({ value }) => Object.keys(value)))]
  if (columns.length === 0) throw new Error('import.no_header')
  const rows = objects.map(({ row, value }) => ({ row, cells: columns.map((column) => cellOf(value[column])) }))
  return { columns, rows }
}
function parseLine(line: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    // A broken line is a row without content: it is reported with its number, and the others are kept.
    return {}
  }
}
const cellOf = (value: unknown): Cell =>
  typeof value === 'number' || typeof value === 'string'
    ? value
    : value === undefined || value === null
      ? null
      : JSON.stringify(value)

/** The cells of a sheet with merged areas filled. */
function gridOf(sheet: XLSX.WorkSheet): Cell[][] {
  const data = (sheet['!data'] ?? []) as ({ v?: unknown } | undefined)[][]
  const grid = Array.from({ length: data.length }, (_, r) =>
    Array.from({ length: data[r]?.length ?? 0 }, (_, c) => cellOf(data[r]?.[c]?.v)),
  )
  for (const { s, e } of sheet['!merges'] ?? []) {
    const value = grid[s.r]?.[s.c] ?? null
    for (let r = s.r; r <= e.r; r++) {
      const row = grid[r] ?? []
      grid[r] = row
      for (let c = s.c; c <= e.c; c++) row[c] = value
    }
  }
  return grid
}

const HEADER_WITHIN = 20

/** Finds the header below title rows, joins a two-line header, and takes the rest as rows. */
function readGrid(grid: readonly (readonly Cell[])[]): Sheet | undefined {
  const score = (row: readonly Cell[] = []) =>
    new Set(row.map((cell) => (typeof cell === 'string' ? fieldOf(cell) : undefined)).filter(Boolean)).size
  const scores = grid.slice(0, HEADER_WITHIN).map(score)
  const best = scores.indexOf(Math.max(0, ...scores))
  if ((scores[best] ?? 0) === 0) return undefined
  const next = grid[best + 1] ?? []
  const head = grid[best] ?? []
  const isDouble =
    next.length > 0 &&
    (next.some((cell, c) => cell !== null && cell === head[c]) || (score(next) > 0 && score(next) >= 2)) &&
    next.every((cell) => cell === null || typeof cell === 'string')
  const columns = head.map((cell, c) => {
    const [upper, lower] = [String(cell ?? '').trim(), isDouble ? String(next[c] ?? '').trim() : '']
    return lower !== '' && lower !== upper ? (upper === '' ? lower : `${upper}/${lower}`) : upper || `第${c + 1}列`
  })
  const first = best + (isDouble ? 2 : 1)
  const rows = grid
    .slice(first)
    .map((cells, i) => ({ row: first + i + 1, cells: columns.map((_, c) => cells[c] ?? null) }))
    .filter(({ cells }) => cells.some((cell) => cell !== null && String(cell).trim() !== ''))
  return { columns, rows }
}

/** Cells as they lie in the first sheet that has any, with the areas that are merged. */
export interface Grid {
  readonly cells: readonly (readonly Cell[])[]
  /** Rows and columns from 0, both ends included. */
  readonly merges: readonly { readonly s: { r: number; c: number }; readonly e: { r: number; c: number } }[]
}
/** Reads a file and changes nothing in it: for forms in which a merged cell has no meaning. @throws Error 'file.unreadable' */
export function readCells(data: Uint8Array, kind: 'xlsx' | 'xls' | 'csv'): Grid {
  const book =
    kind === 'csv'
      ? XLSX.read(decode(Buffer.from(data)), { type: 'string', raw: true, dense: true })
      : XLSX.read(data, { type: 'array', dense: true })
  for (const name of book.SheetNames) {
    const rows = (book.Sheets[name]?.['!data'] ?? []) as ({ v?: unknown } | undefined)[][]
    const cells = Array.from(rows, (row) => Array.from(row ?? [], (cell) => cellOf(cell?.v)))
    if (cells.length > 0) return { cells, merges: book.Sheets[name]?.['!merges'] ?? [] }
  }
  return { cells: [], merges: [] }
}
