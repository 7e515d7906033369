import type { PersonId, PlanId, ProgressLight, TargetId, UnitId } from '@banjie/contract'
import { type Cadence, type Deed, dayAfter, periodAround, periodsOf } from '#cadence'
import { type Calendar, yellowAt } from '#calendar'
import type { Tx } from '#kernel/store'
import { holdObligations, keepObligations, type Owed, termOf } from '#obligation'
import { dayOf } from '#org'
import { type CheckDay, listCheckDays, lockTarget } from '#target'
import { findPlanOfTarget, listPlans, listPlanTargets } from './plan.sql.ts'
import { type Branch, branchesOf, getPlan } from './tree.ts'

const PER = { weekly: 'week', monthly: 'month' } as const
const KINDS = ['target', 'task', 'checkIn'] as const

/**
 * Settles a published plan (作战图入账): its targets, tasks and check-ins stand on the ledger as they now are, in the transaction of the change.
 * @param only of the plan's targets; all where absent
 */
export async function settlePlan(
  tx: Tx,
  id: PlanId,
  calendar: Calendar,
  now: Date,
  only?: readonly TargetId[],
): Promise<void> {
  const plan = await getPlan(tx, id)
  if (plan.publishedAt === null) return
  const today = dayOf(now)
  for (const target of only ?? []) await lockTarget(tx, target)
  await holdObligations(tx, `plan ${id}`, only === undefined ? 'whole' : 'part')
  // The whole plan is scheduled, since a task may wait for one of another target.
  const ids = (await listPlanTargets(tx, id)).map(({ targetId }) => targetId)
  const branches = await branchesOf(tx, plan, ids, calendar, today)
  const changed = only ?? ids
  const days = Map.groupBy(await listCheckDays(tx, changed), ({ targetId }) => targetId)
  const since = dayOf(plan.publishedAt)
  const owed = changed.flatMap((target) => {
    const branch = branches.get(target)
    return branch === undefined ? [] : owedOf(branch, days.get(target) ?? [], { calendar, today, since })
  })
  await keepObligations(tx, owed, { kinds: KINDS, subjects: changed }, now)
}

/** Every morning (每日入账): the check-ins whose period begins stand on the ledger, plan by plan. */
export async function settlePlans(tx: Tx, calendar: Calendar, now: Date): Promise<void> {
  for (const { id, state } of await listPlans(tx)) if (state === 'published') await settlePlan(tx, id, calendar, now)
}

/** The same for what was done on a target, which moves nothing but itself; or for a new version of it, which may move the whole plan. */
export async function settleTarget(
  tx: Tx,
  target: TargetId,
  calendar: Calendar,
  { now, whole = false }: { readonly now: Date; readonly whole?: boolean },
): Promise<void> {
  const plan = await findPlanOfTarget(tx, target)
  if (plan !== undefined) await settlePlan(tx, plan.id, calendar, now, whole ? undefined : [target])
}

interface Standing {
  readonly calendar: Calendar
  readonly today: string
  /** The day on which the plan was published. */
  readonly since: string
}
/** What a target with its tasks owes: itself, each task, and every period of check-ins up to now. */
function owedOf({ row, rowOn, tasks, taskOn }: Branch, days: readonly CheckDay[], at: Standing): Owed[] {
  const { id, title } = row
  const own = itemOf({ ...row, kind: 'target', subjectId: id }, (day) => rowOn(day).progress.light, at)
  const items = tasks.map((task, i) => {
    const face = { ...task, kind: 'task' as const, title: `${title}：${task.title}`, subjectId: id }
    const span = { startOn: task.latestStart, dueOn: task.latestFinish ?? task.dueOn }
    return itemOf({ ...face, ...span }, (day) => taskOn(i, day)?.progress.light ?? null, at)
  })
  return [own, ...items].flatMap((item) =>
    item === undefined
      ? []
      : [
          item.owed,
          ...checkInsOf(item, item.owed.kind === 'task' ? days.filter(({ taskId }) => taskId === item.id) : days, at),
        ],
  )
}

