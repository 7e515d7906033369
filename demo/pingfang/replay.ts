import { callerOf } from '../caller.ts'
import type { House } from '../house.ts'
import { planIntake } from './intake.ts'
import { planOf } from './opinions.ts'
import { planRectification } from './rectify.ts'
import type { Stage, Step } from './stage.ts'
import { districtOf, type Story } from './story.ts'

const HOUR_MS = 3_600_000

export interface ReplayOptions {
  readonly password: string
  readonly progress: (done: number, of: number, what: string) => void
}

/**
 * Plays the drive of the story from its first day to the last item struck off (重放), through the API, on the house's clock. Whatever falls due
 * in between happens when it would have.
 * @returns who and what came to be, for those who count it
 */
export async function replay({ app, clock }: House, story: Story, options: ReplayOptions): Promise<Stage> {
  const ask = callerOf(app, options.password)
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
  steps.sort((a, b) => a.at.getTime() - b.at.getTime())
  const whole = steps.reduce((sum, { weight }) => sum + weight, 0)
  let [done, lastSweep] = [0, 0]
  for (const { at, what, weight, run } of steps) {
    clock.forward(at)
    if (at.getTime() - lastSweep > HOUR_MS) {
      await app.jobs.runAll()
      lastSweep = at.getTime()
    }
    options.progress(done, whole, `${at.toISOString().slice(0, 10)} ${what}`)
    await run()
    done += weight
  }
  await app.jobs.runAll()
  options.progress(whole, whole, '完成')
  return stage
}
