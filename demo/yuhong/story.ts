import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FoundBy } from '../../contract/src/index.ts'
import type { DistrictSketch } from '../replay/district.ts'
import type { Stated } from '../replay/figure.ts'
import type { Source } from './figures.ts'

/** What is raised on visits: under which aspect, for which unit, in which words. */
export interface Matter {
  readonly aspect: string
  readonly unit: string
  readonly sentence: string
}
interface Sketched {
  readonly name: string
  readonly count: number
}

/** What the leaders of a district do in a winter, in numbers (story.json). Nothing in it is a total of other numbers in it. */
export interface StoryFile {
  readonly from: string
  readonly until: string
  readonly leaders: {
    readonly name: string
    readonly ranks: readonly { readonly rankId: string; readonly post: string; readonly count: number }[]
  }
  /** What visits of the liaison carry, so that those of the campaign are told apart. */
  readonly liaisonTag: string
  /** `activities`: on so many of the visits an activity was joined. */
  readonly organisations: Sketched & { readonly visits: number; readonly activities: number }
  /** `problems`: raised, and solved before the end. */
  readonly projects: Sketched & {
    readonly visits: number
    readonly problems: number
    readonly matters: readonly Matter[]
  }
  /** `problems`: raised on the last visits, and in hand at the end. */
  readonly enterprises: Sketched & {
    readonly visits: number
    readonly problems: number
    readonly matters: readonly Matter[]
  }
  /** The campaign goes to the key enterprises, to `others`, and to the one of the third visit; each is contacted once at least. */
  readonly campaign: {
    readonly title: string
    readonly tag: string
    readonly superior: string
    readonly banner: string
    readonly others: Sketched
    /** Those of the third visit among them. */
    readonly problems: number
    readonly solved: number
  }
  /** An official comes, comes again, and comes a last time to see that it is done. */
  readonly thirdVisit: {
    readonly enterprise: string
    readonly official: { readonly name: string; readonly post: string; readonly street: number }
    readonly days: readonly string[]
    readonly unit: string
    readonly problems: readonly string[]
    readonly quote: string
  }
  readonly style: {
    readonly title: string
    readonly aspects: readonly string[]
    readonly found: Readonly<Partial<Record<FoundBy, number>>>
    readonly rectified: number
    readonly channels: number
    readonly openedOn: string
    readonly deadline: string
  }
  readonly weak: Sketched & {
    readonly title: string
    readonly transformed: number
    readonly openedOn: string
    readonly deadline: string
  }
}
export interface Story {
  readonly district: DistrictSketch
  readonly told: StoryFile
  readonly figures: readonly Stated<Source>[]
}

/** Reads the story of a folder, held to what can be true at once. @throws Error with a sentence about the file */
export function readStory(folder: string): Story {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  const story: Story = { district: read('district'), told: read('story'), figures: read('figures') }
  refuseImpossible(story)
  return story
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
export const leadersOf = ({ leaders }: StoryFile) => sumOf(leaders.ranks.map(({ count }) => count))
const foundOf = ({ style }: StoryFile) => sumOf(Object.values(style.found))

/** @throws Error with every sentence that speaks against the numbers */
export function refuseImpossible({ district, told }: Story): void {
  const { organisations, projects, enterprises, campaign, thirdVisit, style, weak } = told
  const units = new Set(district.units.map(({ id }) => id))
  const matters = [...projects.matters, ...enterprises.matters]
  const others = campaign.problems - thirdVisit.problems.length
  const bound = organisations.count + projects.count + enterprises.count
  const wrong = [
    told.until <= told.from && '结束日不在开始日之后',
    leadersOf(told) > bound && `包保领导 ${leadersOf(told)} 名，比包保对象 ${bound} 个还多`,
    organisations.activities > organisations.visits &&
      `参加活动 ${organisations.activities} 次，比深入基层党组织 ${organisations.visits} 次还多`,
    enterprises.visits < enterprises.count + enterprises.problems &&
      `走访 ${enterprises.visits} 次，不够 ${enterprises.count} 户各去一次再收集 ${enterprises.problems} 条问题`,
    projects.problems > projects.visits &&
      `项目问题 ${projects.problems} 个，比到项目的 ${projects.visits} 次还多（每次一个）`,
    (others < 0 || others > campaign.others.count) &&
      `活动收集 ${campaign.problems} 条，对不上企业 ${campaign.others.count} 户和第三次上门的 ${thirdVisit.problems.length} 条`,
    (campaign.solved > campaign.problems || campaign.solved < thirdVisit.problems.length) &&
      `活动解决 ${campaign.solved} 条，对不上收集的 ${campaign.problems} 条`,
    thirdVisit.days.length < 2 && '上门至少两次，最后一次看收尾',
    style.rectified > foundOf(told) && `整改 ${style.rectified} 个，比查出的 ${foundOf(told)} 个还多`,
    weak.transformed > weak.count && `转化 ${weak.transformed} 个，比列入的 ${weak.count} 个还多`,
    [...matters, thirdVisit].some(({ unit }) => !units.has(unit)) && '有的责任单位不在地区文件里',
    thirdVisit.official.street > district.streets.count && '第三次上门的街道不在地区文件里',
  ].filter((sentence) => sentence !== false)
  if (wrong.length > 0) throw new Error(`数字文件对不上：${wrong.join('；')}。`)
}
