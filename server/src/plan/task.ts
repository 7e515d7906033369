import { TARGET_VERSION_STATE, type TaskDetail, type TaskId, type TaskVersion } from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Engine } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { mayApprove } from '#target'
import { listPlanTargets } from './plan.sql.ts'
import { keepsTask, problemsOf } from './problem.ts'
import { spendingsOf } from './spending.ts'
import { listTaskVersions, type TaskVersionRow } from './task.sql.ts'
import { changesOf, getTask, mayPropose } from './task-version.ts'
import { branchesOf } from './tree.ts'

/** One task with its place in time, its problems, its money and its versions (任务详情). @throws Fault 'plan.task_not_found' */
export async function taskOf(tx: Tx, engine: Engine, id: TaskId, calendar: Calendar, by: Actor): Promise<TaskDetail> {
  const { plan, field, target, task } = await getTask(tx, id)
  const today = dayOf(by.at)
  const ids = (await listPlanTargets(tx, plan.id)).map(({ targetId }) => targetId)
  const branches = await branchesOf(tx, plan, ids, calendar, today)
  const all = [...branches.values()].flatMap(({ tasks }) => tasks)
  const own = branches.get(target)
  const view = all.find((one) => one.id === id)
  if (own === undefined || view === undefined) throw new Fault('plan.task_not_found')
  const titled = (tasks: typeof all) => tasks.map((one) => ({ id: one.id, title: one.title }))
  const [runs, keeps] = [plan.state === 'published', await keepsTask(tx, task, by)]
  return {
    ...{ ...view, field, today, plan: { id: plan.id, title: plan.title, year: plan.year, state: plan.state } },
    target: { id: target, title: own.row.title },
    before: titled(all.filter((one) => view.after.includes(one.id))),
    next: titled(all.filter((one) => one.after.includes(id))),
    linked: await problemsOf(tx, engine, id, by),
    spendings: await spendingsOf(tx, id),
    versions: versionsOf(await listTaskVersions(tx, id), by),
    may: {
      propose: runs && !task.changeWaits && (await mayPropose(tx, task, by)),
      ...{ link: keeps, spend: runs && keeps },
      open: view.order !== null && view.order.openedAt === null && view.person?.id === by.personId,
    },
  }
}

/** Newest first; each is told by what it changed of the one that held when it was proposed. */
function versionsOf(rows: readonly TaskVersionRow[], by: Actor): TaskVersion[] {
  return rows.map((row, i) => {
    const before = rows.slice(i + 1).find(({ state }) => state === 'approved')
    return {
      ...{ version: row.version, state: row.state, stateLabel: TARGET_VERSION_STATE[row.state] },
      words: before === undefined ? '公布时的任务' : changesOf(before.definition, row.definition),
      ...{ task: row.definition, reason: row.reason, proposer: row.proposerName },
      ...{ proposedAt: row.proposedAt.toISOString(), approver: row.approverName, note: row.note },
      decidedAt: row.decidedAt?.toISOString() ?? null,
      decidable: row.state === 'proposed' && row.proposerId !== by.personId && mayApprove(by),
    }
  })
}
