import { CHECK_CADENCE, type FaultCode, type FaultPlace, idsOf, QUALIFIER, TARGET_KIND } from '@banjie/contract'
import { placeOf } from '#kernel/fault'
import { type Cell, type Grid, instantOf, textOf } from '#ledger'
import { dayOf } from '#org'

/** The columns of a plan as a table (作战图表格), in their order: what each is called and how wide it is. */
export const COLUMN = {
  ...{ level: ['层级', 6], number: ['编号', 9], title: ['名称', 34], kind: ['类型', 10], value: ['数量', 9] },
  ...{ unit: ['单位', 7], qualifier: ['限定', 6], what: ['每个的标准', 12], eachValue: ['标准数值', 9] },
  ...{ eachUnit: ['标准单位', 9], eachQualifier: ['标准限定', 9], words: ['验收词', 18], objects: ['对象', 24] },
  ...{ startOn: ['开始', 12], dueOn: ['截止', 12], unitName: ['责任单位', 16], person: ['责任人', 10] },
  ...{ duty: ['责任内容', 24], checkUnit: ['检查单位', 14], cadence: ['检查周期', 9], days: ['工期', 6] },
  ...{ redLine: ['红线', 6], after: ['前置任务', 12], milestones: ['节点', 26], budget: ['预算（万元）', 12] },
  ...{ budgetQualifier: ['预算限定', 9], source: ['资金来源', 14] },
} as const satisfies Readonly<Record<string, readonly [label: string, width: number]>>
export type ColumnId = keyof typeof COLUMN
export const COLUMNS = Object.keys(COLUMN) as ColumnId[]
/** Without these nothing can be read. */
const NEEDED: readonly ColumnId[] = ['level', 'title', 'value', 'unit', 'dueOn', 'unitName']

export const LEVEL = { field: '领域', target: '目标', task: '任务' } as const
type Level = keyof typeof LEVEL
/** The qualifiers a target may have; none is exact. */
export const LIMITS = {
  exact: QUALIFIER.exact,
  about: QUALIFIER.about,
  over: QUALIFIER.over,
  atLeast: QUALIFIER.atLeast,
}

/** A faulty place of the file: line as the sender sees it, and column. */
export interface FileFault extends FaultPlace {
  readonly row: number
  readonly column: string
}
export const fileFault = (
  row: number,
  column: ColumnId | '',
  code: FaultCode,
  params: Readonly<Record<string, unknown>> = {},
): FileFault => {
  const label = column === '' ? '' : COLUMN[column][0]
  return { row, column: label, ...placeOf(`${row}.${label}`, code, params) }
}

/** A line of the file; what it says is read, and not yet looked up. */
export interface FileRow {
  readonly row: number
  readonly level: Level
  readonly number: string
  readonly title: string
  readonly kind: keyof typeof TARGET_KIND
  readonly value: number | null
  readonly unit: string
  readonly qualifier: keyof typeof LIMITS
  readonly each: { what: string; value: number | null; unit: string; qualifier: keyof typeof LIMITS } | null
  readonly words: readonly string[]
  readonly objects: readonly { readonly name: string; readonly unit: string | null }[]
  readonly startOn: string | null
  readonly dueOn: string | null
  readonly unitName: string
  readonly person: string
  readonly duty: string
  readonly checkUnit: string
  readonly cadence: keyof typeof CHECK_CADENCE | null
  readonly days: number | null
  readonly redLine: boolean
  readonly after: readonly string[]
  readonly milestones: readonly { readonly title: string; readonly dueOn: string }[]
  readonly budget: { readonly fen: number; readonly qualifier: keyof typeof LIMITS; readonly source: string } | null
}
export interface PlanFile {
  readonly rows: readonly FileRow[]
  readonly faults: readonly FileFault[]
  readonly unusedColumns: readonly string[]
}

const HEADER_WITHIN = 10
const MOST_ROWS = 6000
const tidy = (cell: Cell) =>
  textOf(cell)
    .normalize('NFKC')
    .replaceAll(/[\s*:：]/g, '')
const columnOf = (title: string) => COLUMNS.find((id) => COLUMN[id][0].normalize('NFKC') === title)

/** Reads a plan from a table (作战图导入): a line a field, target or task, each under what it belongs to. Every faulty place is named. */
export function readPlanFile(grid: Grid): PlanFile {
  const head = grid.cells
    .slice(0, HEADER_WITHIN)
    .findIndex(
      (row) => row.some((cell) => tidy(cell) === COLUMN.level[0]) && row.some((cell) => tidy(cell) === COLUMN.title[0]),
    )
  if (head < 0) return { rows: [], unusedColumns: [], faults: [fileFault(1, '', 'planFile.no_header')] }
  const titles = (grid.cells[head] ?? []).map(tidy)
  const at = new Map(
    titles.flatMap((title, c) => (columnOf(title) === undefined ? [] : [[columnOf(title), c] as const])),
  )
  const missing = NEEDED.filter((id) => !at.has(id)).map((id) =>
    fileFault(head + 1, '', 'planFile.column_missing', { column: COLUMN[id][0] }),
  )
  const merged = grid.merges
    .filter(({ e }) => e.r >= head)
    .map(({ s, e }) => ({
      ...fileFault(s.r + 1, '', 'planFile.merged_cells', { cells: `${nameOf(s)}:${nameOf(e)}` }),
      column: titles[s.c] ?? '',
    }))
  const unusedColumns = titles.filter((title) => title !== '' && columnOf(title) === undefined)
  // What lies under a merged area cannot be told apart, so nothing more is said.
  if (missing.length + merged.length > 0) return { rows: [], unusedColumns, faults: [...missing, ...merged] }
  const lines = grid.cells
    .map((cells, i) => ({ row: i + 1, cells }))
    .slice(head + 1)
    .filter(({ cells }) => cells.some((cell) => textOf(cell) !== ''))
  if (lines.length > MOST_ROWS)
    return { rows: [], unusedColumns, faults: [fileFault(head + 1, '', 'planFile.too_many', { max: MOST_ROWS })] }
  const read = lines.map(({ row, cells }) => readRow(row, (id) => cells[at.get(id) ?? -1] ?? null))
  const rows = read.flatMap((one) => one.read ?? [])
  const empty = lines.length === 0 ? [fileFault(head + 1, '', 'planFile.empty')] : []
  return { rows, unusedColumns, faults: [...empty, ...read.flatMap(({ faults }) => faults)] }
}

