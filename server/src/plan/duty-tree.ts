import type { DutyTree, PlanId, TaskView, UnitId } from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { listStandings, type Standing } from '#org'
import { planOf } from './tree.ts'

type Field = DutyTree['fields'][number]
type Unit = Field['units'][number]

/** The duty tree (责任树) of a plan: who has to do what, down to the person, and who has not opened it yet. @throws Fault 'plan.not_found' */
export async function dutyTree(tx: Tx, id: PlanId, calendar: Calendar, by: Actor): Promise<DutyTree> {
  const plan = await planOf(tx, id, calendar, by)
  const tasksOf = (field: (typeof plan.fields)[number]) => field.targets.flatMap(({ tasks }) => tasks)
  const all = plan.fields.flatMap(tasksOf)
  const ids = [...new Set(all.flatMap(({ unit }) => (unit === null ? [] : [unit.id as UnitId])))]
  const standings = new Map((await listStandings(tx, { ids, codes: [] }, plan.today)).map((unit) => [unit.id, unit]))
  const fields = plan.fields.map((field): Field => {
    const tasks = tasksOf(field)
    return { id: field.id, name: field.name, ...countsOf(tasks), units: unitsOf(tasks, standings) }
  })
  const { title, year, state, today } = plan
  return { plan: { id: plan.id, title, year, state }, today, ...countsOf(all), fields }
}

const countsOf = (tasks: readonly TaskView[]) => ({
  orders: tasks.filter(({ order }) => order !== null).length,
  unopened: tasks.filter(({ order }) => order !== null && order.openedAt === null).length,
  red: tasks.filter(({ progress }) => progress.light === 'red').length,
})

/** The units of a field; each directly before those that stand under it (街道、社区). */
function unitsOf(tasks: readonly TaskView[], standings: ReadonlyMap<UnitId, Standing>): Unit[] {
  const byUnit = Map.groupBy(
    tasks.filter(({ unit }) => unit !== null),
    ({ unit }) => unit?.id as UnitId,
  )
  const own = [...byUnit].flatMap(([id, of]) => {
    const standing = standings.get(id)
    const parent = standing?.parentId ?? null
    const under = parent !== null && byUnit.has(parent) ? parent : null
    return standing === undefined ? [] : [unitOf(standing, under, of)]
  })
  const below = (under: UnitId | null): Unit[] =>
    own.filter((unit) => unit.under === under).flatMap((unit) => [unit, ...below(unit.id)])
  return below(null)
}

function unitOf({ id, name, kind }: Standing, under: UnitId | null, tasks: readonly TaskView[]): Unit {
  const people = [...Map.groupBy(tasks, ({ person }) => person?.id ?? null)].map(([person, of]) => ({
    ...{ id: person, name: of[0]?.person?.name ?? '未定人', ...countsOf(of) },
    tasks: of.map((task) => ({ id: task.id, title: task.title, light: task.progress.light, order: task.order })),
  }))
  return { id, name, kind: kind as Unit['kind'], under, ...countsOf(tasks), people }
}
