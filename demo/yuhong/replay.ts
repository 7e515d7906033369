import { callerOf } from '../caller.ts'
import type { House } from '../house.ts'
import { districtOf, streetCode } from '../replay/district.ts'
import { nameOf } from '../replay/pattern.ts'
import { type PlayOptions, playSteps } from '../replay/play.ts'
import { type Asking, at, type Step } from '../replay/stage.ts'
import { planCampaigns } from './campaign.ts'
import { planLists } from './lists.ts'
import { planRegister } from './register.ts'
import type { Stage } from './stage.ts'
import { leadersOf, type Story, type StoryFile } from './story.ts'
import { planThirdVisit } from './third-visit.ts'
import { planVisits } from './visits.ts'

/**
 * Plays a winter of the leaders' liaison (重放包保走访): who is bound to what, every visit, what was raised on it and what became of that, the lists
 * of style problems and of weak organisations. Through the API, on the house's clock.
 */
export async function replay(house: House, story: Story, options: PlayOptions): Promise<Stage> {
  const ask = callerOf(house.app, options.password)
  const { told } = story
  await ask('admin', 'setDistrict', { body: districtOf(story.district, peopleOf(told)) })
  const days = await workingDays({ ask }, told)
  const steps: Step[] = []
  const stage: Stage = {
    ...{ ask, story, days, length: days.filter((day) => day <= told.until).length },
    add: ({ weight = 1, ...step }) => void steps.push({ ...step, weight }),
    ids: {
      ...{ unit: new Map(), person: new Map(), target: new Map() },
      ...{ campaign: '', verifying: '', verified: [], list: new Map() },
    },
  }
  for (const { id, code } of (await ask('supervisor', 'units')).items) stage.ids.unit.set(code, id)
  for (const { id, name } of (await ask('supervisor', 'people')).items) stage.ids.person.set(name, id)
  planCampaigns(stage)
  planRegister(stage)
  planVisits(stage)
  planThirdVisit(stage)
  planLists(stage)
  stage.add({ at: at(told.until, '18:00'), what: '截止', run: async () => undefined })
  await playSteps(house, steps, options.progress)
  return stage
}

const DAYS_PER_YEAR = 366
const AFTERWARDS = 15
const DAY_MS = 86_400_000
/** The working days by the district's own calendar, and some more for what is still under way at the end. */
async function workingDays({ ask }: Asking, { from, until }: StoryFile): Promise<string[]> {
  const eve = new Date(Date.parse(from) - DAY_MS).toISOString().slice(0, 10)
  const length = Math.ceil((Date.parse(until) - Date.parse(from)) / DAY_MS)
  if (length > DAYS_PER_YEAR) throw new Error(`${from}–${until} 超过一年。`)
  const query = { from: eve, amount: length + AFTERWARDS, unit: 'workingDay' as const }
  const { days } = await ask('supervisor', 'due', { query })
  return days.filter(({ counted }) => counted > 0).map(({ date }) => date)
}

/** Leaders have no accounts: what they did is entered from the sheets that they hand in. */
function peopleOf(told: StoryFile) {
  const posts = told.leaders.ranks.flatMap(({ rankId, post, count }) =>
    Array.from({ length: count }, () => ({ rankId, post })),
  )
  const { name, post, street } = told.thirdVisit.official
  return [
    ...Array.from({ length: leadersOf(told) }, (_, i) => ({
      ...{ id: `leader-${i + 1}`, name: nameOf(told.leaders.name, i), unitId: 'government', roles: [], ...posts[i] },
    })),
    { id: 'visitor', name, post, unitId: streetCode(street - 1), roles: [] },
  ]
}
