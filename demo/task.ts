import { type District, routes, type TaskDetail } from '../contract/src/index.ts'
import type { DemoPlan } from './district.ts'
import type { DemoLists } from './list.ts'
import { DAY, dayAfter, HOUR, officeTime } from './time.ts'

interface Identified {
  readonly id: string
  readonly name: string
  readonly title: string
}
interface Answered extends Identified {
  readonly items: readonly (Identified & { readonly unitId: string; readonly number: string })[]
  readonly objects: readonly Identified[]
  readonly definition: object
  readonly fields: readonly (Identified & { readonly targets: readonly { id: string; tasks: Tasks }[] })[]
}
export type Tasks = readonly { readonly id: string; readonly milestones: readonly Identified[] }[]
export interface Doing {
  readonly call: (account: string, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) => Promise<Answered>
  readonly plan: (at: Date, run: () => Promise<void>) => void
  readonly end: Date
  readonly heads: ReadonlyMap<string, { handler: string; head: string }>
  readonly unitIds: ReadonlyMap<string, string>
  readonly people: District['people']
  readonly lists: DemoLists
}
export const urlOf = (route: { readonly path: string }, id: string) => route.path.replace(':id', id)

type DemoTask = NonNullable<DemoPlan['fields'][number]['targets'][number]['tasks']>[number]
interface Written {
  readonly id: string
  readonly target: string
}

/** What became of a task once the plan ran: opened, paid for, held up, and to be changed. */
export function planTask(task: DemoTask, written: () => Written, { call, plan, end, heads, lists }: Doing): void {
  const on = (daysAgo: number, more: number) =>
    new Date(officeTime(new Date(end.getTime() - daysAgo * DAY)).getTime() + more)
  const unit = heads.get(task.unitId)
  const { opened, spendings = [], problem, change } = task
  if (opened !== undefined)
    plan(on(opened, HOUR), async () => {
      await call(unit?.handler ?? 'admin', 'POST', urlOf(routes.openTask, written().id))
    })
  for (const [i, { daysAgo, fen, document }] of spendings.entries()) {
    const at = on(daysAgo, i)
    plan(at, async () => {
      const paid = { day: dayAfter(at, 0), fen, document }
      await call(unit?.handler ?? 'admin', 'POST', urlOf(routes.newSpending, written().id), paid)
    })
  }
  if (problem !== undefined)
    plan(on(problem.daysAgo, HOUR), async () => {
      const { items } = await call('supervisor', 'GET', urlOf(routes.problemList, lists.own))
      const number = items.find(({ title }) => title === problem.title)?.number
      const body = { number, note: problem.note }
      await call('supervisor', 'POST', urlOf(routes.linkProblem, written().id), body)
    })
  if (change !== undefined)
    plan(on(change.daysAgo, HOUR), async () => {
      const now = (await call('supervisor', 'GET', urlOf(routes.task, written().id))) as unknown as TaskDetail
      const { title, duty, cadence, dueOn, redLine, quantity, quantityUnit, budget, after, milestones } = now
      const body = {
        ...{ title, duty, cadence, dueOn, redLine, quantity, unit: quantityUnit, budget, after, days: change.days },
        ...{ unitId: now.unit?.id, personId: now.person?.id, checkUnitId: now.checkUnit?.id },
        milestones: milestones.map((one) => ({ title: one.title, dueOn: one.dueOn })),
      }
      const proposal = { task: body, reason: change.reason }
      await call(unit?.head ?? 'supervisor', 'POST', urlOf(routes.proposeTask, written().id), proposal)
    })
}
