import { INDICATOR, INDICATOR_AXIS, routes } from '@banjie/contract'
import type { Engine } from '#case'
import type { Server } from '#kernel/http'
import { listFreezes } from './freeze.sql.ts'
import { freeze, readPeriod } from './freeze.ts'
import { answerIndicator, answerRows, indicatorOf } from './indicator.ts'
import { answerOutcomeRows, answerOutcomes } from './outcome.ts'

/** Figures for those who answer for them: indicators, frozen months, outcome in figures. */
export function reportRoutes({ serve }: Server, engine: Engine): void {
  serve(routes.indicators, async () => ({
    items: Object.entries(INDICATOR).map(([id, text]) => ({ id, ...text, axisLabel: INDICATOR_AXIS[text.axis] })),
  }))
  serve(routes.indicator, async ({ tx, by, params, query }) =>
    answerIndicator(tx, await engine.calendarOf(tx.tenant), by, indicatorOf(params.id), query),
  )
  serve(routes.indicatorRows, async ({ tx, by, params, query }) =>
    answerRows(tx, await engine.calendarOf(tx.tenant), by, indicatorOf(params.id), query),
  )
  serve(routes.periods, async ({ tx }) => ({
    items: (await listFreezes(tx)).map((row) => ({ ...row, at: row.at.toISOString() })),
  }))
  serve(routes.period, async ({ tx, by, params }) =>
    readPeriod(tx, await engine.calendarOf(tx.tenant), by, params.month),
  )
  serve(routes.freezePeriod, async ({ tx, by, params }) =>
    freeze(tx, await engine.calendarOf(tx.tenant), by, params.month),
  )
  serve(routes.outcomes, ({ tx, by, query }) => answerOutcomes(tx, by, query))
  serve(routes.outcomeRows, ({ tx, by, query }) => answerOutcomeRows(tx, by, query))
}
