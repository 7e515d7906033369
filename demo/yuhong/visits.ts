import { randomUUID } from 'node:crypto'
import type { LiaisonTargetKind, VisitKind } from '../../contract/src/index.ts'
import { inTurn, nameOf, placeOf } from '../replay/pattern.ts'
import { at, idIn, inLanes } from '../replay/stage.ts'
import { planHandling, type Raised } from './handle.ts'
import { LANES, leaderOf } from './register.ts'
import { dayAt, type Stage } from './stage.ts'
import type { Matter } from './story.ts'

/** A visit (走访) before it is made. */
interface Planned {
  readonly day: number
  readonly target: string
  readonly official: string
  readonly kind: VisitKind
  readonly tags: readonly string[]
  readonly raises?: Matter & { readonly solved: boolean }
}
/** The sheets are entered at the end of every fifth working day. */
const ENTERED = 5

/** Every visit but those of the one enterprise that was visited three times; entered week by week, and what was raised goes its way. */
export function planVisits(stage: Stage): void {
  const visits = [...organisations(stage), ...projects(stage), ...enterprises(stage), ...others(stage)]
  const weekOf = ({ day }: Planned) => Math.floor(day / ENTERED)
  for (const [week, some] of Map.groupBy(visits, weekOf)) {
    const entered = Math.min(stage.length - 1, week * ENTERED + ENTERED - 1)
    const raised: Raised[] = []
    stage.add({
      ...{ at: at(dayAt(stage, entered), '17:00'), what: '登记走访', weight: some.length },
      run: () => inLanes(some, LANES, async (visit) => void raised.push(...(await record(stage, visit)))),
    })
    const matters = some.flatMap(({ raises }) => raises ?? [])
    if (matters.length > 0) planHandling(stage, entered, { raised, weight: matters.length })
  }
}

/** So many visits to so many targets, from the first day to the last, each target in turn. */
function visitsTo(
  { story: { told }, length }: Stage,
  kind: LiaisonTargetKind,
  { name, count, visits }: { readonly name: string; readonly count: number; readonly visits: number },
): Planned[] {
  return Array.from({ length: visits }, (_, i) => ({
    ...{ day: placeOf(i, visits, length), target: nameOf(name, i % count), official: leaderOf(told, kind, i % count) },
    ...{ kind: 'onSite', tags: [told.liaisonTag] },
  }))
}

/** Of the visits to organisations, as many as joined an activity, spread among all. */
function organisations(stage: Stage): Planned[] {
  const { visits, activities } = stage.story.told.organisations
  const joined = (i: number) => Math.floor(((i + 1) * activities) / visits) > Math.floor((i * activities) / visits)
  return visitsTo(stage, 'organisation', stage.story.told.organisations).map((visit, i) =>
    joined(i) ? { ...visit, kind: 'activity' } : visit,
  )
}

/** What is raised at projects is raised on the first visits, and solved. */
function projects(stage: Stage): Planned[] {
  const { problems, matters } = stage.story.told.projects
  return visitsTo(stage, 'project', stage.story.told.projects).map((visit, i) =>
    i < problems ? { ...visit, raises: { ...inTurn(matters, i), solved: true } } : visit,
  )
}

/** The first visit to each key enterprise counts for the campaign, too; what is raised is raised on the last ones, and still in hand. */
function enterprises(stage: Stage): Planned[] {
  const { enterprises: sketched, campaign } = stage.story.told
  const quiet = sketched.visits - sketched.problems
  return visitsTo(stage, 'enterprise', sketched).map((visit, i) => ({
    ...visit,
    ...(i < sketched.count && { tags: [...visit.tags, campaign.tag] }),
    ...(i >= quiet && { raises: { ...inTurn(sketched.matters, i - quiet), solved: false } }),
  }))
}

/** All other enterprises are visited once for the campaign; what is raised on the first visits is solved, on the last ones it is still in hand. */
function others(stage: Stage): Planned[] {
  const { campaign, enterprises: sketched, thirdVisit } = stage.story.told
  const solved = campaign.solved - thirdVisit.problems.length
  const last = campaign.others.count - (campaign.problems - campaign.solved)
  return visitsTo(stage, 'enterprise', { ...campaign.others, visits: campaign.others.count }).map((visit, i) => ({
    ...{ ...visit, tags: [campaign.tag] },
    ...((i < solved || i >= last) && { raises: { ...inTurn(sketched.matters, i), solved: i < solved } }),
  }))
}

async function record(stage: Stage, { day, target, official, kind, tags, raises }: Planned): Promise<Raised[]> {
  const content = raises && `${target}反映：${raises.sentence}`
  const { cases } = await stage.ask('supervisor', 'newVisit', {
    body: {
      ...{ clientId: randomUUID(), targetId: idIn(stage.ids.target, target), kind, tags: [...tags] },
      ...{ on: dayAt(stage, day), officials: [idIn(stage.ids.person, official)] },
      problems: raises === undefined || content === undefined ? [] : [{ content, aspect: raises.aspect }],
    },
  })
  return raises === undefined ? [] : cases.map(({ id }) => ({ id, unit: raises.unit, solved: raises.solved }))
}
