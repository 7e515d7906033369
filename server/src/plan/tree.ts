import {
  PLAN_STATE,
  type Plan,
  type PlanId,
  type PlanRow,
  PROGRESS_LIGHT,
  type ProgressLight,
  type Target,
  type TargetId,
  type TargetRow,
  type TaskId,
  type TaskView,
} from '@banjie/contract'
import { type Calendar, type WorkdayLine, workdayLine } from '#calendar'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import {
  answering,
  type CountedTarget,
  countedTargets,
  lacksOf,
  listTaskTallies,
  mayApprove,
  mayKeep,
  progressOf,
  type TaskTally,
  targetDetail,
  targetRow,
} from '#target'
import {
  findPlan,
  findPlanOfTarget,
  listFields,
  listPlans,
  listPlanTargets,
  listTasks,
  type PlanFacts,
  type TaskFacts,
} from './plan.sql.ts'
import { backSchedule, forwardSchedule, type Work } from './schedule.ts'

/** @throws Fault 'plan.not_found' */
export async function getPlan(tx: Tx, id: PlanId): Promise<PlanFacts> {
  const plan = await findPlan(tx, id)
  if (plan === undefined) throw new Fault('plan.not_found')
  return plan
}
export const planRow = ({ id, year, title, banner, state, publishedAt, publishedBy }: PlanFacts): PlanRow => ({
  ...{ id, year, title, banner, state, stateLabel: PLAN_STATE[state], publishedBy },
  publishedAt: publishedAt?.toISOString() ?? null,
})

/** A task's place in time (倒排), as days. */
export interface Place {
  readonly start: string
  readonly finish: string
  readonly slack: number
  readonly critical: boolean
}

interface Line {
  readonly line: WorkdayLine
  readonly works: readonly (Work & { readonly targetId: TargetId })[]
  readonly earliest: (id: string) => number
}
/** The tasks that have an end, on the line of working days that reaches a year to both sides of the plan's. */
function lineOf(
  calendar: Calendar,
  year: number,
  targets: readonly CountedTarget[],
  tasks: readonly TaskFacts[],
): Line {
  const line = workdayLine(calendar, `${year - 1}-01-01`, `${year + 1}-12-31`)
  const byId = new Map(targets.map(({ facts }) => [facts.id, facts.definition]))
  const works = tasks.flatMap(({ id, targetId, days, dueOn, after }) => {
    const ends = [dueOn, byId.get(targetId)?.dueOn ?? null].filter((day) => day !== null).sort()
    return ends[0] === undefined ? [] : { id, targetId, days, after, due: line.until(ends[0]) }
  })
  const targetOf = new Map(works.map(({ id, targetId }) => [id, targetId]))
  const earliest = (id: string) => {
    const target = targetOf.get(id as TaskId)
    return line.from((target && byId.get(target)?.startOn) ?? `${year}-01-01`)
  }
  return { line, works, earliest }
}

/**
 * Schedules a plan back from its ends (倒排工期): latest starts, slack, and of each target the path that has none to give (关键路径).
 * @throws Fault 'plan.too_long' naming a task that would have to begin before the calendar does
 */
export function placesOf(
  calendar: Calendar,
  year: number,
  targets: readonly CountedTarget[],
  tasks: readonly TaskFacts[],
): Map<TaskId, Place> {
  const { line, works, earliest } = lineOf(calendar, year, targets, tasks)
  const latest = backSchedule(works)
  const first = forwardSchedule(works, earliest)
  const slackOf = (id: string) => (latest.get(id)?.start ?? 0) - (first.get(id)?.start ?? 0)
  const least = new Map<TargetId, number>()
  for (const { id, targetId } of works) least.set(targetId, Math.min(least.get(targetId) ?? slackOf(id), slackOf(id)))
  return new Map(
    works.map(({ id, targetId }) => {
      const { start, finish } = latest.get(id) ?? { start: -1, finish: -1 }
      const [from, to] = [line.days[start], line.days[finish]]
      if (from === undefined || to === undefined)
        throw new Fault('plan.too_long', { title: tasks.find((task) => task.id === id)?.title })
      const slack = slackOf(id)
      return [id as TaskId, { start: from, finish: to, slack, critical: slack <= (least.get(targetId) ?? slack) }]
    }),
  )
}

