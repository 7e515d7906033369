import type { IndicatorId } from '@banjie/contract'
import type { Answer } from '../../shared/api.ts'

/** The columns of the table, in the order of the work: what came, what left, what is owed, how well. */
export const COLUMNS = [
  'received',
  'closed',
  'stock',
  'overdueOpen',
  'onTimeRate',
  'onOriginalTimeRate',
  'satisfiedRate',
  'solvedRate',
  'reopenRate',
  'recurrence',
  'extensionRate',
  'stoppedShare',
  'refusalRate',
  'averageDays',
] as const satisfies readonly IndicatorId[]
/** What one looks at first. */
export const HEADLINES = ['received', 'closed', 'stock', 'overdueOpen', 'onTimeRate', 'satisfiedRate'] as const

export type Indicator = Answer<'indicators'>['items'][number]
export type Figures = Readonly<Partial<Record<string, Answer<'indicator'>>>>
interface Valued {
  readonly value: number | null
}

/** Nothing to divide by is “—”, never 0 or 100. */
export function figureText(value: number | null, unit: string): string {
  if (value === null) return '—'
  if (unit === '%') return `${value.toFixed(1)}%`
  return unit === '件' ? value.toLocaleString('zh-CN') : value.toFixed(1)
}

/** Rows of the table: every group that any column knows; the whole stands last. */
export interface GroupRow {
  readonly key: string
  readonly label: string
  readonly cells: Readonly<Record<string, Valued | undefined>>
}

export function groupRows(figures: Figures, sort: string): readonly GroupRow[] {
  const answers = Object.values(figures).flatMap((answer) => answer ?? [])
  // Every column lists its groups in the order of the dictionary; the longest list places most of them.
  const lists = answers.map(({ rows }) => rows).sort((a, b) => b.length - a.length)
  const labels = new Map(lists.flat().map(({ key, label }) => [key, label]))
  const rows = [...labels].map(([key, label]): GroupRow => {
    const cells = answers.map(({ id, rows: own }) => [id, own.find((row) => row.key === key)] as const)
    return { key, label, cells: Object.fromEntries(cells) }
  })
  return sort === '' ? rows : rows.toSorted((a, b) => compare(a, b, sort))
}

function compare(a: GroupRow, b: GroupRow, sort: string): number {
  const id = sort.replace(/^-/, '')
  const [x, y] = [a.cells[id]?.value ?? null, b.cells[id]?.value ?? null]
  // What has no value is neither best nor worst.
  if (x === null || y === null) return Number(x === null) - Number(y === null)
  return sort.startsWith('-') ? y - x : x - y
}

/** The column is first sorted from the largest, then from the smallest, then not at all. */
export const nextSort = (sort: string, id: string): string | null =>
  sort === `-${id}` ? id : sort === id ? null : `-${id}`
