import { type Figure, INDICATOR, type IndicatorId, type Period, type UnitFigure } from '@banjie/contract'
import type { z } from 'zod'
import type { Calendar } from '#calendar'
import { type Sight, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type FreezeRow, findFreeze, insertFreeze } from './freeze.sql.ts'
import { listLabels } from './indicator.sql.ts'
import { labelOf, measure } from './indicator.ts'
import { daysOfMonth, spanOf } from './period.ts'

const MAY_FREEZE = ['supervisor', 'leader', 'admin'] as const
const DISTRICT = { key: 'all', label: '全区' }
/** Official figures count every case, also those reported in confidence; they show no case. */
const EVERYTHING: Sight = { kind: 'all', confidential: true }

/**
 * Freezes a month (封存): its figures by unit are kept as they are known now; whatever is recorded later shows as an adjustment.
 * @throws Fault 'forbidden' | 'report.month_running' | 'report.month_frozen'
 */
export async function freeze(tx: Tx, calendar: Calendar, by: Actor, month: string): Promise<z.input<typeof Period>> {
  if (!MAY_FREEZE.some((role) => by.roles.has(role))) throw new Fault('forbidden')
  const { until } = monthSpan(month)
  if (by.at < until) throw new Fault('report.month_running', { month, from: dayOf(until) })
  const figures = await figuresOf(tx, calendar, month, by.at)
  const row = { month, at: by.at, byName: by.name, figures }
  if (!(await insertFreeze(tx, row))) throw alreadyFrozen(await findFreeze(tx, month), month)
  await audit(tx, by, { action: 'freeze', objectKind: 'period', objectId: month, note: '封存统计' })
  return periodOf(month, row, { at: by.at, figures })
}

const alreadyFrozen = (row: FreezeRow | undefined, month: string) =>
  new Fault('report.month_frozen', { month, at: row ? dayOf(row.at) : '', name: row?.byName ?? '' })

/** A month as frozen, as known now, and the difference (调整). Units see their own figures. @throws Fault 'forbidden' */
export async function readPeriod(
  tx: Tx,
  calendar: Calendar,
  by: Actor,
  month: string,
): Promise<z.input<typeof Period>> {
  const row = await findFreeze(tx, month)
  const shows = shownTo(by)
  const now = { at: by.at, figures: (await figuresOf(tx, calendar, month, by.at)).filter(shows) }
  return periodOf(month, row && { ...row, figures: row.figures.filter(shows) }, now)
}

function shownTo(by: Actor): (figure: UnitFigure) => boolean {
  const sight = sightOf(by)
  if (sight.kind === 'all') return () => true
  if (sight.kind === 'units') return ({ key }) => sight.units.some((unit) => unit === key)
  throw new Fault('forbidden')
}

function monthSpan(month: string) {
  const { from, to } = daysOfMonth(month)
  return spanOf(from, to)
}

/** Every indicator of a month, of the district and by unit, as known at `asOf`. */
async function figuresOf(tx: Tx, calendar: Calendar, month: string, asOf: Date): Promise<UnitFigure[]> {
  const labels = await listLabels(tx, 'unit')
  const question = { ...monthSpan(month), asOf, by: 'unit', type: 'appeal', sight: EVERYTHING } as const
  const figures: UnitFigure[] = []
  // One after the other: a transaction is one connection.
  for (const indicator of Object.keys(INDICATOR) as IndicatorId[]) {
    const { all, groups } = await measure(tx, calendar, indicator, question)
    figures.push({ indicator, ...DISTRICT, ...all })
    figures.push(...groups.map((group) => ({ indicator, ...group, label: labelOf('unit', group.key, labels) })))
  }
  return figures
}

const periodOf = (
  month: string,
  row: FreezeRow | undefined,
  now: { at: Date; figures: UnitFigure[] },
): z.input<typeof Period> => ({
  month,
  frozen: row === undefined ? null : { at: row.at.toISOString(), byName: row.byName, figures: [...row.figures] },
  now: { at: now.at.toISOString(), figures: now.figures },
  adjustments: row === undefined ? [] : adjustments(row.figures, now.figures),
})

const figureOf = ({ value, numerator, denominator }: Figure): Figure => ({ value, numerator, denominator })
const isSame = (a: Figure, b: Figure) =>
  a.value === b.value && a.numerator === b.numerator && a.denominator === b.denominator

/** What has changed since the freeze: figures that differ, are new, or are gone. */
function adjustments(frozen: readonly UnitFigure[], now: readonly UnitFigure[]): z.input<typeof Period>['adjustments'] {
  const keyOf = ({ indicator, key }: UnitFigure) => `${indicator} ${key}`
  const before = new Map(frozen.map((figure) => [keyOf(figure), figure]))
  const after = new Map(now.map((figure) => [keyOf(figure), figure]))
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)]
    const either = is ?? was
    if (either === undefined || (was !== undefined && is !== undefined && isSame(was, is))) return []
    const { indicator, key: unit, label } = either
    return {
      ...{ indicator, label: INDICATOR[indicator as IndicatorId]?.label ?? indicator, unit: { key: unit, label } },
      ...{ frozen: was ? figureOf(was) : null, now: is ? figureOf(is) : null },
    }
  })
}
