import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TargetDefinition } from '../../contract/src/index.ts'
import type { Input } from '../caller.ts'
import type { DistrictSketch } from '../replay/district.ts'
import type { Stated } from '../replay/figure.ts'

/** Which objects a target names (对象): each by name, or so many by a pattern; `streets`: dealt out to the sub-districts in turn. */
export type StoryObjects =
  | { readonly names: readonly string[] }
  | { readonly name: string; readonly count: number; readonly streets?: boolean }

/** What is done of a target in the year; the check-ins are made from it. */
export type StoryDone =
  | { readonly finished: number }
  | { readonly total: number; readonly parts: number }
  | { readonly measured: { readonly from: number; readonly step: number } }
  | { readonly each: number }

export interface StoryTarget {
  readonly key: string
  readonly title: string
  readonly lead: string
  readonly duty: string
  readonly definition: Input<typeof TargetDefinition>
  readonly objects?: StoryObjects
  /** The last day of the year where none is given. */
  readonly due?: string
  readonly done: StoryDone
}

/** The year's battle map in numbers (plan.json): what is promised, and what is done of it. */
export interface StoryPlan {
  readonly year: number
  readonly title: string
  readonly banner: string
  readonly publishedOn: string
  /** The days on which those who answer check in (点检). */
  readonly checkDays: readonly string[]
  readonly until: string
  readonly checkedBy: string
  readonly fields: readonly { readonly name: string; readonly targets: readonly StoryTarget[] }[]
}

/** Where a figure of this article is read from. */
export type Source =
  | { readonly after: string; readonly workingDays: number }
  | { readonly fields: true }
  | { readonly field: string }
  | { readonly target: string; readonly take: Take }
export type Take = 'reached' | 'leastMeasured' | 'leastQuantity' | 'leastWords'

export interface Story {
  readonly district: DistrictSketch
  readonly plan: StoryPlan
  readonly figures: readonly Stated<Source>[]
}

/** Reads the story of a folder, held to what can be true at once. @throws Error with a sentence about the file */
export function readStory(folder: string): Story {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  const story: Story = { district: read('district'), plan: read('plan'), figures: read('figures') }
  refuseImpossible(story)
  return story
}

export const targetsOf = ({ fields }: StoryPlan) => fields.flatMap(({ targets }) => targets)
const countOf = ({ objects }: StoryTarget) =>
  objects === undefined ? 0 : 'names' in objects ? objects.names.length : objects.count

/** @throws Error with every sentence that speaks against the numbers */
export function refuseImpossible({ district, plan, figures }: Story): void {
  const targets = targetsOf(plan)
  const units = new Set(district.units.map(({ id }) => id))
  const [first = '', last = ''] = [plan.checkDays[0], plan.checkDays.at(-1)]
  const wrong = [
    (plan.checkDays.length === 0 || first < plan.publishedOn || last > plan.until) && '点检日不在公布之后、年底之前',
    ...targets.flatMap((target) => [
      !units.has(target.lead) && `“${target.title}”的责任单位不在地区文件里`,
      'finished' in target.done &&
        target.done.finished > countOf(target) &&
        `“${target.title}”完成 ${target.done.finished} 个，比点名的 ${countOf(target)} 个还多`,
      'total' in target.done &&
        !Number.isInteger(target.done.total) &&
        `“${target.title}”完成 ${target.done.total}，不是整数`,
      (target.due ?? plan.until) < first && `“${target.title}”在第一次点检之前就到期`,
    ]),
    ...figures.map(
      ({ name, source }) =>
        source !== undefined &&
        'target' in source &&
        !targets.some(({ key }) => key === source.target) &&
        `数字“${name}”要看的目标“${source.target}”不在作战图里`,
    ),
  ].filter((sentence) => sentence !== false)
  if (wrong.length > 0) throw new Error(`数字文件对不上：${wrong.join('；')}。`)
}
