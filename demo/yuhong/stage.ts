import type { ListKind } from '../../contract/src/index.ts'
import type { AddStep, Asking } from '../replay/stage.ts'
import type { Story } from './story.ts'

/** What those who play a part of the story are given; the ids are known once their moment has come. */
export interface Stage extends Asking {
  readonly story: Story
  readonly add: AddStep
  /** Working days of the story, from its first, and those that come after its last. */
  readonly days: readonly string[]
  /** How many of the days are the story's own. */
  readonly length: number
  readonly ids: {
    readonly unit: Map<string, string>
    readonly person: Map<string, string>
    readonly target: Map<string, string>
    campaign: string
    /** The visit that found all finished, and the cases it was about. */
    verifying: string
    readonly verified: string[]
    /** The two lists by their kind. */
    readonly list: Map<ListKind, string>
  }
}

/** The n-th working day of the story. @throws Error past the days that were asked for */
export function dayAt({ days }: Pick<Stage, 'days'>, n: number): string {
  const day = days[n]
  if (day === undefined) throw new Error(`no working day ${n}`)
  return day
}
