import type { House } from '../house.ts'
import type { Step } from './stage.ts'

const HOUR_MS = 3_600_000

export type Progress = (done: number, of: number, what: string) => void
export interface PlayOptions {
  readonly password: string
  readonly progress: Progress
}

/** Plays steps in the order of their moments, on the house's clock (重放). Whatever falls due in between happens when it would have. */
export async function playSteps({ app, clock }: House, steps: readonly Step[], progress: Progress): Promise<void> {
  const ordered = steps.toSorted((a, b) => a.at.getTime() - b.at.getTime())
  const whole = ordered.reduce((sum, { weight }) => sum + weight, 0)
  let [done, lastSweep] = [0, 0]
  for (const { at, what, weight, run } of ordered) {
    clock.forward(at)
    if (at.getTime() - lastSweep > HOUR_MS) {
      await app.jobs.runAll()
      lastSweep = at.getTime()
    }
    progress(done, whole, `${at.toISOString().slice(0, 10)} ${what}`)
    await run()
    done += weight
  }
  await app.jobs.runAll()
  progress(whole, whole, '完成')
}
