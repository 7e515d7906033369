import type { Tx } from '#kernel/store'
import type { Question } from './indicator.sql.ts'
import { listStopped } from './indicator.sql.ts'

/** Days of a group: those on which the clock stood still, and all. */
export interface StoppedDays {
  readonly key: string
  readonly numerator: number
  readonly denominator: number
}

const DAY = 86_400_000
const dayNumber = (day: string) => Date.parse(day) / DAY

/**
 * Share of stopped time (暂停时长占比), in natural days: how many of the days between the start of the handling clocks and their answers the clocks
 * stood still. Overlapping stops are counted once.
 */
export async function measureStopped(tx: Tx, question: Question): Promise<readonly StoppedDays[]> {
  const groups = new Map<string, { numerator: number; denominator: number }>()
  for (const { key, fromDay, toDay, stops } of await listStopped(tx, question)) {
    const [first, last] = [dayNumber(fromDay), dayNumber(toDay)]
    const still = new Set<number>()
    for (const stop of stops)
      for (let day = Math.max(first, dayNumber(stop.from)); day <= Math.min(last, dayNumber(stop.to)); day++)
        still.add(day)
    const group = groups.get(key) ?? { numerator: 0, denominator: 0 }
    groups.set(key, {
      numerator: group.numerator + still.size,
      denominator: group.denominator + last - first + 1,
    })
  }
  return [...groups].map(([key, days]) => ({ key, ...days }))
}