const LETTERS = 26
/** The name of a cell as spreadsheets show it: B3. */
function nameOf({ r, c }: { readonly r: number; readonly c: number }): string {
  const letter = (index: number): string =>
    (index >= LETTERS ? letter(Math.floor(index / LETTERS) - 1) : '') + String.fromCharCode(65 + (index % LETTERS))
  return `${letter(c)}${r + 1}`
}

const FEN_IN_WAN = 1_000_000
function readRow(row: number, cell: (id: ColumnId) => Cell): { readonly read?: FileRow; readonly faults: FileFault[] } {
  const faults: FileFault[] = []
  const refuse = (id: ColumnId, code: FaultCode, params = {}) => void faults.push(fileFault(row, id, code, params))
  const text = (id: ColumnId) => textOf(cell(id))
  const word = <W extends Readonly<Record<string, string>>, N>(id: ColumnId, words: W, none: N): keyof W | N => {
    const said = text(id)
    const found = idsOf(words).find((one) => words[one] === said)
    if (said === '' || found !== undefined) return found ?? none
    const known = Object.values(words).filter(Boolean)
    refuse(id, 'planFile.word', { value: said, words: known.join('、') })
    return none
  }
  const number = (id: ColumnId): number | null => {
    const said = text(id).normalize('NFKC').replaceAll(',', '')
    if (said === '') return null
    const value = Number(said)
    if (!Number.isFinite(value)) refuse(id, 'planFile.number', { value: said })
    return Number.isFinite(value) ? value : null
  }
  const day = (id: ColumnId): string | null => {
    const instant = instantOf(cell(id))
    if (instant === undefined) refuse(id, 'import.date_invalid', { value: text(id) })
    return instant ? dayOf(instant) : null
  }
  const said = text('level')
  const level = idsOf(LEVEL).find((one) => LEVEL[one] === said)
  if (level === undefined) refuse('level', 'planFile.level', { value: said })
  const title = text('title')
  if (title === '') refuse('title', 'planFile.no_name')
  const milestones = splitList(cell('milestones')).flatMap((one) => {
    const [name, on] = splitPair(one)
    const due = on === null ? undefined : instantOf(on)
    if (name === '' || due == null) refuse('milestones', 'planFile.milestone', { value: one })
    return due == null ? [] : [{ title: name, dueOn: dayOf(due) }]
  })
  const [what, wan] = [text('what'), number('budget')]
  const read = {
    ...{
      row,
      title,
      number: text('number'),
      kind: word('kind', TARGET_KIND, 'count' as const),
      value: number('value'),
    },
    ...{ unit: text('unit'), qualifier: word('qualifier', LIMITS, 'exact' as const), words: splitList(cell('words')) },
    each:
      what === '' && text('eachValue') === ''
        ? null
        : {
            what,
            value: number('eachValue'),
            unit: text('eachUnit'),
            qualifier: word('eachQualifier', LIMITS, 'exact' as const),
          },
    objects: splitList(cell('objects')).map((one) => {
      const [name, unit] = splitPair(one)
      return { name, unit }
    }),
    ...{ startOn: day('startOn'), dueOn: day('dueOn'), unitName: text('unitName'), person: text('person') },
    ...{ duty: text('duty'), checkUnit: text('checkUnit'), cadence: word('cadence', CHECK_CADENCE, null) },
    ...{ days: number('days'), redLine: word('redLine', { yes: '是', no: '否' }, 'no') === 'yes' },
    ...{ after: splitList(cell('after')), milestones },
    budget:
      wan === null
        ? null
        : {
            ...{ fen: Math.round(wan * FEN_IN_WAN), source: text('source') },
            qualifier: word('budgetQualifier', LIMITS, 'exact' as const),
          },
  }
  return level === undefined || faults.length > 0 ? { faults } : { read: { ...read, level }, faults }
}

/** Several in one cell: on lines of their own, or between semicolons. */
function splitList(cell: Cell): string[] {
  const text = String(cell ?? '').replaceAll('\r', '')
  return (text.includes('\n') ? text.split('\n') : text.split(/[；;]/)).map((one) => one.trim()).filter(Boolean)
}
/** So that `splitList` reads the same again. */
export function joinList(items: readonly string[]): string {
  const plain = items.map((one) => one.replaceAll(/\s*\n\s*/g, ' '))
  return plain.some((one) => /[；;]/.test(one)) ? `${plain.join('\n')}\n` : plain.join('；')
}
/** 甲小区@南塔街道办事处: what stands behind the last @ belongs to it. */
function splitPair(text: string): [name: string, more: string | null] {
  const at = text.lastIndexOf('@')
  return at < 0 ? [text, null] : [text.slice(0, at).trim(), text.slice(at + 1).trim() || null]
}
export const joinPair = (name: string, more: string | null): string =>
  more === null && !name.includes('@') ? name : `${name}@${more ?? ''}`
