import type { PlanId, Slip, TargetId, TargetRow, TaskId, TaskView } from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listPlanTargets } from './plan.sql.ts'
import { type Move, slipOf } from './schedule.ts'
import { branchesOf, getPlan, lineOf } from './tree.ts'

interface Delay {
  readonly task: TaskId
  readonly days?: number | undefined
  readonly beginOn?: string | undefined
}
/**
 * Rehearses a delay (后延预演): what would move if a task began later, and what would end too late. Nothing is written. Of a plan that runs,
 * only what is left of the work counts, from today on; what is done stands still.
 * @throws Fault 'plan.not_found' | 'plan.task_not_found' | 'plan.slip_one' | 'plan.slip_untimed' | 'plan.slip_done' | 'plan.slip_beyond'
 */
export async function rehearse(tx: Tx, id: PlanId, delay: Delay, calendar: Calendar, by: Actor): Promise<Slip> {
  if ((delay.days === undefined) === (delay.beginOn === undefined)) throw new Fault('plan.slip_one')
  const plan = await getPlan(tx, id)
  const today = dayOf(by.at)
  const ids = (await listPlanTargets(tx, id)).map(({ targetId }) => targetId)
  const branches = [...(await branchesOf(tx, plan, ids, calendar, today)).values()]
  const tasks = new Map(branches.flatMap((branch) => branch.tasks).map((task) => [task.id as string, task]))
  const task = admitted(tasks.get(delay.task))

  const left = [...tasks.values()].filter(({ progress }) => progress.share < 1)
  const { line, works, earliest } = lineOf(
    calendar,
    plan.year,
    branches.map(({ counted }) => counted),
    left.map(leftOf),
  )
  const since = plan.state === 'published' ? line.from(today) : 0
  const first = (one: string) => Math.max(earliest(one), since)
  const rest = slipOf(works, first, { id: task.id, slip: 0 })
  const wanted = delay.days ?? line.from(delay.beginOn ?? '') - rest.begin
  const { begin, moves, path } = slipOf(works, first, { id: task.id, slip: wanted })
  const day = (at: number): string => {
    const found = line.days[at]
    if (found === undefined) throw new Fault('plan.slip_beyond')
    return found
  }
  const rows = new Map(branches.map(({ row }) => [row.id, row]))
  const shown = moves.flatMap((move) => moveView(move, tasks.get(move.id), rows, day) ?? [])
  const targets = lateTargets(shown, rows, line.until)
  const told = {
    ...{ slack: rest.slack, days: begin - rest.begin, targets: targets.length },
    late: shown.filter(({ late }) => late > 0).length,
    redLines: shown.filter(({ redLine }) => redLine).length,
  }
  return {
    ...{ task: { id: task.id, title: task.title }, slack: told.slack, days: told.days, redLines: told.redLines },
    ...{ beginOn: day(begin), words: wordsOf(told), moves: shown, targets },
    path: path.map((one) => ({ id: one as TaskId, title: tasks.get(one)?.title ?? '' })),
  }
}

function admitted(task: TaskView | undefined): TaskView {
  if (task === undefined) throw new Fault('plan.task_not_found')
  if (task.latestStart === null) throw new Fault('plan.slip_untimed', { title: task.title })
  if (task.progress.share >= 1) throw new Fault('plan.slip_done', { title: task.title })
  return task
}

/** A task with the working days that are left of it. */
const leftOf = (task: TaskView): TaskView => ({
  ...task,
  days: Math.max(1, Math.ceil(task.days * (1 - task.progress.share))),
})

type ShownMove = Slip['moves'][number]
function moveView(
  { was, now, lastDay, late }: Move,
  task: TaskView | undefined,
  rows: ReadonlyMap<TargetId, TargetRow>,
  day: (at: number) => string,
): ShownMove | undefined {
  const target = task && rows.get(task.targetId)
  if (task === undefined || target === undefined) return undefined
  const end = day(now.finish)
  return {
    ...{ id: task.id, title: task.title, target: { id: target.id, title: target.title } },
    ...{ wasBegin: day(was.start), wasEnd: day(was.finish), begin: day(now.start), end, lastDay: day(lastDay), late },
    redLine: task.redLine && task.dueOn !== null && end > task.dueOn,
  }
}

/** The targets of which a moved task ends after the target's own day. */
function lateTargets(
  moves: readonly ShownMove[],
  rows: ReadonlyMap<TargetId, TargetRow>,
  until: (day: string) => number,
): Slip['targets'] {
  return [...Map.groupBy(moves, ({ target }) => target.id)].flatMap(([id, own]) => {
    const row = rows.get(id)
    const [end, wasEnd] = [latest(own.map((move) => move.end)), latest(own.map((move) => move.wasEnd))]
    if (row === undefined || row.dueOn === null || end <= row.dueOn) return []
    return { id, title: row.title, dueOn: row.dueOn, wasEnd, end, late: until(end) - until(row.dueOn) }
  })
}
const latest = (days: readonly string[]) => days.toSorted().at(-1) ?? ''

interface Told {
  readonly slack: number
  readonly days: number
  readonly late: number
  readonly targets: number
  readonly redLines: number
}
/** What follows, in a sentence. */
function wordsOf({ slack, days, late, targets, redLines }: Told): string {
  if (days <= 0) return '没有后延，各项日期不变。'
  if (late === 0)
    return `后延 ${days} 个工作日在机动时间（${Math.max(0, slack)} 个工作日）之内，各项最迟完成日期都能保住。`
  const parts = [
    `${late} 项任务超过最迟完成日期`,
    targets > 0 && `${targets} 个目标不能按期完成`,
    redLines > 0 && `${redLines} 条时间红线被突破`,
  ]
  const gap = slack < 0 ? `现在已经少了 ${-slack} 个工作日` : `机动时间只有 ${slack} 个工作日`
  return `后延 ${days} 个工作日，${gap}：${parts.filter(Boolean).join('，')}。`
}
