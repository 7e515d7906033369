import { z } from 'zod'
import { optionalText } from './shape.ts'
import {
  idsOf,
  OUTCOME_QUANTITY,
  type OutcomeQuantityKind,
  QUALIFIER,
  QUANTITY_UNIT,
  type Qualifier,
  type QuantityUnit,
} from './term.ts'

/** The unit of a kind in which sums are told, and which is meant where none is named. Money is counted in fen. */
const BASE = {
  length: 'm',
  width: 'm',
  area: 'm2',
  households: 'household',
  residents: 'person',
  pieces: 'place',
  amount: 'fen',
} as const satisfies Record<OutcomeQuantityKind, QuantityUnit>
/**
 * How many of those each unit is.
 * A mu (亩) is 2000/3 m², not a decimal number, so it is never turned into square metres: areas in mu are summed on their own.
 */
const SIZE: Readonly<Record<OutcomeQuantityKind, Partial<Readonly<Record<QuantityUnit, bigint>>>>> = {
  length: { m: 1n, km: 1000n },
  width: { m: 1n },
  area: { m2: 1n, ha: 10_000n },
  households: { household: 1n },
  residents: { person: 1n },
  pieces: {},
  amount: { fen: 1n, yuan: 100n, wanYuan: 1_000_000n, yiYuan: 10_000_000_000n },
}
/** Units that stay what they are: a lamp is not a tree. */
const APART: Partial<Readonly<Record<OutcomeQuantityKind, readonly QuantityUnit[]>>> = {
  area: ['mu'],
  pieces: ['place', 'stick', 'block', 'piece', 'set', 'lamp', 'tree'],
}
const DECIMAL = /^\d{1,15}(\.\d{1,6})?$/

/** A decimal number without floats: `digits` / 10^`scale`. */
interface Decimal {
  readonly digits: bigint
  readonly scale: number
}
const decimal = (text: string): Decimal => {
  const [whole = '0', rest = ''] = text.split('.')
  return { digits: BigInt(whole + rest), scale: rest.length }
}
const textOf = ({ digits, scale }: Decimal): string => {
  const figures = String(digits).padStart(scale + 1, '0')
  const whole = figures.slice(0, figures.length - scale)
  const rest = figures.slice(figures.length - scale).replace(/0+$/, '')
  return rest === '' ? whole : `${whole}.${rest}`
}
const times = ({ digits, scale }: Decimal, factor: bigint): Decimal => ({ digits: digits * factor, scale })
const plus = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale)
  const at = (one: Decimal) => one.digits * 10n ** BigInt(scale - one.scale)
  return { digits: at(a) + at(b), scale }
}
const isWhole = (text: string) => !text.includes('.')

/** A number as a person or a program writes it; kept as a decimal string without idle zeros. */
const Value = z
  .union([z.string().trim().regex(DECIMAL, 'quantity.invalid'), z.number().nonnegative('quantity.invalid')])
  .transform(String)
  .pipe(
    z
      .string()
      .regex(DECIMAL, 'quantity.invalid')
      .overwrite((value) => textOf(decimal(value))),
  )

const unitsOf = (kind: OutcomeQuantityKind) => [...Object.keys(SIZE[kind]), ...(APART[kind] ?? [])]
const COUNTED: readonly OutcomeQuantityKind[] = ['households', 'residents', 'pieces']

/** Outcome quantity (办理成效): 排污管道 约160米, 受益 20000余人, 投入 155270000元. */
export const OutcomeQuantity = z
  .object({
    kind: z.enum(idsOf(OUTCOME_QUANTITY)).meta({ title: '种类', labels: OUTCOME_QUANTITY }),
    what: optionalText(60).meta({ title: '内容，如排污管道' }),
    value: Value.meta({ title: '数量' }),
    unit: z
      .enum(idsOf(QUANTITY_UNIT))
      .optional()
      .meta({ title: '单位', labels: QUANTITY_UNIT, description: 'm, m2, household, person, place or fen if absent' }),
    qualifier: z.enum(idsOf(QUALIFIER)).default('exact').meta({ title: '约数', labels: QUALIFIER }),
  })
  .refine(({ kind, unit }) => unit === undefined || unitsOf(kind).includes(unit), {
    error: 'quantity.unit_mismatch',
    path: ['unit'],
  })
  .refine((quantity) => !(isCounted(quantity.kind) || quantity.kind === 'amount') || isWhole(inBase(quantity).value), {
    error: 'quantity.not_whole',
    path: ['value'],
  })
