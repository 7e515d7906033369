import type { Duty, DutyList, LiaisonTargetId, PeriodState, PersonId, UnitId } from '@banjie/contract'
import {
  type Deed,
  dayAfter,
  type ExemptionRow,
  type Holder,
  listExemptions,
  listRules,
  type Period,
  periodAround,
  periodsOf,
  type RuleRow,
  type Series,
} from '#cadence'
import type { Calendar, CalendarBook } from '#calendar'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { countPeriods, listPeriods, type PeriodRow, standingOf } from '#obligation'
import { dayOf, findUnit } from '#org'
import { type HolderRow, listHolders, listPersonNames, listTenures, type TenureRow } from './bond.sql.ts'
import { heldOn, oversees, peopleOf, personMeant } from './keeper.ts'
import { listTargetNames, type TargetRow } from './target.sql.ts'
import { listDeeds } from './visit.sql.ts'

const SHOWN = 1000

export interface DutyFilter {
  readonly state?: PeriodState | undefined
  readonly person?: 'me' | PersonId | undefined
  readonly unit?: UnitId | undefined
  readonly target?: LiaisonTargetId | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}
interface Window {
  readonly from: string
  readonly to: string
  readonly today: string
}
/** A series of periods and what they are about; `key` tells it from every other. */
export interface OwedSeries {
  readonly key: string
  readonly rule: RuleRow
  readonly target: Pick<TargetRow, 'id' | 'name' | 'kind'> | null
  readonly series: Series
}
type DeedRow = Awaited<ReturnType<typeof listDeeds>>[number]

/**
 * Recurring duties (周期责任) of some days, missed ones first, then the running ones. By default from the first of last month until today.
 * Everybody sees their own, heads those of their people, overseers all. States and counts are those of the ledger; what proves them is looked up
 * for the rows that are shown.
 * @throws Fault 'forbidden' where somebody asks for duties that are not theirs to see
 */
export async function dutiesOf(tx: Tx, book: CalendarBook, filter: DutyFilter, by: Actor): Promise<DutyList> {
  const today = dayOf(by.at)
  const to = filter.to ?? today
  const from = filter.from ?? periodAround('month', dayAfter(periodAround('month', to).from, -1)).from
  const wanted = { from, to, people: await askedFor(tx, filter, by), target: filter.target }
  const counts = await countPeriods(tx, wanted, by.at)
  const chosen = await listPeriods(tx, { ...wanted, state: filter.state }, { now: by.at, most: SHOWN + 1 })
  const shown = chosen.slice(0, SHOWN)
  return {
    items: await proven(tx, await book.of(tx.tenant, null), shown, by),
    counts,
    from,
    to,
    cut: chosen.length > SHOWN,
  }
}

/** Rows of the ledger with their rule, their target and what proves them. */
async function proven(tx: Tx, calendar: Calendar, rows: readonly PeriodRow[], by: Actor): Promise<Duty[]> {
  const days = rows.flatMap(({ fromDay, dueDay }) => [fromDay, dueDay]).sort()
  const [from, to] = [days[0], days.at(-1)]
  if (from === undefined || to === undefined) return []
  const today = dayOf(by.at)
  const targets = rows.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId as LiaisonTargetId]))
  const { owed, deeds } = await owedIn(tx, { from, to, today }, [...new Set(targets)])
  const byKey = new Map(owed.map((one) => [one.key, one]))
  const found = rows.flatMap((row) => {
    const series = byKey.get(row.key.slice(0, -(row.fromDay.length + 1)))
    const [period] = series ? periodsOf(series.series, calendar, { from: row.fromDay, to: row.fromDay, today }) : []
    return series === undefined || period === undefined ? [] : { row, rule: series.rule, target: series.target, period }
  })
  return named(tx, found, deeds, by)
}

/** Whose duties are meant; undefined is everybody's. */
async function askedFor(tx: Tx, { person, unit }: DutyFilter, by: Actor): Promise<readonly PersonId[] | undefined> {
  const day = dayOf(by.at)
  const one = personMeant(person, by)
  const visible = oversees(by) ? undefined : await peopleOf(tx, by, day)
  const wanted =
    one !== undefined
      ? [one]
      : unit !== undefined
        ? (await listTenures(tx, { units: [unit] }))
            .filter((tenure) => heldOn(tenure, day))
            .map(({ personId }) => personId)
        : undefined
  if (visible === undefined) return wanted
  if (wanted === undefined) return visible
  if (!wanted.every((person_) => visible.includes(person_))) throw new Fault('forbidden')
  return wanted
}

