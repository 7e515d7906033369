import { callerOf } from '../caller.ts'
import type { House } from '../house.ts'
import { apportion } from '../replay/apportion.ts'
import { districtOf, HEAD, streetCode } from '../replay/district.ts'
import { inTurn, nameOf, placeOf } from '../replay/pattern.ts'
import { type PlayOptions, playSteps } from '../replay/play.ts'
import { type AddStep, type Asking, at, idIn, type Step } from '../replay/stage.ts'
import { type Story, type StoryObjects, type StoryTarget, targetsOf } from './story.ts'

export interface Stage extends Asking {
  readonly story: Story
  readonly add: AddStep
  readonly ids: {
    plan: string
    readonly unit: Map<string, string>
    /** Targets by their key in the file, and the objects of each by name. */
    readonly target: Map<string, string>
    readonly objects: Map<string, ReadonlyMap<string, string>>
  }
}

/** Plays the year of the battle map (重放作战图): published after the holiday, checked in on until its last day, through the API. */
export async function replay(house: House, story: Story, options: PlayOptions): Promise<Stage> {
  const ask = callerOf(house.app, options.password)
  await ask('admin', 'setDistrict', { body: districtOf(story.district) })
  const steps: Step[] = []
  const stage: Stage = {
    ...{ ask, story },
    add: ({ weight = 1, ...step }) => void steps.push({ ...step, weight }),
    ids: { plan: '', unit: new Map(), target: new Map(), objects: new Map() },
  }
  for (const { id, code } of (await ask('supervisor', 'units')).items) stage.ids.unit.set(code, id)
  const { publishedOn, until } = story.plan
  stage.add({ at: at(publishedOn, '09:00'), what: '编制作战图', run: () => draft(stage) })
  stage.add({ at: at(publishedOn, '16:00'), what: '公布作战图', run: () => publish(stage) })
  for (const target of targetsOf(story.plan)) planCheckIns(stage, target)
  stage.add({ at: at(until, '18:00'), what: '年底', run: async () => undefined })
  await playSteps(house, steps, options.progress)
  return stage
}

async function draft({ ask, story, ids }: Stage): Promise<void> {
  const { year, title, banner, fields, publishedOn, until, checkedBy } = story.plan
  ids.plan = (await ask('supervisor', 'newPlan', { body: { year, title, banner } })).id
  const people = (await ask('supervisor', 'people')).items
  for (const { name, targets } of fields) {
    const plan = await ask('supervisor', 'newPlanField', { params: { id: ids.plan }, body: { name } })
    const field = plan.fields.at(-1)?.id ?? ''
    for (const { key, title: what, lead, duty, definition, objects, due = until } of targets) {
      const head = people.find(({ unitId, post }) => unitId === ids.unit.get(lead) && post === HEAD)
      const { id, objects: named } = await ask('supervisor', 'newTarget', {
        params: { id: field },
        body: {
          ...{ title: what, unitId: idIn(ids.unit, lead), personId: head?.id, duty, cadence: 'monthly' },
          checkUnitId: idIn(ids.unit, checkedBy),
          definition: { ...definition, startOn: publishedOn, dueOn: due },
          objects: objects === undefined ? [] : objectsOf(objects, story.district.streets.count, ids.unit),
        },
      })
      ids.target.set(key, id)
      ids.objects.set(key, new Map(named.map((object) => [object.name, object.id])))
    }
  }
}

const publish = async ({ ask, ids }: Stage) => void (await ask('leader', 'publishPlan', { params: { id: ids.plan } }))

const namesOf = (objects: StoryObjects) =>
  'names' in objects ? [...objects.names] : Array.from({ length: objects.count }, (_, i) => nameOf(objects.name, i))
const objectsOf = (objects: StoryObjects, streets: number, units: ReadonlyMap<string, string>) =>
  namesOf(objects).map((name, i) => ({
    name,
    ...('streets' in objects && objects.streets && { unitId: idIn(units, streetCode(i % streets)) }),
  }))

/** One check-in (点检) before its day has come. */
interface Told {
  readonly object?: string
  readonly quantity?: number
  readonly measured?: number
  readonly words?: readonly string[]
  readonly done?: boolean
}
/** What is told of a target, in the order in which it is told. */
function toldOf({ done, objects, definition: { words = [] } }: StoryTarget): Told[] {
  const names = objects === undefined ? [] : namesOf(objects)
  if ('total' in done)
    return apportion(
      done.total,
      Array.from({ length: done.parts }, () => 1),
    ).map((quantity) => ({ quantity }))
  if ('measured' in done)
    return names.map((object, i) => ({ object, measured: done.measured.from + i * done.measured.step }))
  if ('each' in done)
    return Array.from({ length: done.each }).flatMap(() => names.map((object) => ({ object, quantity: 1 })))
  const finished = names.slice(0, done.finished)
  if (words.length === 0) return finished.map((object) => ({ object, done: true }))
  const half = Math.ceil(words.length / 2)
  return [words.slice(0, half), words.slice(half)].flatMap((some) =>
    finished.map((object) => ({ object, words: some })),
  )
}

/** Whoever answers for a target checks in on it, on the days on which all do, until it is due. */
function planCheckIns(stage: Stage, target: StoryTarget): void {
  const { checkDays, until } = stage.story.plan
  const days = checkDays.filter((day) => day <= (target.due ?? until))
  const told = toldOf(target)
  const onDay = told.map((one, i) => ({ one, day: inTurn(days, placeOf(i, told.length, days.length)) }))
  for (const [day, some] of Map.groupBy(onDay, (each) => each.day))
    stage.add({
      ...{ at: at(day, '15:00'), what: `点检：${target.title}`, weight: some.length },
      run: async () => {
        for (const { one } of some) await checkIn(stage, target, day, one)
      },
    })
}

async function checkIn({ ask, ids }: Stage, target: StoryTarget, day: string, told: Told): Promise<void> {
  const { object, words = [], ...rest } = told
  await ask(`${target.lead}-handler`, 'checkIn', {
    params: { id: idIn(ids.target, target.key) },
    body: {
      ...{ ...rest, day, words: [...words], evidence: `${target.title}验收台账（${day}）` },
      ...(object !== undefined && { objectId: ids.objects.get(target.key)?.get(object) }),
    },
  })
}