export type OutcomeQuantity = z.infer<typeof OutcomeQuantity>

const isCounted = (kind: OutcomeQuantityKind) => COUNTED.includes(kind)

interface Measured {
  readonly kind: OutcomeQuantityKind
  /** Decimal string. */
  readonly value: string
  readonly unit: QuantityUnit
  readonly qualifier: Qualifier
}
type Told = Omit<Measured, 'unit'> & { readonly unit?: QuantityUnit | undefined }

/** The same quantity in the unit of its kind that sums are told in: 15527 万元 is 15527000000 fen. */
function inBase({ kind, value, unit = BASE[kind], qualifier }: Told): Measured {
  const size = SIZE[kind][unit]
  return size === undefined
    ? { kind, value, unit, qualifier }
    : { kind, value: textOf(times(decimal(value), size)), unit: BASE[kind], qualifier }
}

const FEN_DIGITS = 2
/** A number with its qualifier (约数) where people put it: 约160米, 500平方米以上. */
export const withQualifier = (value: number, unit: string, qualifier: Qualifier) =>
  PLACED[qualifier](String(value), unit)
const PLACED: Readonly<Record<Qualifier, (value: string, unit: string) => string>> = {
  exact: (value, unit) => `${value}${unit}`,
  about: (value, unit) => `${QUALIFIER.about}${value}${unit}`,
  over: (value, unit) => `${value}${QUALIFIER.over}${unit}`,
  atLeast: (value, unit) => `${value}${unit}${QUALIFIER.atLeast}`,
  under: (value, unit) => `${QUALIFIER.under}${value}${unit}`,
}
/** A quantity as people write it: 约160米, 20000余人, 300户以上. Fen are told in yuan. */
export function formatQuantity({ kind, value, unit = BASE[kind], qualifier }: Told): string {
  if (unit !== 'fen') return PLACED[qualifier](value, QUANTITY_UNIT[unit])
  const { digits, scale } = decimal(value)
  return PLACED[qualifier](textOf({ digits, scale: scale + FEN_DIGITS }), QUANTITY_UNIT.yuan)
}

/** From sure to unsure. A sum is known no better than its worst part. */
const WEAKER: readonly Qualifier[] = ['exact', 'over', 'atLeast', 'under', 'about']
const UPWARDS: readonly Qualifier[] = ['over', 'atLeast']
const weakest = (a: Qualifier, b: Qualifier): Qualifier => {
  // More than ten and less than ten together are about twenty.
  if ((a === 'under' && UPWARDS.includes(b)) || (b === 'under' && UPWARDS.includes(a))) return 'about'
  return WEAKER.indexOf(a) >= WEAKER.indexOf(b) ? a : b
}

/**
 * Sum (合计) of quantities, one for each kind and unit that can be added, exact to the last digit.
 * @returns in the order of the dictionary; the qualifier is the weakest of the parts
 */
export function sumQuantities(quantities: readonly Told[]): Measured[] {
  const sums = new Map<string, Measured>()
  for (const quantity of quantities.map(inBase)) {
    const key = `${quantity.kind} ${quantity.unit}`
    const sum = sums.get(key)
    sums.set(
      key,
      sum === undefined
        ? quantity
        : {
            ...sum,
            value: textOf(plus(decimal(sum.value), decimal(quantity.value))),
            qualifier: weakest(sum.qualifier, quantity.qualifier),
          },
    )
  }
  const kinds = Object.keys(OUTCOME_QUANTITY)
  return [...sums.values()].sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
}
