import { actOn, at, idIn, rowsOf } from '../replay/stage.ts'
import type { Stage } from './stage.ts'
import { dayOfDrive, type StoryProblem } from './story.ts'

/** What becomes of the problems: measures, commitments, an answer to everybody, call-backs, the work done, acceptance, and both lists solved. */
export function planRectification(stage: Stage): void {
  const { story, add } = stage
  const { steps, problems, superior } = story.drive
  add({ at: at(steps.sorted, '09:00'), what: '上级清单', run: () => matchLists(stage) })
  for (const problem of problems) {
    const { id, unit, commitment, deadline } = problem
    const [handler, head] = [`${unit}-handler`, `${unit}-head`]
    const act = (account: string, action: string, input: object) => () =>
      actOn(stage, account, action, { ids: [idIn(stage.ids.problem, id)], input: { ...input } })
    const promise = (account: string, action: string, input: object) => () =>
      actOn(stage, account, action, { ids: [idIn(stage.ids.commitment, id)], input: { ...input } })
    const day = (on: string, time: string, what: string, run: () => Promise<void>, weight = 1) =>
      add({ at: at(on, time), what, run, weight })
    day(steps.sorted, '09:30', '定措施', () => settleMeasures(stage, problem))
    day(steps.sorted, '10:30', '签收', act(handler, 'sign', {}))
    day(steps.committed, '09:30', '拟承诺', () => draftCommitment(stage, problem))
    day(steps.committed, '15:00', '审签承诺', promise(head, 'signCommitment', {}))
    day(steps.published, '09:00', '公开承诺', promise('supervisor', 'publishCommitment', {}))
    day(steps.answered, '10:00', '拟答复', act(handler, 'draftAnswer', answerOf(problem)))
    const voices = Math.round(stage.plan.opinions.length / problems.length)
    day(steps.signed, '10:00', '逐件答复', act(head, 'approveAnswer', {}), voices)
    const before = dayBefore(deadline)
    day(before, '15:00', '兑现', act(handler, 'fulfilPromise', { text: problem.result }), voices)
    day(before, '16:00', '确认兑现', promise('supervisor', 'fulfilCommitment', { text: `${commitment}已查看，属实。` }))
    day(deadline, '10:00', '验收销号', act('supervisor', 'strikeOff', { note: `现场查看：${problem.result}` }))
  }
  add({ at: at(steps.published, '10:00'), what: '公布清单', run: () => publishLists(stage) })
  const voices = stage.plan.opinions.length
  add({ at: at(steps.calledBack, '10:00'), what: '回访', weight: voices, run: () => callBack(stage) })
  add({ at: at(steps.calledBack, '16:00'), what: '办结', weight: voices, run: () => closeAll(stage) })
  for (const item of superior.items) planSuperior(stage, item)
}

const dayBefore = (day: string) => dayOfDrive({ from: day }, 0)
const dayAfter = (day: string) => dayOfDrive({ from: day }, 2)

/** An item of the superior's list is solved once all that answers to it is. */
function planSuperior(stage: Stage, { id, unit, title }: { id: string; unit: string; title: string }): void {
  const own = stage.story.drive.problems.filter(({ answersTo }) => answersTo === id)
  const last = own
    .map(({ deadline }) => deadline)
    .sort()
    .at(-1)
  const on = dayAfter(last ?? stage.story.drive.steps.calledBack)
  const act = (account: string, action: string, input: object) => () =>
    actOn(stage, account, action, { ids: [idIn(stage.ids.problem, id)], input: { ...input } })
  const done = `“${title}”对照的 ${own.length} 个问题全部验收销号。`
  const steps = [
    ['09:00', `${unit}-handler`, 'draftAnswer', { text: done, outcome: 'solved' }],
    ['11:00', `${unit}-head`, 'approveAnswer', {}],
    ['15:00', 'supervisor', 'strikeOff', { note: done }],
  ] as const
  for (const [time, account, action, input] of steps)
    stage.add({ at: at(on, time), what: '上级清单销号', run: act(account, action, input) })
}

