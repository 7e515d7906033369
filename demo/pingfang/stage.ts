import type { AddStep, Asking } from '../replay/stage.ts'
import type { Plan } from './opinions.ts'
import type { Story } from './story.ts'

/** What those who play a part of the story are given; the ids are known once their moment has come. */
export interface Stage extends Asking {
  readonly story: Story
  readonly plan: Plan
  readonly add: AddStep
  readonly ids: {
    drive: string
    own: string
    superior: string
    readonly unit: Map<string, string>
    readonly channel: Map<string, string>
    readonly session: string[]
    /** Problems of the own list and items of the superior's, by their id in the file. */
    readonly problem: Map<string, string>
    readonly commitment: Map<string, string>
  }
}