/** Everything that is owed in a window, as series of periods; toward some targets, or all. */
export async function owedIn(tx: Tx, window: Window, targets: readonly LiaisonTargetId[] | undefined) {
  // A period that the window only touches is judged as a whole.
  const span = { from: periodAround('quarter', window.from).from, to: periodAround('quarter', window.to).to }
  const rules = (await listRules(tx, targets)).filter(
    ({ validFrom, validTo }) => validFrom <= window.to && (validTo === null || validTo >= window.from),
  )
  if (rules.length === 0) return { rules, owed: [], deeds: new Map<string, DeedRow>() }
  const bonds = await listHolders(tx, { span, targets })
  const units = rules.flatMap(({ debtor }) => (debtor.kind === 'post' || debtor.kind === 'unit' ? debtor.unitId : []))
  const tenures = units.length === 0 ? [] : await listTenures(tx, { units })
  // A duty toward any target of a kind is about all of them.
  const isAll = rules.some((rule) => !isOfBonds(rule) && rule.targetId === null)
  const deeds = await listDeeds(tx, span, isAll ? undefined : targets)
  const exemptions = await listExemptions(tx, span)
  const fixed = await listTargetNames(
    tx,
    rules.flatMap(({ targetId }) => targetId ?? []),
  )
  const ground = {
    ...{ bonds, tenures, ...restsOf(exemptions), targets: new Map(fixed.map((one) => [one.id, one])) },
    ...{ byTarget: Map.groupBy(deeds, ({ targetId }) => targetId), deeds },
  }
  const owed = rules.flatMap((rule) => (isOfBonds(rule) ? ofBonds(rule, ground) : ofOthers(rule, ground)))
  return {
    rules,
    owed: targets === undefined ? owed : owed.filter((one) => one.target === null || targets.includes(one.target.id)),
    deeds: new Map(deeds.map((deed) => [deed.id, deed])),
  }
}
interface Ground {
  readonly bonds: readonly HolderRow[]
  readonly tenures: readonly TenureRow[]
  readonly suspensions: ReadonlyMap<LiaisonTargetId, readonly ExemptionRow[]>
  readonly leaves: ReadonlyMap<PersonId, readonly ExemptionRow[]>
  readonly targets: ReadonlyMap<LiaisonTargetId, Pick<TargetRow, 'id' | 'name' | 'kind' | 'closedOn'>>
  readonly deeds: readonly DeedRow[]
  readonly byTarget: ReadonlyMap<LiaisonTargetId, readonly DeedRow[]>
}

/** Whether those who are bound to a target owe, all of them or its officers, rather than somebody by name or post. */
export const isOfBonds = ({ debtor }: Pick<RuleRow, 'debtor'>) => debtor.kind === 'liaison' || debtor.kind === 'officer'

/** Bonds that a rule speaks of; an officer owes from the day of the office. */
const reachedBy = (rule: RuleRow, bonds: readonly HolderRow[]): readonly HolderRow[] =>
  bonds
    .filter(({ target }) => fits(rule, target))
    .flatMap((bond) => {
      if (rule.debtor.kind !== 'officer') return bond
      if (bond.officeFrom === null) return []
      return bond.officeFrom > bond.from ? { ...bond, from: bond.officeFrom } : bond
    })

/** One series a target, or one a line of succession where each owes it. */
function ofBonds(rule: RuleRow, ground: Ground): OwedSeries[] {
  const groups = Map.groupBy(reachedBy(rule, ground.bonds), ({ target, lineId }) =>
    rule.sharing === 'each' ? lineId : target.id,
  )
  return [...groups.values()].flatMap((bonds) => {
    const [first] = bonds
    if (first === undefined) return []
    const holders = bonds.map(({ personId, from, servedTo }) => ({ personId, from, to: servedTo }))
    const deeds = ground.byTarget.get(first.target.id) ?? []
    const line = rule.sharing === 'each' ? first.lineId : first.target.id
    return {
      key: `${rule.id} ${line}`,
      rule,
      target: first.target,
      series: seriesOf(rule, holders, deeds, first.target.id, ground),
    }
  })
}

