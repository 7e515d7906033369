import { routes } from '../contract/src/index.ts'
import type { Acted, DemoDistrict, DemoProblem } from './district.ts'
import type { Stage } from './stage.ts'
import { DAY, dayAfter, HOUR, officeTime } from './time.ts'

type Doing = Pick<Stage<Acted>, 'call' | 'plan' | 'end' | 'heads' | 'units'>
/** The lists of the demo; their ids, and those of the superior's items, are known once their day has come. */
export interface DemoLists {
  own: string
  superior: string
  readonly asked: Map<string, string>
}

const LISTS = routes.problemLists.path
const SUPERIOR_MONTHS = 60
const EVERYBODY_PROMISED = 1

/** The lists (清单): our own with an aspect for every problem, the superior's, and the goal bound to both. */
export function planLists(file: DemoDistrict, doing: Doing): DemoLists {
  const { call, plan, end } = doing
  const lists: DemoLists = { own: '', superior: '', asked: new Map() }
  const oldest = Math.max(...file.problems.map(({ daysAgo }) => daysAgo))
  const newest = Math.min(...file.problems.map(({ daysAgo }) => daysAgo))
  const idOf = async (account: string, url: string, body: object) =>
    ((await call(account, 'POST', url, body)) as unknown as { id: string }).id
  plan(officeTime(new Date(end.getTime() - (oldest + 2) * DAY)), async () => {
    const aspects = (of: readonly { aspect: string }[]) => [...new Set(of.map(({ aspect }) => aspect))]
    lists.own = await idOf('supervisor', LISTS, { ...file.lists.own, aspects: aspects(file.problems) })
    lists.superior = await idOf('supervisor', LISTS, { ...file.lists.superior, aspects: aspects(file.lists.asked) })
    for (const asked of file.lists.asked)
      lists.asked.set(
        asked.title,
        await idOf('supervisor', `${LISTS}/${lists.superior}/items`, askedItem(asked, doing)),
      )
    const goal = { title: '两个解决', superiorListId: lists.superior, ownListId: lists.own }
    await call('leader', 'POST', routes.newGoal.path, goal)
    await call('supervisor', 'POST', `${LISTS}/${lists.superior}/actions/publish`, { version: 1 })
  })
  // By now the newest problem has a unit, and somebody owes each of them.
  plan(officeTime(new Date(end.getTime() - (newest - EVERYBODY_PROMISED) * DAY)), async () => {
    await call('supervisor', 'POST', `${LISTS}/${lists.own}/actions/publish`, { version: 1 })
  })
  return lists
}

const askedItem = (asked: DemoDistrict['lists']['asked'][number], { units, end }: Doing) => ({
  aspect: asked.aspect,
  facts: { title: asked.title, content: asked.content },
  ...{ foundBy: 'superior', deadline: dayAfter(end, SUPERIOR_MONTHS), reason: '上级清单点题' },
  ...(units.some(({ code }) => code === asked.unit) && {
    leadUnitId: units.find(({ code }) => code === asked.unit)?.id,
  }),
})

/** Opens a demo problem as an item of the list, matched to what the superior asked for. */
export async function enlistProblem(
  lists: DemoLists,
  { title, content, aspect, symptom, rootCause, measures, foundBy, answersTo }: DemoProblem,
  call: Stage<Acted>['call'],
): Promise<{ id: string; number: string }> {
  const item = (await call('supervisor', 'POST', `${LISTS}/${lists.own}/items`, {
    ...{ facts: { title, content }, aspect, symptom, rootCause, measures, foundBy, reason: '多渠道意见归并' },
  })) as unknown as { id: string; number: string }
  const superiorId = lists.asked.get(answersTo)
  if (superiorId !== undefined)
    await call('supervisor', 'POST', `${LISTS}/${lists.superior}/crosswalk`, { superiorId, ownId: item.id })
  return item
}

/** A unit's word about its problem (公开承诺): drafted, signed by its head, published; perhaps corrected later. */
export function planPromise(
  lists: DemoLists,
  { promise, correction }: DemoProblem,
  { call, plan, end }: Doing,
  { start, unit, problem }: { start: Date; unit: { handler: string; head: string }; problem: () => string },
): void {
  if (promise === undefined) return
  let id = ''
  const act = (account: string, action: string, input: object) => async () => {
    const { case: present } = await call('supervisor', 'GET', `/api/v1/cases/${id}`)
    if (present.stage !== 'broken')
      await call(account, 'POST', `/api/v1/cases/${id}/actions/${action}`, { version: present.version, input })
  }
  const after = (hours: number, run: () => Promise<void>) =>
    plan(officeTime(new Date(start.getTime() + hours * HOUR)), run)
  after(48, async () => {
    const said = { caseId: problem(), text: promise.text, deadline: dayAfter(start, promise.days) }
    id = ((await call(unit.handler, 'POST', `${LISTS}/${lists.own}/commitments`, said)) as unknown as { id: string }).id
  })
  after(72, act(unit.head, 'signCommitment', {}))
  after(96, act('supervisor', 'publishCommitment', {}))
  if (correction === undefined || new Date(start.getTime() + correction.after * DAY) > end) return
  const { text, days, reason } = correction
  after(
    correction.after * 24,
    act(unit.handler, 'correctCommitment', { text, reason, deadline: dayAfter(start, days) }),
  )
  after((correction.after + 1) * 24, act(unit.head, 'signCorrection', {}))
}
