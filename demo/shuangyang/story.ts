import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DistrictSketch } from '../replay/district.ts'
import type { Stated } from '../replay/figure.ts'

/** The year in numbers (year.json): which projects and enterprises there are, and how often somebody goes there. */
export interface StoryYear {
  /** The Monday on which the mechanism begins. */
  readonly from: string
  readonly until: string
  readonly mechanism: string
  /** Projects of a hundred million yuan and more, each larger than the one before. */
  readonly big: { readonly name: string; readonly count: number; readonly leastYi: number; readonly stepYi: number }
  /** Projects carried on, with the days by which each was begun before the day that was frozen. */
  readonly continued: {
    readonly name: string
    readonly amountYi: number
    readonly frozenOn: string
    readonly startedOn: string
    readonly daysSaved: readonly number[]
  }
  readonly weeklyVisits: number
  readonly enterprises: {
    readonly name: string
    readonly count: number
    readonly visitsAMonth: number
    readonly officials: number
  }
  /** The months that the statistics bureau's table holds, and how many enterprises did what in them (效益). */
  readonly growth: {
    readonly from: string
    readonly to: string
    readonly grewByHalf: number
    readonly grewLess: number
    readonly turned: number
    readonly lossCut: number
  }
  /** Days of the supervisors' forums (软环境建设监督员座谈会). */
  readonly forums: readonly string[]
}

/** Where a figure of this article is read from. */
export type Source =
  | { readonly violations: true }
  | { readonly daysSaved: true }
  | { readonly least: 'week' | 'month' }
  | { readonly forums: true }
  | { readonly personTimes: true }
  | { readonly growth: 'grew' | 'grewByHalf' | 'lossCutOrTurned' }

export interface Story {
  readonly district: DistrictSketch
  readonly year: StoryYear
  readonly figures: readonly Stated<Source>[]
}

/** Reads the story of a folder, held to what can be true at once. @throws Error with a sentence about the file */
export function readStory(folder: string): Story {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  const story: Story = { district: read('district'), year: read('year'), figures: read('figures') }
  refuseImpossible(story)
  return story
}

/** @throws Error with every sentence that speaks against the numbers */
export function refuseImpossible({ year }: Pick<Story, 'year'>): void {
  const { from, until, continued, forums, enterprises, growth } = year
  const wrong = [
    new Date(`${from}T00:00:00Z`).getUTCDay() !== 1 && '机制须自星期一开始',
    until <= from && '截止日不在开始日之后',
    continued.frozenOn >= continued.startedOn && '预期日期须在实际开工之前冻结',
    forums.some((day) => day < from || day > until) && '座谈会不在起止日之内',
    Math.max(growth.grewByHalf + growth.grewLess, growth.turned + growth.lossCut) > enterprises.count &&
      '增长、减亏的企业比联系的企业多',
    (enterprises.officials < 1 || enterprises.officials > 2) && '每次走访为一人或两人',
  ].filter((one) => one !== false)
  if (wrong.length > 0) throw new Error(wrong.join('；'))
}
