import { routes } from '../contract/src/index.ts'
import type { DemoPlan, DemoTarget } from './district.ts'
import { type Doing, planTask, type Tasks, urlOf } from './task.ts'
import { DAY, dayAfter, HOUR, officeTime } from './time.ts'

interface Standing {
  id: string
  objects: ReadonlyMap<string, string>
  tasks: Tasks
  definition: object
}

/** The year's battle map (作战图): drafted and published on one day, then checked in on by those who answer for it. */
export function planPlan(map: DemoPlan, doing: Doing): void {
  const { call, plan, end } = doing
  const begin = officeTime(new Date(end.getTime() - map.daysAgo * DAY))
  const stood = new Map<DemoTarget, Standing>()
  plan(begin, async () => {
    const year = Number(dayAfter(begin, 0).slice(0, 4))
    const { id } = await call('supervisor', 'POST', routes.newPlan.path, { year, title: map.title, banner: map.banner })
    for (const field of map.fields) {
      const { fields } = await call('supervisor', 'POST', urlOf(routes.newPlanField, id), { name: field.name })
      const fieldId = fields.at(-1)?.id ?? ''
      for (const target of field.targets) stood.set(target, await draft(target, fieldId, doing))
    }
    await call('leader', 'POST', urlOf(routes.publishPlan, id))
  })
  for (const target of map.fields.flatMap(({ targets }) => targets)) {
    planCheckIns(target, stood, doing)
    for (const [i, task] of (target.tasks ?? []).entries())
      planTask(
        task,
        () => {
          const standing = stood.get(target)
          const written = standing?.tasks[i]
          if (standing === undefined || written === undefined) throw new Error(`demo: ${task.title} was not drafted`)
          return { id: written.id, target: standing.id }
        },
        doing,
      )
  }
}

async function draft(target: DemoTarget, fieldId: string, doing: Doing): Promise<Standing> {
  const { call, end, unitIds, heads } = doing
  const answering = async ({
    unitId,
    checkUnitId,
    duty,
    cadence,
  }: Pick<DemoTarget, 'unitId' | 'checkUnitId' | 'duty' | 'cadence'>) => {
    const unit = unitIds.get(unitId) ?? ''
    const people = (await call('supervisor', 'GET', `${routes.people.path}?unit=${unit}`)).items
    const known = doing.people.find(({ account }) => account === heads.get(unitId)?.handler)?.name
    const person = people.find(({ name }) => name === known) ?? people[0]
    return { unitId: unit, personId: person?.id, checkUnitId: unitIds.get(checkUnitId), duty, cadence }
  }
  const { title, definition, from, due, objects = [], tasks = [] } = target
  const created = await call('supervisor', 'POST', urlOf(routes.newTarget, fieldId), {
    ...{ title, ...(await answering(target)) },
    definition: { ...definition, startOn: dayAfter(end, -from), dueOn: dayAfter(end, due) },
    objects: objects.map(({ name, unitId }) => ({
      name,
      ...(unitId !== undefined && { unitId: unitIds.get(unitId) }),
    })),
  })
  let written: Tasks = []
  for (const { milestones = [], after = [], due: taskDue, opened, spendings, problem, change, ...task } of tasks) {
    const { fields } = await call('supervisor', 'POST', urlOf(routes.newTask, created.id), {
      ...{ ...task, ...(await answering(task)), dueOn: dayAfter(end, taskDue) },
      milestones: milestones.map(([name, day]) => ({ title: name, dueOn: dayAfter(end, day) })),
      after: after.map((i) => written[i]?.id),
    })
    written = fields.flatMap(({ targets }) => targets).find(({ id }) => id === created.id)?.tasks ?? []
  }
  return {
    ...{ id: created.id, tasks: written, definition: created.definition },
    objects: new Map(created.objects.map((object) => [object.name, object.id])),
  }
}

function planCheckIns(
  target: DemoTarget,
  stood: ReadonlyMap<DemoTarget, Standing>,
  { call, plan, end, heads }: Doing,
): void {
  const standing = () => {
    const found = stood.get(target)
    if (found === undefined) throw new Error(`demo: ${target.title} was not drafted`)
    return found
  }
  for (const [i, { daysAgo, object, task, milestone, ...told }] of target.checkIns.entries()) {
    const at = new Date(officeTime(new Date(end.getTime() - daysAgo * DAY)).getTime() + i)
    const unit = (task === undefined ? undefined : target.tasks?.[task]?.unitId) ?? target.unitId
    plan(at, async () => {
      const { id, objects, tasks } = standing()
      const about = task === undefined ? undefined : tasks[task]
      await call(heads.get(unit)?.handler ?? 'admin', 'POST', urlOf(routes.checkIn, id), {
        ...{ ...told, day: dayAfter(at, 0) },
        ...(object !== undefined && { objectId: objects.get(object) }),
        ...(about !== undefined && { taskId: about.id }),
        ...(milestone !== undefined && { milestoneId: about?.milestones[milestone]?.id }),
      })
    })
  }
  const { change } = target
  if (change !== undefined)
    plan(new Date(officeTime(new Date(end.getTime() - change.daysAgo * DAY)).getTime() + HOUR), async () => {
      const { id, definition } = standing()
      await call(heads.get(target.unitId)?.head ?? 'supervisor', 'POST', urlOf(routes.proposeTarget, id), {
        ...{ definition: { ...definition, value: change.value }, reason: change.reason },
      })
    })
}
