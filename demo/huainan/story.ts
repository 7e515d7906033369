import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DistrictSketch } from '../replay/district.ts'
import type { Stated } from '../replay/figure.ts'
import type { Source } from './figures.ts'

/** Loans of a product that came as far as `to`, an amount in yuan each, each to another enterprise. */
export interface StoryLoans {
  readonly product: string
  readonly label: string
  readonly partner: string
  readonly to: 'intent' | 'approval' | 'lent'
  readonly yuan: readonly number[]
  /** Intents that the bank–enterprise meetings brought, in turn. */
  readonly fromMeetings?: boolean
  readonly expected?: { readonly from: string; readonly to: string; readonly words: string }
}
/** Something that was put right (办实事): what it brought about in figures, and who outside had to act for it. */
export interface StoryWork {
  readonly title: string
  readonly unit: string
  readonly on: string
  readonly answer: string
  readonly quantities: readonly {
    readonly kind: string
    readonly what: string
    readonly value: number
    readonly qualifier?: string
  }[]
  readonly outside?: { readonly body: string; readonly letter: string; readonly asks: string; readonly result: string }
}
/** The year of the zone in numbers (story.json). */
export interface Told {
  readonly from: string
  readonly until: string
  /** Enterprises, of which so many are above the statistical scale and bound to a leader. */
  readonly firms: { readonly name: string; readonly count: number; readonly aboveScale: number }
  readonly leaders: { readonly name: string; readonly count: number }
  /** What the departments find themselves, in equal parts on some days. */
  readonly found: {
    readonly count: number
    readonly on: readonly string[]
    readonly units: readonly string[]
    readonly words: readonly string[]
  }
  readonly works: readonly StoryWork[]
  readonly payments: {
    readonly unit: string
    readonly programmes: readonly string[]
    readonly rows: number
    readonly yuan: number
  }
  readonly meetings: readonly {
    readonly kind: string
    readonly title: string
    readonly on: readonly string[]
    /** How many enterprises come to each. */
    readonly firms?: readonly number[]
  }[]
  readonly loans: readonly StoryLoans[]
  readonly whitelist: {
    readonly product: string
    readonly title: string
    readonly criteria: string
    readonly validTo: string
    readonly waiting: number
  }
}
export interface Story {
  readonly district: DistrictSketch
  readonly told: Told
  readonly figures: readonly Stated<Source>[]
}

/** Reads the story of a folder, held to what can be true at once. @throws Error with a sentence about the file */
export function readStory(folder: string): Story {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  const story: Story = { district: read('district'), told: read('story'), figures: read('figures') }
  refuseImpossible(story)
  return story
}

/** @throws Error with every sentence that speaks against the numbers */
export function refuseImpossible({ told: { firms, payments, meetings, loans, whitelist } }: Story): void {
  const most = Math.max(whitelist.waiting, ...loans.map(({ yuan }) => yuan.length))
  const wrong = [
    most > firms.count && `企业只有 ${firms.count} 户，放不下 ${most} 户`,
    firms.aboveScale > firms.count && `规上企业 ${firms.aboveScale} 户，比企业 ${firms.count} 户多`,
    payments.yuan < payments.rows && `拨付 ${payments.yuan} 元，分不成 ${payments.rows} 笔`,
    meetings.some(({ firms: come, on }) => come !== undefined && come.length !== on.length) &&
      '会议的企业数和次数不一样多',
    meetings.reduce((sum, { firms: come = [] }) => sum + come.reduce((a, b) => a + b, 0), 0) > firms.count &&
      '参会企业比登记的企业多',
  ].filter((sentence) => sentence !== false)
  if (wrong.length > 0) throw new Error(`数字文件对不上：${wrong.join('；')}。`)
}