interface Face {
  readonly id: string
  readonly kind: 'target' | 'task'
  readonly subjectId: TargetId
  readonly title: string
  readonly unit: { readonly id: UnitId } | null
  readonly person: { readonly id: PersonId } | null
  readonly checkUnit: { readonly id: UnitId } | null
  readonly cadence: keyof typeof PER | null
  readonly startOn: string | null
  readonly dueOn: string | null
  readonly progress: Branch['row']['progress']
}
type Item = Face & { readonly owed: Owed }
const startOf = (day: string) => new Date(`${day}T00:00:00+08:00`)

function itemOf(face: Face, lightOn: (day: string) => ProgressLight | null, { since }: Standing): Item | undefined {
  const { id, kind, title, startOn, dueOn, progress } = face
  if (dueOn === null) return undefined
  const fromDay = startOn !== null && startOn <= dueOn ? startOn : dueOn
  const isMet = progress.light === 'done'
  const term = termOf(fromDay, dueOn)
  const turns = (lights: readonly (ProgressLight | null)[]) =>
    startOf(firstDay(fromDay, dayAfter(dueOn), (day) => lights.includes(lightOn(day))))
  // Nothing was late before it was published.
  const notBefore = (instant: Date) => (instant < startOf(since) ? startOf(since) : instant)
  return {
    ...face,
    owed: {
      ...{ key: `${kind} ${id}`, form: 'quantity', kind, title, subjectId: face.subjectId, ruleId: null },
      ...answering(face),
      ...term,
      yellowAt: isMet ? term.dueAt : notBefore(turns(['yellow', 'red'])),
      redAt: isMet ? term.dueAt : notBefore(turns(['red'])),
      ...{ done: progress.reached, needed: progress.total, unitWord: progress.unit },
      ...{ state: isMet ? 'met' : 'running', cause: null },
    },
  }
}

const answering = ({ unit, person, checkUnit }: Face) => ({
  leadUnitId: unit?.id ?? null,
  unitIds: unit === null ? [] : [unit.id],
  personIds: person === null ? [] : [person.id],
  checkUnitId: checkUnit?.id ?? null,
})

/** The first day on which something that never turns back is so; the last of them where it is not so before. */
function firstDay(from: string, to: string, isSo: (day: string) => boolean): string {
  let [low, high] = [0, Math.max(0, (Date.parse(to) - Date.parse(from)) / DAY_MS)]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (isSo(dayAfter(from, middle))) high = middle
    else low = middle + 1
  }
  return dayAfter(from, low)
}
const DAY_MS = 86_400_000

/** Every period in which a check-in is or was owed (定期点检), from its start or the plan's until it is done. */
function checkInsOf(item: Item, days: readonly CheckDay[], { calendar, today, since }: Standing): Owed[] {
  const { id, title, cadence, person, startOn, progress } = item
  if (cadence === null || person === null) return []
  const [, from = since] = [startOn ?? since, since].sort()
  const to = progress.light === 'done' ? (days.at(-1)?.day ?? null) : null
  const per = PER[cadence]
  const rule: Cadence = { min: 1, per, counts: ['checkIn'], from, to, leastWorkdays: 1 }
  const holders = [{ personId: person.id, from, to: null }]
  // Whoever reports early in the first period has reported in it.
  const begun = periodAround(per, from).from
  const onDay = (day: string) => (day >= begun && day < from ? from : day)
  const deeds = days.map(
    ({ id: deed, day }): Deed => ({ id: deed, on: onDay(day), kind: 'checkIn', officials: [person.id] }),
  )
  const series = { cadence: rule, holders, suspensions: [], leaves: new Map(), deeds }
  return periodsOf(series, calendar, { from, to: today, today }).map((period): Owed => {
    const term = termOf(period.from, period.to)
    const limit = { amount: Math.max(1, period.workdays), unit: 'workingDay' as const }
    return {
      ...{ key: `checkIn ${id} ${period.from}`, form: 'recurring', kind: 'checkIn', title: `点检：${title}` },
      ...{ subjectId: item.subjectId, ruleId: null, ...answering(item) },
      ...{ ...term, redAt: term.dueAt },
      ...{
        yellowAt: yellowAt(calendar, term.beginsAt, term.dueAt, limit),
        done: period.proof.length,
        needed: 1,
        unitWord: '次',
      },
      ...{ state: period.state === 'met' || period.state === 'exempt' ? period.state : 'running', cause: period.cause },
    }
  })
}