/** The superior's list, matched item by item with our own, and the goal that is bound to both. */
async function matchLists({ ask, ids, story }: Stage): Promise<void> {
  const { superior, problems, goal } = story.drive
  const { items, deadline, ...list } = superior
  const aspects = [...new Set(items.map(({ aspect }) => aspect))]
  ids.superior = (
    await ask('supervisor', 'newProblemList', { body: { kind: 'superior', origin: 'superior', ...list, aspects } })
  ).id
  for (const { id, aspect, title, content, unit } of items) {
    const own = problems.filter(({ answersTo }) => answersTo === id)
    const body = {
      ...{ facts: { title, content }, aspect, foundBy: 'superior' as const, deadline, reason: '上级点题' },
      ...{ leadUnitId: idIn(ids.unit, unit), symptom: content, rootCause: `见本级清单对照的 ${own.length} 个问题。` },
      measures: own.map(({ measures }) => measures).join(''),
    }
    const item = await ask('supervisor', 'enlist', { params: { id: ids.superior }, body })
    ids.problem.set(id, item.id)
    await actOn({ ask }, `${unit}-handler`, 'sign', { ids: [item.id] })
    for (const { id: key } of own)
      await ask('supervisor', 'match', {
        params: { id: ids.superior },
        body: { superiorId: item.id, ownId: idIn(ids.problem, key) },
      })
  }
  await ask('supervisor', 'newGoal', { body: { title: goal, superiorListId: ids.superior, ownListId: ids.own } })
}

/** What it comes from, what is done against it, by when, and who owes it. */
async function settleMeasures(stage: Stage, problem: StoryProblem): Promise<void> {
  const { symptom, rootCause, measures, deadline, unit } = problem
  const ids = [idIn(stage.ids.problem, problem.id)]
  await actOn(stage, 'supervisor', 'diagnose', { ids, input: { symptom, rootCause, measures } })
  const dated = { deadline, reason: '清单确定的整改期限' }
  await actOn(stage, 'supervisor', 'setDeadline', { ids, input: dated })
  const leadUnitId = idIn(stage.ids.unit, unit)
  await actOn(stage, 'dispatcher', 'dispatch', { ids, input: { leadUnitId, note: '按清单交办' } })
}

async function draftCommitment({ ask, ids }: Stage, problem: StoryProblem): Promise<void> {
  const body = { caseId: idIn(ids.problem, problem.id), text: problem.commitment, deadline: problem.deadline }
  const { id } = await ask(`${problem.unit}-handler`, 'commit', { params: { id: ids.own }, body })
  ids.commitment.set(problem.id, id)
}

/** What everybody who spoke of it is told; the engine puts before it what this person has said and when. */
const answerOf = ({ measures, commitment, deadline }: StoryProblem) => ({
  text: `责任单位已定措施：${measures}公开承诺：${commitment}`,
  ...{ outcome: 'promised', promisedOn: deadline },
})

async function publishLists({ ask, ids }: Stage): Promise<void> {
  for (const id of [ids.superior, ids.own])
    await ask('supervisor', 'turnProblemList', { params: { id, action: 'publish' }, body: { version: 1 } })
}

const GRADES = [5, 4, 5, 3, 5, 4]
/** Whoever can be called is called. */
async function callBack(stage: Stage): Promise<void> {
  const rows = await rowsOf(stage, { drive: stage.ids.drive, type: 'appeal', stage: 'answered' })
  const graded = rows.map(({ id }, i) => ({ id, grade: GRADES[i % GRADES.length] ?? 5 }))
  for (const [grade, some] of Map.groupBy(graded, (one) => one.grade))
    await actOn(stage, 'caller', 'callBack', {
      ids: some.map(({ id }) => id),
      input: { reached: true, satisfied: true, grade, note: '已告知措施、承诺和期限。' },
    })
}

async function closeAll(stage: Stage): Promise<void> {
  const rows = await rowsOf(stage, { drive: stage.ids.drive, type: 'appeal', stage: 'calledBack' })
  await actOn(stage, 'caller', 'close', { ids: rows.map(({ id }) => id) })
}
