import { type Column, tableOf, VERDICT } from './table.ts'

/** How a number is meant (约数): exactly, this or more, this or less, about, or more than. */
export type Meant = 'exact' | 'atLeast' | 'atMost' | 'about' | 'moreThan'

/** A figure as an article states it (报道中的数字). */
export interface Stated<Source> {
  /** Number of the mechanism in the text, e.g. Y14. */
  readonly id: string
  readonly name: string
  /** The words of the article. */
  readonly quote: string
  /** A day is told as text. */
  readonly value: number | string
  readonly unit: string
  readonly qualifier: Meant
  /** Where the product tells it. */
  readonly source?: Source
  /** Why no page of the product tells it yet (本部分没有做到); then there is no source. */
  readonly unreached?: string
}

/** What the product computed, and what the rows behind it amount to when somebody else counts them. */
export interface Reading {
  readonly computed: number | string
  readonly rows: number
  readonly adds: number | string
  /** What speaks against it though the numbers agree. */
  readonly against?: string | undefined
}

/** A stated figure held against what was computed and against the rows behind that. */
export interface Figure extends Stated<unknown> {
  readonly reading: Reading | undefined
  readonly verdict: keyof typeof VERDICT
  readonly why: string
}

const ABOUT = 0.1
const HOLDS: Readonly<Record<Meant, (computed: number, stated: number) => boolean>> = {
  exact: (computed, stated) => computed === stated,
  atLeast: (computed, stated) => computed >= stated,
  atMost: (computed, stated) => computed <= stated,
  about: (computed, stated) => Math.abs(computed - stated) <= stated * ABOUT,
  moreThan: (computed, stated) => computed > stated,
}
/** Whether a number is what was stated, as it was meant; “about” is within a tenth. A day can only be that day. */
export const holds = (computed: number | string, { value, qualifier }: Pick<Stated<unknown>, 'value' | 'qualifier'>) =>
  typeof computed === 'number' && typeof value === 'number'
    ? HOLDS[qualifier](computed, value)
    : qualifier === 'exact' && computed === value

/** Reads every figure that the product reaches; the others stay what they are. One at a time: the house answers its people, too. */
export async function checkFigures<Source>(
  stated: readonly Stated<Source>[],
  read: (source: Source, stated: Stated<Source>) => Promise<Reading>,
): Promise<Figure[]> {
  const figures: Figure[] = []
  for (const one of stated) {
    const { source } = one
    if (source === undefined)
      figures.push({ ...one, reading: undefined, verdict: 'unreached', why: one.unreached ?? '' })
    else figures.push(judged(one, await read(source, one)))
  }
  return figures
}

function judged(stated: Stated<unknown>, reading: Reading): Figure {
  const { computed, adds, against } = reading
  const why = holds(computed, stated)
    ? computed === adds
      ? (against ?? '')
      : `点开的行合起来是 ${adds}`
    : `报道说${toldOf(stated)}`
  return { ...stated, reading, verdict: why === '' ? 'agrees' : 'differs', why }
}

const TOLD: Readonly<Record<Meant, (value: string, unit: string) => string>> = {
  exact: (value, unit) => value + unit,
  atLeast: (value, unit) => `${value}${unit}以上`,
  atMost: (value, unit) => `${value}${unit}以内`,
  about: (value, unit) => `约${value}${unit}`,
  moreThan: (value, unit) => `${value}余${unit}`,
}
const toldOf = ({ value, unit, qualifier }: Pick<Stated<unknown>, 'value' | 'unit' | 'qualifier'>) =>
  TOLD[qualifier](String(value), unit)

const COLUMNS: readonly Column[] = [
  { title: '编号', width: 6 },
  { title: '数字', width: 44, left: true },
  { title: '报道', width: 16 },
  { title: '算出', width: 12 },
  { title: '点开的行', width: 10 },
]
/** The figures as a table for a terminal. */
export const tableOfFigures = (figures: readonly Figure[]): string =>
  tableOf(
    COLUMNS,
    figures.map(({ reading, verdict, why, ...stated }) => ({
      cells: [
        ...[stated.id, stated.name, toldOf(stated)],
        ...[reading?.computed ?? '—', reading?.rows ?? '—'].map(String),
      ],
      verdict: why === '' ? VERDICT[verdict] : `${VERDICT[verdict]}：${why}`,
    })),
  )
