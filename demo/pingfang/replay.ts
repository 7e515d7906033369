import { callerOf } from '../caller.ts'
import type { House } from '../house.ts'
import { type PlayOptions, playSteps } from '../replay/play.ts'
import type { Step } from '../replay/stage.ts'
import { planIntake } from './intake.ts'
import { planOf } from './opinions.ts'
import { planRectification } from './rectify.ts'
import type { Stage } from './stage.ts'
import { districtOf, type Story } from './story.ts'

/**
 * Plays the drive of the story from its first day to the last item struck off (重放), through the API, on the house's clock.
 * @returns who and what came to be, for those who count it
 */
export async function replay(house: House, story: Story, options: PlayOptions): Promise<Stage> {
  const ask = callerOf(house.app, options.password)
  await ask('admin', 'setDistrict', { body: districtOf(story) })
  const steps: Step[] = []
  const stage: Stage = {
    ...{ ask, story, plan: planOf(story) },
    add: ({ weight = 1, ...step }) => void steps.push({ ...step, weight }),
    ids: {
      ...{ drive: '', own: '', superior: '', unit: new Map(), channel: new Map(), session: [] },
      ...{ problem: new Map(), commitment: new Map() },
    },
  }
  for (const { id, code } of (await ask('clerk', 'units')).items) stage.ids.unit.set(code, id)
  planIntake(stage)
  planRectification(stage)
  await playSteps(house, steps, options.progress)
  return stage
}
