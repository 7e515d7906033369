import {
  formatQuantity,
  OutcomeQuantity,
  type OutcomeRows,
  type OutcomeRowsQuery,
  type Outcomes,
  type OutcomesQuery,
  sumQuantities,
} from '@banjie/contract'
import { z } from 'zod'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { readCursor, writeCursor } from './cursor.ts'
import { NOT_YET_DISPATCHED, questionOf } from './indicator.ts'
import { listOutcomes, type OutcomeRow } from './outcome.sql.ts'

type Achieved = Omit<OutcomeRow, 'quantities'> & { readonly quantities: readonly OutcomeQuantity[] }

/** Cases of the period with what they brought about. */
async function achieved(tx: Tx, by: Actor, query: OutcomesQuery | OutcomeRowsQuery): Promise<Achieved[]> {
  const rows = await listOutcomes(tx, questionOf(by, { ...query, type: 'all', by: 'unit' }))
  return rows.map((row) => ({ ...row, quantities: z.array(OutcomeQuantity).parse(row.quantities) }))
}

const sumsOf = (cases: readonly Achieved[]) =>
  sumQuantities(cases.flatMap(({ quantities }) => quantities)).map((sum) => ({ ...sum, text: formatQuantity(sum) }))

/** Outcome in figures (办理成效): what the cases answered in a period brought about, summed by kind, and by unit if asked. */
export async function answerOutcomes(tx: Tx, by: Actor, query: OutcomesQuery): Promise<z.input<typeof Outcomes>> {
  const cases = await achieved(tx, by, query)
  const units = [...new Set(cases.map(keyOf))]
  return {
    cases: cases.length,
    sums: sumsOf(cases),
    rows:
      query.by === 'none'
        ? []
        : units.map((key) => {
            const own = cases.filter((one) => keyOf(one) === key)
            return { key, label: own[0]?.unit ?? NOT_YET_DISPATCHED, cases: own.length, sums: sumsOf(own) }
          }),
  }
}
const keyOf = ({ unitId }: Achieved) => unitId ?? 'none'

/** The cases behind the sums (下钻). */
export async function answerOutcomeRows(
  tx: Tx,
  by: Actor,
  query: OutcomeRowsQuery,
): Promise<z.input<typeof OutcomeRows>> {
  const { limit, key, kind } = query
  const fits = (await achieved(tx, by, query)).filter(
    (one) =>
      (key === undefined || keyOf(one) === key) &&
      (kind === undefined || one.quantities.some((quantity) => quantity.kind === kind)),
  )
  const after = readCursor(query.cursor)
  const start = after === undefined ? 0 : fits.findIndex(({ id }) => id === after.id) + 1
  const shown = fits.slice(start, start + limit)
  return {
    items: shown.map(({ id, number, title, unit, round, at, quantities }) => ({
      ...{ id, number, title, round, at: at.toISOString(), unit: unit ?? NOT_YET_DISPATCHED },
      quantities: quantities
        .filter((quantity) => kind === undefined || quantity.kind === kind)
        .map((quantity) => ({ ...quantity, what: quantity.what ?? null, text: formatQuantity(quantity) })),
    })),
    nextCursor: start + limit < fits.length ? writeCursor(shown.at(-1)) : null,
    total: fits.length,
  }
}