interface Standing {
  readonly calendar: Calendar
  readonly today: string
  readonly runs: boolean
}
function taskView(task: TaskFacts, place: Place | undefined, tally: TaskTally | undefined, at: Standing): TaskView {
  const { id, title, targetId, dueOn, days, redLine, quantity, quantityUnit, after } = task
  const reachedOn = new Map(tally?.reached.map((one) => [one.id, one.on]))
  const milestones = task.milestones.map((one) => ({ ...one, reachedOn: reachedOn.get(one.id) ?? null }))
  const [reached, total, unit] =
    quantity === null
      ? [reachedOn.size, milestones.length, '个节点']
      : [tally?.quantity ?? 0, quantity, quantityUnit ?? '']
  const standing = {
    ...{ reached, total, unit, share: total === 0 ? 0 : Math.min(1, reached / total), runs: at.runs },
    ...{ startOn: place?.start ?? null, dueOn: place?.finish ?? dueOn, latestStart: place?.start },
    spans: place === undefined ? [] : [{ from: place.start, to: place.finish }],
    ...{ cadence: task.cadence, lastOn: tally?.lastOn ?? null },
  }
  return {
    ...{ id, title, targetId, dueOn, days, redLine, quantity, quantityUnit, milestones, after: [...after] },
    ...answering(task),
    lacks: lacksOf({
      ...{ person: task.person === null, duty: task.unit === null || task.duty === null, time: dueOn === null },
      check: task.checkUnit === null || task.cadence === null,
      measure: quantity === null && milestones.length === 0,
    }),
    ...{ latestStart: place?.start ?? null, latestFinish: place?.finish ?? null, slack: place?.slack ?? null },
    critical: place?.critical ?? false,
    progress: progressOf(at.calendar, standing, at.today),
  }
}

export interface Branch {
  /** The target as it would stand on another day, if nothing more happened. */
  readonly rowOn: (day: string) => TargetRow
  readonly taskOn: (position: number, day: string) => TaskView | undefined
  readonly row: TargetRow
  readonly tasks: readonly TaskView[]
  readonly counted: CountedTarget
}
/** Every target of a plan with its tasks as they stand today, by target. */
export async function branchesOf(tx: Tx, plan: PlanFacts, ids: readonly TargetId[], calendar: Calendar, today: string) {
  const [targets, tasks, tallies] = [
    await countedTargets(tx, ids),
    await listTasks(tx, ids),
    new Map((await listTaskTallies(tx, ids)).map((tally) => [tally.taskId, tally])),
  ]
  const places = placesOf(calendar, plan.year, targets, tasks)
  const at = { calendar, today, runs: plan.state === 'published' }
  const ownTasks = Map.groupBy(tasks, ({ targetId }) => targetId)
  return new Map<TargetId, Branch>(
    targets.map((counted) => {
      const own = ownTasks.get(counted.facts.id) ?? []
      const viewOn = (task: TaskFacts, day: string) =>
        taskView(task, places.get(task.id), tallies.get(task.id), { ...at, today: day })
      const taskOn = (i: number, day: string) => own[i] && viewOn(own[i], day)
      const views = own.map((task) => viewOn(task, today))
      const work = workOf(views)
      const rowOn = (day: string) => targetRow(calendar, counted, work, day)
      return [counted.facts.id, { counted, rowOn, taskOn, row: rowOn(today), tasks: views }]
    }),
  )
}

/** When the tasks run, and how much of their work is done: a long task weighs more than a short one. */
function workOf(tasks: readonly TaskView[]) {
  const days = tasks.reduce((sum, task) => sum + task.days, 0)
  return {
    spans: tasks.flatMap(({ latestStart: from, latestFinish: to }) => (from && to ? { from, to } : [])),
    worked: days === 0 ? null : tasks.reduce((sum, task) => sum + task.progress.share * task.days, 0) / days,
  }
}

const tallied = (targets: readonly TargetRow[]) => {
  const counted = (light: ProgressLight) => targets.filter(({ progress }) => progress.light === light).length
  return { red: counted('red'), yellow: counted('yellow'), green: counted('green'), done: counted('done') }
}