/** A person, whoever holds a post, or the people of a unit. */
function ofOthers(rule: RuleRow, ground: Ground): OwedSeries[] {
  const { debtor, targetId } = rule
  if (debtor.kind === 'liaison' || debtor.kind === 'officer') return []
  const holders: Holder[] =
    debtor.kind === 'person'
      ? [{ personId: debtor.personId, from: rule.validFrom, to: rule.validTo }]
      : ground.tenures.filter(
          ({ unitId, title }) => unitId === debtor.unitId && (debtor.kind === 'unit' || title === debtor.title),
        )
  const known = targetId === null ? undefined : ground.targets.get(targetId)
  const target = known === undefined ? null : { id: known.id, name: known.name, kind: known.kind }
  const deeds =
    targetId === null
      ? ground.deeds.filter(({ targetId: id, targetKind }) => fits(rule, { id, kind: targetKind }))
      : (ground.byTarget.get(targetId) ?? [])
  return [{ key: rule.id, rule, target, series: seriesOf(rule, holders, deeds, targetId, ground) }]
}

const fits = ({ towardKind, targetId }: RuleRow, target: Pick<TargetRow, 'id' | 'kind'>) =>
  targetId === null ? target.kind === towardKind : target.id === targetId

function seriesOf(
  { min, per, counts, leastWorkdays, validFrom, validTo }: RuleRow,
  holders: readonly Holder[],
  deeds: readonly Deed[],
  targetId: LiaisonTargetId | null,
  { suspensions, leaves }: Ground,
): Series {
  const people = new Set(holders.map(({ personId }) => personId))
  return {
    cadence: { min, per, counts, leastWorkdays, from: validFrom, to: validTo },
    ...{ holders, deeds, suspensions: targetId === null ? [] : (suspensions.get(targetId) ?? []) },
    leaves: new Map([...people].flatMap((person) => (leaves.has(person) ? [[person, leaves.get(person) ?? []]] : []))),
  }
}
/** When targets rest and when people are away. */
function restsOf(exemptions: readonly ExemptionRow[]) {
  const [suspensions, leaves] = [new Map<LiaisonTargetId, ExemptionRow[]>(), new Map<PersonId, ExemptionRow[]>()]
  for (const one of exemptions) {
    if (one.targetId !== null) suspensions.set(one.targetId, [...(suspensions.get(one.targetId) ?? []), one])
    if (one.personId !== null) leaves.set(one.personId, [...(leaves.get(one.personId) ?? []), one])
  }
  return { suspensions, leaves }
}

async function named(
  tx: Tx,
  rows: readonly { row: PeriodRow; rule: RuleRow; target: OwedSeries['target']; period: Period }[],
  deeds: ReadonlyMap<string, DeedRow>,
  by: Actor,
): Promise<Duty[]> {
  const ids = new Set(rows.flatMap(({ period }) => [...period.debtors, ...period.proof.flatMap((one) => one.credited)]))
  const people = new Map((await listPersonNames(tx, [...ids])).map((person) => [person.id, person]))
  const namesOf = (list: readonly PersonId[]) => list.flatMap((id) => people.get(id) ?? [])
  const units = new Map<UnitId, { id: UnitId; name: string }>()
  for (const { rule } of rows)
    if ((rule.debtor.kind === 'unit' || rule.debtor.kind === 'post') && !units.has(rule.debtor.unitId)) {
      const unit = await findUnit(tx, rule.debtor.unitId)
      if (unit !== undefined) units.set(unit.id, { id: unit.id, name: unit.name })
    }
  return rows.map(({ row: stored, rule, target, period: { from, to, cause, workdays, proof, debtors } }) => ({
    rule: {
      ...{ id: rule.id, title: rule.title, version: rule.version, per: rule.per },
      ...{ min: rule.min, basis: rule.basis },
    },
    ...{ target, towardKind: rule.towardKind, debtors: namesOf(debtors) },
    unit: 'unitId' in rule.debtor ? (units.get(rule.debtor.unitId) ?? null) : null,
    ...{ from, to, state: stored.periodState, cause, workdays, done: proof.length, ledger: standingOf(stored, by) },
    proof: proof.flatMap(({ deed, credited }) => {
      const row = deeds.get(deed.id)
      if (row === undefined) return []
      return {
        ...{ visitId: row.id, on: row.on, kind: row.kind, target: row.targetName, credited: namesOf(credited) },
        late: dayOf(row.recordedAt) > to,
      }
    }),
  }))
}
