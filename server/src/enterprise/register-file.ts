import {
  ENTERPRISE_SIZE,
  type EnterpriseSize,
  type FaultCode,
  normaliseUscc,
  PARTY_ORGANISATION,
  type PartyOrganisation,
  parseDivisionCode,
  sentenceOf,
  usccFlaw,
} from '@banjie/contract'
import { type Cell, type Grid, instantOf, phoneOf, readTable, textOf } from '#ledger'
import { dayOf } from '#org'
import type { FilePlace } from './file-place.ts'

const COLUMNS = {
  name: /^(企业|单位|公司)?(名称|全称)$|^(企业|公司)$/,
  uscc: /信用代码|^代码$/,
  divisionCode: /区划/,
  industry: /行业/,
  chain: /产业链/,
  registeredOn: /(注册|成立|登记)(日期|时间)/,
  address: /地址/,
  year: /^(统计)?年(度|份)$/,
  size: /规模(类型)?$/,
  aboveScale: /规上/,
  staff: /(从业|职工|员工)人?数/,
  partyOrganisation: /党组织/,
  partyMembers: /党员/,
  partyInstructor: /指导员/,
  contactName: /^联系人/,
  contactPhone: /电话|手机/,
} as const
type Column = keyof typeof COLUMNS
const MOST = { name: 100, industry: 60, chain: 40, address: 200, partyInstructor: 50, contactName: 50 } as const

/** A line of the file: only what it says; what it leaves empty stays as it is. */
export interface RegisterLine {
  readonly row: number
  readonly name: string
  readonly uscc?: string
  readonly divisionCode?: string
  readonly industry?: string
  readonly chain?: string
  readonly registeredOn?: string
  readonly address?: string
  readonly partyOrganisation?: PartyOrganisation
  readonly partyMembers?: number
  readonly partyInstructor?: string
  readonly year?: number
  readonly size?: EnterpriseSize
  readonly aboveScale?: boolean
  readonly staff?: number
  readonly contact?: { readonly name?: string; readonly phone?: string }
}
export interface RegisterFile {
  readonly lines: readonly RegisterLine[]
  readonly faults: readonly FilePlace[]
  readonly unusedColumns: readonly string[]
}
type Refuse = (column: Column, code: FaultCode, params?: Readonly<Record<string, unknown>>) => undefined
type Read = (column: Column) => Cell

/** Reads a file of enterprises (企业名单), a line each. @throws Fault what `readTable` throws */
export function readRegisterFile(grid: Grid): RegisterFile {
  const { rows, heads, unusedColumns } = readTable<Column>(grid, COLUMNS, { head: { name: '企业名称' } })
  const faults: FilePlace[] = []
  const lines = rows.map(({ row, cells }) => {
    const refuse: Refuse = (column, code, params = {}) => {
      const head = heads.get(column) ?? ''
      faults.push({ row, column: head, code, detail: sentenceOf(code, { column: head, ...params }) })
    }
    return lineOf(row, (column) => cells.get(column) ?? null, refuse)
  })
  return { lines, faults: [...faults, ...twins(lines, heads.get('name') ?? '')], unusedColumns }
}