/** The battle map (作战图) of a year as it stands on the day of asking. @throws Fault 'plan.not_found' */
export async function planOf(tx: Tx, id: PlanId, calendar: Calendar, by: Actor): Promise<Plan> {
  const plan = await getPlan(tx, id)
  const today = dayOf(by.at)
  const places = await listPlanTargets(tx, id)
  const ids = places.map(({ targetId }) => targetId)
  const branches = await branchesOf(tx, plan, ids, calendar, today)
  const fields = (await listFields(tx, id)).map((field) => {
    const targets = places.flatMap(({ targetId, fieldId }) => {
      const branch = fieldId === field.id ? branches.get(targetId) : undefined
      return branch === undefined ? [] : { ...branch.row, tasks: [...branch.tasks] }
    })
    return { ...field, targets, lights: tallied(targets) }
  })
  const targets = fields.flatMap((field) => field.targets)
  const lacking = targets.flatMap((target) => [
    { kind: 'target' as const, id: target.id as string, title: target.title, lacks: target.lacks },
    ...target.tasks.map((task) => ({
      kind: 'task' as const,
      id: task.id as string,
      title: task.title,
      lacks: task.lacks,
    })),
  ])
  const days = (of: (target: (typeof targets)[number]) => (string | null)[]) =>
    targets.flatMap((target) => of(target).filter((day) => day !== null)).sort()
  return {
    ...planRow(plan),
    ...{ today, fields, lights: tallied(targets), lacking: lacking.filter(({ lacks }) => lacks.length > 0) },
    beginOn: days(({ startOn, tasks }) => [startOn, ...tasks.map(({ latestStart }) => latestStart)])[0] ?? null,
    endOn: days(({ dueOn, tasks }) => [dueOn, ...tasks.map((task) => task.dueOn)]).at(-1) ?? null,
    may: { edit: mayKeep(by) && plan.state === 'draft', publish: mayApprove(by) && plan.state === 'draft' },
  }
}

/** One target with its objects, check-ins, versions and tasks (目标详情). @throws Fault 'target.not_found' */
export async function targetOf(tx: Tx, id: TargetId, calendar: Calendar, by: Actor): Promise<Target> {
  const found = await findPlanOfTarget(tx, id)
  if (found === undefined) throw new Fault('target.not_found')
  const plan = await getPlan(tx, found.id)
  // The whole plan is scheduled: a task of another target may wait for one of this.
  const ids = (await listPlanTargets(tx, plan.id)).map(({ targetId }) => targetId)
  const branch = (await branchesOf(tx, plan, ids, calendar, dayOf(by.at))).get(id)
  if (branch === undefined) throw new Fault('target.not_found')
  const titles = new Map(
    branch.tasks.flatMap((task) => [
      [task.id as string, task.title] as const,
      ...task.milestones.map((one) => [one.id as string, one.title] as const),
    ]),
  )
  const { id: planId, title, year, state } = plan
  return {
    ...branch.row,
    ...{ plan: { id: planId, title, year, state }, field: found.field, today: dayOf(by.at), tasks: [...branch.tasks] },
    ...(await targetDetail(tx, branch.counted, (one) => (one === null ? null : (titles.get(one) ?? null)), by)),
  }
}

interface Wanted {
  readonly light?: ProgressLight | undefined
  readonly unit?: string | undefined
}
const LIGHTS = Object.keys(PROGRESS_LIGHT)
/** Targets of published plans as obligations (目标台账): red first, then by the day they are due. */
export async function runningTargets(
  tx: Tx,
  { light, unit }: Wanted,
  calendar: Calendar,
  by: Actor,
): Promise<TargetRow[]> {
  const rows: TargetRow[] = []
  for (const plan of (await listPlans(tx)).filter(({ state }) => state === 'published'))
    rows.push(...(await planOf(tx, plan.id, calendar, by)).fields.flatMap(({ targets }) => targets.map(rowOf)))
  return rows
    .filter((row) => light === undefined || row.progress.light === light)
    .filter((row) => unit === undefined || row.unit?.id === unit)
    .sort(
      (a, b) =>
        LIGHTS.indexOf(a.progress.light ?? '') - LIGHTS.indexOf(b.progress.light ?? '') ||
        (a.dueOn ?? '').localeCompare(b.dueOn ?? ''),
    )
}
const rowOf = ({ tasks: _, ...row }: TargetRow & { readonly tasks: unknown }): TargetRow => row
