import type { Confidence } from '#text'

/** How often a suggestion of some confidence was what the person then decided (命中). */
export interface Hit {
  readonly confidence: Confidence
  readonly right: number
  readonly of: number
}
/** The latest judgements (采纳情况): each suggestion is judged before its lesson is learned, so none is judged by what it taught. */
export interface Hits {
  note(confidence: Confidence, isRight: boolean): void
  read(): Hit[]
}

/** Of these many the share is told: what was right last year says little about today. */
const LATEST = 1000
const STEPS = ['sure', 'likely', 'unsure'] as const satisfies readonly Confidence[]

export function createHits(): Hits {
  const latest: { confidence: Confidence; isRight: boolean }[] = []
  return {
    note(confidence, isRight) {
      latest.push({ confidence, isRight })
      if (latest.length > LATEST) latest.shift()
    },
    read: () =>
      STEPS.map((confidence) => {
        const judged = latest.filter((one) => one.confidence === confidence)
        return { confidence, right: judged.filter(({ isRight }) => isRight).length, of: judged.length }
      }),
  }
}