function lineOf(row: number, read: Read, refuse: Refuse): RegisterLine {
  const words = (column: keyof typeof MOST) => {
    const text = textOf(read(column)).normalize('NFC')
    return [...text].length > MOST[column]
      ? refuse(column, 'enterpriseFile.too_long', { max: MOST[column] })
      : text || undefined
  }
  const name = words('name')
  if (name === undefined && textOf(read('name')) === '') refuse('name', 'enterpriseFile.name_missing')
  const phone = phoneOf(read('contactPhone'))
  if (phone.fault) refuse('contactPhone', phone.fault)
  const contact = trimmed({ name: words('contactName'), phone: phone.number })
  const above = wordIn('aboveScale', { yes: '是', no: '否' }, read, refuse)
  return {
    ...{ row, name: name ?? '' },
    ...trimmed({
      ...{ uscc: codeOf(read('uscc'), refuse), divisionCode: divisionOf(read, refuse) },
      ...{ industry: words('industry'), chain: words('chain'), address: words('address') },
      ...{ registeredOn: dayIn(read('registeredOn'), refuse), partyInstructor: words('partyInstructor') },
      partyOrganisation: wordIn('partyOrganisation', PARTY_ORGANISATION, read, refuse),
      ...{ partyMembers: numberIn('partyMembers', read, refuse), staff: numberIn('staff', read, refuse) },
      ...{ year: numberIn('year', read, refuse), size: wordIn('size', ENTERPRISE_SIZE, read, refuse) },
      aboveScale: above === undefined ? undefined : above === 'yes',
      contact: Object.keys(contact).length > 0 ? contact : undefined,
    }),
  }
}

type Told<T> = { [K in keyof T]?: Exclude<T[K], undefined> }
/** Without what the line does not say. */
const trimmed = <T extends object>(given: T) =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Told<T>

/** A code; one that a workbook has kept as a number has lost its last digits. */
function codeOf(cell: Cell, refuse: Refuse): string | undefined {
  const written = textOf(cell)
  if (written === '') return undefined
  if (typeof cell === 'number' || /^\d(\.\d+)?e\+?\d+$/i.test(written))
    return refuse('uscc', 'enterpriseFile.code_lost', { code: written })
  const code = normaliseUscc(written)
  return ['length', 'alphabet'].includes(usccFlaw(code) ?? '') ? refuse('uscc', 'liaison.uscc_invalid') : code
}

function divisionOf(read: Read, refuse: Refuse): string | undefined {
  const code = textOf(read('divisionCode')).normalize('NFKC')
  if (code === '') return undefined
  return typeof parseDivisionCode(code) === 'string'
    ? refuse('divisionCode', 'enterpriseFile.division_invalid', { code })
    : code
}

function dayIn(cell: Cell, refuse: Refuse): string | undefined {
  const instant = instantOf(cell)
  if (instant === undefined) return refuse('registeredOn', 'enterpriseFile.not_a_day', { value: textOf(cell) })
  return instant === null ? undefined : dayOf(instant)
}

function numberIn(column: 'partyMembers' | 'staff' | 'year', read: Read, refuse: Refuse): number | undefined {
  const written = textOf(read(column)).normalize('NFKC').replace(/年$/, '')
  if (written === '') return undefined
  return /^\d{1,6}$/.test(written) && (column !== 'year' || /^20\d\d$/.test(written))
    ? Number(written)
    : refuse(column, 'enterpriseFile.not_a_count', { value: written })
}

function wordIn<T extends string>(
  column: Column,
  words: Readonly<Record<T, string>>,
  read: Read,
  refuse: Refuse,
): T | undefined {
  const written = textOf(read(column)).normalize('NFKC')
  if (written === '') return undefined
  const plain = (word: string) => word.replace(/型?(企业)?$/, '')
  const found = (Object.entries(words) as [T, string][]).find(([, word]) => plain(word) === plain(written))?.[0]
  return (
    found ?? refuse(column, 'enterpriseFile.word_unknown', { value: written, words: Object.values(words).join('、') })
  )
}

/** Rows that mean the same enterprise. */
function twins(lines: readonly RegisterLine[], column: string): FilePlace[] {
  const first = new Map<string, number>()
  return lines.flatMap(({ row, name, uscc }) => {
    const keys = [name, uscc].filter((key): key is string => key !== undefined && key !== '')
    const twin = keys.map((key) => first.get(key)).find((one) => one !== undefined)
    for (const key of keys) if (!first.has(key)) first.set(key, row)
    const code = 'enterpriseFile.code_twice'
    return twin === undefined ? [] : [{ row, column, code, detail: sentenceOf(code, { row: twin }) }]
  })
}
