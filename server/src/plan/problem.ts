import type { CaseId, NewTaskProblem, TaskId, TaskProblem } from '@banjie/contract'
import { type CaseState, caseLight, type Engine, maskPersonal, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { actsFor, mayKeep } from '#target'
import type { TaskFacts } from './plan.sql.ts'
import { deleteProblem, insertProblem, listProblems, listTasksOfCase } from './task.sql.ts'
import { getTask } from './task-version.ts'

/** Who keeps a task's own rows: who answers for it or checks it, and who keeps the plan. */
export const keepsTask = async (tx: Tx, task: TaskFacts, by: Actor): Promise<boolean> =>
  mayKeep(by) || (await actsFor(tx, by, [task.unit?.id, task.checkUnit?.id]))

/**
 * Names a problem or another case as what a task has to overcome (难点挂任务).
 * @throws Fault 'plan.task_not_found' | 'forbidden' | 'case.not_found' | 'task.problem_known'
 */
export async function linkProblem(tx: Tx, engine: Engine, id: TaskId, input: NewTaskProblem, by: Actor): Promise<void> {
  const { task } = await getTask(tx, id)
  if (!(await keepsTask(tx, task, by))) throw new Fault('forbidden')
  const kase = await engine.get(tx, input.number, by)
  const note = input.note === undefined ? null : maskPersonal(input.note)
  if (!(await insertProblem(tx, id, kase.id, note, by))) throw new Fault('task.problem_known', { number: kase.number })
  await audit(tx, by, {
    action: 'linkProblem',
    objectKind: 'planTask',
    objectId: id,
    note: `${task.title} ${kase.number}`,
  })
}

/** @throws Fault 'plan.task_not_found' | 'forbidden' | 'task.problem_unknown' */
export async function unlinkProblem(tx: Tx, id: TaskId, caseId: CaseId, reason: string, by: Actor): Promise<void> {
  const { task } = await getTask(tx, id)
  if (!(await keepsTask(tx, task, by))) throw new Fault('forbidden')
  if (!(await deleteProblem(tx, id, caseId))) throw new Fault('task.problem_unknown')
  const note = `${task.title} ${caseId}：${maskPersonal(reason)}`
  await audit(tx, by, { action: 'unlinkProblem', objectKind: 'planTask', objectId: id, note })
}

/** The problems of a task as far as the caller sees them, each with the light of its own page. */
export async function problemsOf(tx: Tx, engine: Engine, id: TaskId, by: Actor): Promise<TaskProblem[]> {
  return (await listProblems(tx, id, sightOf(by))).map(({ byName, at, type, stage, dueKind, ...row }) => {
    const { caseId, number, title, leadUnit, list, note } = row
    const light = caseLight({ ...row, dueKind: dueKind as CaseState['dueKind'] }, by.at)
    return {
      ...{ caseId, number, title, light, leadUnit, list, note, by: byName, at: at.toISOString() },
      stageLabel: stageWord(engine.typeOf({ type }), stage),
    }
  })
}

/** The tasks that a case holds up. @throws Fault 'case.not_found' for one the caller does not see */
export async function tasksOfCase(tx: Tx, engine: Engine, id: CaseId, by: Actor) {
  await engine.get(tx, id, by)
  return listTasksOfCase(tx, id)
}
