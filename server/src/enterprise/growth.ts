import type { EnterpriseGroup, EnterpriseGrowth, EnterpriseGrowthMark, EnterpriseGrowthRows } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type GrowthRow, listGrowth } from './figure.sql.ts'
import { mayRead } from './figure.ts'

interface Span {
  /** Months, as 2026-01. */
  readonly from: string
  readonly to: string
  readonly group: EnterpriseGroup
  readonly chain?: string | undefined
}
/** Fewer that a caller may not read could be told from the sum by whoever knows the others. */
const LEAST_HIDDEN = 3

type Figures = Pick<GrowthRow, Exclude<keyof GrowthRow, 'id' | 'name' | 'figuresClass' | 'units' | 'bound'>>
/** Whether an enterprise bears a mark of growth (同比标志). Compared in whole fen: nothing is rounded. */
function bears(mark: EnterpriseGrowthMark, row: Figures, months: number): boolean {
  const { outputNow, outputBefore, profitNow, profitBefore } = row
  const isLoss = row.profitMonths > 0 && profitBefore < 0
  switch (mark) {
    case 'base':
      return row.outputMonths > 0
    case 'grew':
      return row.outputMonths > 0 && outputNow > outputBefore
    case 'grewByHalf':
      return outputBefore > 0 && 2n * BigInt(outputNow) >= 3n * BigInt(outputBefore)
    case 'lossCut':
      return isLoss && profitNow > profitBefore && profitNow <= 0
    case 'turned':
      return isLoss && profitNow > 0
    case 'lossCutOrTurned':
      return isLoss && profitNow > profitBefore
    case 'missing':
      return row.outputMonths < months || row.profitMonths < months
  }
}

/** Months of a span, both ends counted. */
const monthsOf = ({ from, to }: Span) => {
  const index = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
  return index(to) - index(from) + 1
}
async function rowsOf(tx: Tx, span: Span, by: Actor) {
  if (span.to < span.from) throw new Fault('growth.reversed', { from: span.from, to: span.to })
  const days = { from: `${span.from}-01`, to: `${span.to}-01` }
  const rows = await listGrowth(tx, { ...span, ...days }, dayOf(by.at), by.personId)
  return rows.map((row) => ({ ...row, readable: mayRead(row, by) }))
}

/** Growth of a group against the same months a year before (企业同比). @throws Fault 'growth.reversed' */
export async function growthOf(tx: Tx, span: Span, by: Actor): Promise<EnterpriseGrowth> {
  const rows = await rowsOf(tx, span, by)
  const months = monthsOf(span)
  const marked = (mark: EnterpriseGrowthMark) => rows.filter((row) => bears(mark, row, months))
  const count = (mark: EnterpriseGrowthMark) => marked(mark).length
  const base = marked('base')
  const hidden = base.filter(({ readable }) => !readable).length
  const isTold = hidden === 0 || hidden >= LEAST_HIDDEN
  const sum = (of: (row: GrowthRow) => number) => (isTold ? base.reduce((total, row) => total + of(row), 0) : null)
  return {
    ...{ from: span.from, to: span.to, group: span.group, chain: span.chain ?? null, enterprises: rows.length },
    output: { base: base.length, now: sum((row) => row.outputNow), before: sum((row) => row.outputBefore) },
    ...{ profitBase: rows.filter(({ profitMonths }) => profitMonths > 0).length },
    ...{ missing: count('missing'), partial: count('missing') > 0 },
    marks: {
      ...{ grew: count('grew'), grewByHalf: count('grewByHalf'), lossCut: count('lossCut') },
      ...{ turned: count('turned'), lossCutOrTurned: count('lossCutOrTurned') },
    },
  }
}

/** The enterprises behind a mark; what each has only where its class lets the caller read it. @throws Fault 'growth.reversed' */
export async function growthRows(
  tx: Tx,
  { mark, ...span }: Span & { readonly mark: EnterpriseGrowthMark },
  by: Actor,
): Promise<EnterpriseGrowthRows> {
  const months = monthsOf(span)
  const rows = (await rowsOf(tx, span, by)).filter((row) => bears(mark, row, months))
  return {
    items: rows.map(({ id, name, readable, outputMonths, profitMonths, ...sums }) => ({
      ...{ id, name, readable, months: Math.max(outputMonths, profitMonths) },
      output: readable && outputMonths > 0 ? { now: sums.outputNow, before: sums.outputBefore } : null,
      profit: readable && profitMonths > 0 ? { now: sums.profitNow, before: sums.profitBefore } : null,
    })),
  }
}
