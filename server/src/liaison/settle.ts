import type { LiaisonTargetId, PersonId, UnitId } from '@banjie/contract'
import { listRules, type Period, periodsOf } from '#cadence'
import { type Calendar, yellowAt } from '#calendar'
import type { Tx } from '#kernel/store'
import { holdObligations, keepObligations, type Owed, termOf } from '#obligation'
import { dayOf } from '#org'
import { listTenures, type TenureRow } from './bond.sql.ts'
import { isOfBonds, type OwedSeries, owedIn } from './duty.ts'
import { heldOn } from './keeper.ts'
import { lockTarget } from './target.sql.ts'

/** What changed: from which day on, to which day (today where absent), and of which target, where it is one. */
export interface Changed {
  readonly from: string
  readonly to?: string | undefined
  readonly target?: LiaisonTargetId | undefined
}

/**
 * Settles recurring duties (周期责任入账): every period that a change touches stands on the ledger as it now is, in the transaction of the change.
 * A period that has not begun is not owed yet.
 * @throws Fault 'calendar.out_of_range' for days outside the calendar
 */
export async function settleDuties(
  tx: Tx,
  calendar: Calendar,
  { from, to, target }: Changed,
  now: Date,
): Promise<void> {
  const today = dayOf(now)
  if (from > today) return
  const window = { from, to: to === undefined || to > today ? today : to, today }
  await hold(tx, target)
  const { rules, owed } = await owedIn(tx, window, target === undefined ? undefined : [target])
  const periods = owed.flatMap((series) =>
    periodsOf(series.series, calendar, window)
      .filter(({ debtors }) => debtors.length > 0)
      .map((period) => ({ series, period })),
  )
  const people = [...new Set(periods.flatMap(({ period }) => period.debtors))]
  const posts = Map.groupBy(await listTenures(tx, { people }), ({ personId }) => personId)
  const rows = periods.map(({ series, period }) => rowOf(series, period, calendar, posts))
  const subjects = target === undefined ? undefined : [target]
  const reach = { kinds: ['period' as const], rules: rules.map(({ id }) => id), subjects, span: window }
  await keepObligations(tx, rows, reach, now)
}

/** A duty toward any target of a kind is one row whatever the target: with one of those, nobody settles beside another. */
async function hold(tx: Tx, target: LiaisonTargetId | undefined): Promise<void> {
  if (target !== undefined) await lockTarget(tx, target)
  const isShared = (await listRules(tx)).some((rule) => !isOfBonds(rule) && rule.targetId === null)
  await holdObligations(tx, 'period', target === undefined || isShared ? 'whole' : 'part')
}

function rowOf(
  { key, rule, target }: OwedSeries,
  period: Period,
  calendar: Calendar,
  posts: ReadonlyMap<PersonId, readonly TenureRow[]>,
): Owed {
  const { from, to, state, cause, workdays, debtors, proof } = period
  const units = debtors.flatMap((person) => unitOf(posts.get(person) ?? [], to) ?? [])
  const term = termOf(from, to)
  const limit = { amount: Math.max(1, workdays), unit: 'workingDay' as const }
  return {
    ...{ key: `${key} ${from}`, form: 'recurring', kind: 'period' },
    title: target === null ? rule.title : `${rule.title}：${target.name}`,
    ...{ subjectId: target?.id ?? null, ruleId: rule.id },
    // The last who holds it answers for the period.
    leadUnitId: 'unitId' in rule.debtor ? rule.debtor.unitId : (units.at(-1) ?? null),
    ...{ unitIds: [...new Set(units)], personIds: debtors, checkUnitId: null },
    ...{ ...term, redAt: term.dueAt },
    yellowAt: yellowAt(calendar, term.beginsAt, term.dueAt, limit),
    ...{ done: proof.length, needed: rule.min, unitWord: '次' },
    ...{ state: state === 'met' || state === 'exempt' ? state : 'running', cause },
  }
}

/** The unit somebody worked in on a day, or last. */
const unitOf = (posts: readonly TenureRow[], day: string): UnitId | undefined =>
  (posts.find((post) => heldOn(post, day)) ?? posts.at(-1))?.unitId
