import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Channel, District, DriveLine } from '../../contract/src/index.ts'

/** Whose matter a problem or a channel is: the people's, the enterprises', or both. */
export type Who = 'people' | 'firms' | 'both'

/** A problem (突出问题) of the district's own list; the weights say how often each side speaks of it. */
export interface StoryProblem {
  readonly id: string
  readonly aspect: string
  readonly topic: string
  readonly title: string
  readonly unit: string
  readonly weights: { readonly people: number; readonly firms: number }
  readonly symptom: string
  readonly rootCause: string
  readonly measures: string
  readonly deadline: string
  readonly commitment: string
  readonly result: string
  /** The item of the superior's list that it answers to. */
  readonly answersTo: string
}

/** The drive in numbers (drive.json): what comes in by which way and what it is merged into. Nothing in it is a total. */
export interface StoryDrive {
  readonly title: string
  readonly from: string
  readonly to: string
  readonly unit: string
  readonly audience: string
  readonly topics: readonly string[]
  readonly seed: number
  readonly channels: readonly { readonly id: string; readonly count: number; readonly who: Who }[]
  readonly sessions: readonly { readonly day: number; readonly place: string; readonly presidedBy: string }[]
  readonly questionnaire: {
    readonly channel: string
    readonly issues: readonly {
      readonly day: number
      readonly quantity: number
      readonly recipients: string
      readonly unit: string
    }[]
    /** Sheets that came back, those of them that are valid, and the opinions that stand on the valid ones. */
    readonly returned: number
    readonly valid: number
    readonly opinions: number
    readonly returnedOn: readonly number[]
  }
  /** What the article states, to stand beside what is counted. */
  readonly article: readonly { readonly line: DriveLine; readonly value: number; readonly source: string }[]
  readonly notes: Readonly<Partial<Record<DriveLine, string>>>
  readonly steps: Readonly<Record<'sorted' | 'committed' | 'published' | 'answered' | 'signed' | 'calledBack', string>>
  readonly own: { readonly title: string; readonly note: string }
  readonly superior: {
    readonly title: string
    readonly sourceDocument: string
    readonly sourceOn: string
    readonly deadline: string
    readonly items: readonly {
      readonly id: string
      readonly aspect: string
      readonly title: string
      readonly content: string
      readonly unit: string
    }[]
  }
  readonly goal: string
  readonly problems: readonly StoryProblem[]
}

export type Form = 'complaint' | 'consult' | 'suggestion' | 'help'

/** Words from which the opinions are made (voices.json): places, speakers, and sentences for each problem. */
export interface Voices {
  readonly estates: readonly string[]
  readonly roads: readonly string[]
  readonly firms: readonly string[]
  readonly persons: readonly string[]
  readonly leads: Readonly<Record<string, string>>
  readonly since: readonly string[]
  readonly sinceFirms: readonly string[]
  readonly asks: Readonly<Record<Form, readonly string[]>>
  readonly forms: Readonly<Record<Form, number>>
  readonly voices: Readonly<Record<string, Readonly<Record<Form, readonly string[]>>>>
}

export interface Story {
  readonly district: District
  readonly drive: StoryDrive
  readonly voices: Voices
}

/** Most opinions that a sheet has room for. */
export const SHEET_COLUMNS = 3

/** Reads the story of a folder, held to what can be true at once. @throws Error with a sentence about the file */
export function readStory(folder: string): Story {
  const read = (name: string) => JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))
  const story: Story = { district: read('district'), drive: read('drive'), voices: read('voices') }
  refuseImpossible(story)
  return story
}

/** @throws Error with every sentence that speaks against the numbers */
export function refuseImpossible({ district, drive, voices }: Story): void {
  const { questionnaire: sheets, channels, problems, sessions } = drive
  const issued = sumOf(sheets.issues.map(({ quantity }) => quantity))
  const kinds = new Map((district.channels ?? []).map(({ id, kind }) => [id, kind]))
  const atWindow = channels.filter(({ id, count }) => kinds.get(id) === 'leaderWindow' && count > 0)
  const units = new Set(district.units.map(({ id }) => id))
  const items = new Set(drive.superior.items.map(({ id }) => id))
  const wrong = [
    sheets.returned > issued && `收回 ${sheets.returned} 张，比发放的 ${issued} 张还多`,
    sheets.valid > sheets.returned && `有效 ${sheets.valid} 张，比收回的 ${sheets.returned} 张还多`,
    sheets.opinions > sheets.valid * SHEET_COLUMNS &&
      `${sheets.valid} 张有效问卷写不下 ${sheets.opinions} 条意见（每张至多 ${SHEET_COLUMNS} 条）`,
    sheets.returned > 0 && sheets.returnedOn.length === 0 && '收回了问卷，却没有收回日期',
    atWindow.length > 0 && sessions.length === 0 && '坐窗口有意见，却没有一场坐窗口',
    totalOf(drive) < problems.length && `意见 ${totalOf(drive)} 条，比问题 ${problems.length} 个还少`,
    [...channels, { id: sheets.channel }].some(({ id }) => !kinds.has(id)) && '有的渠道不在地区文件里',
    [...problems, ...drive.superior.items].some(({ unit }) => !units.has(unit)) && '有的责任单位不在地区文件里',
    problems.some(({ answersTo }) => !items.has(answersTo)) && '有的问题对照不上上级清单的项目',
    problems.some(({ id }) => voices.voices[id] === undefined) && '有的问题没有意见的句子',
  ].filter((sentence) => sentence !== false)
  if (wrong.length > 0) throw new Error(`数字文件对不上：${wrong.join('；')}。`)
}

export const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)
/** The only total there is: the sum of the parts. */
export const totalOf = ({ channels, questionnaire }: Pick<StoryDrive, 'channels' | 'questionnaire'>) =>
  sumOf(channels.map(({ count }) => count)) + questionnaire.opinions

/** The kind of each channel of the story. */
export const kindsOf = ({ district }: Pick<Story, 'district'>): ReadonlyMap<string, Channel> =>
  new Map((district.channels ?? []).map(({ id, kind }) => [id, kind]))

const DAY_MS = 86_400_000
/** The local day that is the n-th of the drive, the first being 1. */
export const dayOfDrive = ({ from }: Pick<StoryDrive, 'from'>, n: number) =>
  new Date(Date.parse(`${from}T00:00:00Z`) + (n - 1) * DAY_MS).toISOString().slice(0, 10)
/** How many days the drive lasts, both ends included. */
export const lengthOf = ({ from, to }: Pick<StoryDrive, 'from' | 'to'>) =>
  Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1

/** The district as the API takes it: every problem is a matter of its own under one of the five topics, with its unit in the catalogue. */
export function districtOf({ district, drive: { problems } }: Story): District {
  const matters = problems.map(({ id, title, topic }) => ({
    ...{ id, label: title, parentId: topic, words: [], class: 'complex' as const, urgent: false },
  }))
  const rows = problems.map(({ id, unit, title }, i) => ({
    ...{ row: `F${String(i + 1).padStart(3, '0')}`, topicId: id, leadUnitId: unit, assistingUnitIds: [], basis: title },
  }))
  return {
    ...district,
    topics: [...district.topics, ...matters],
    dispatchCatalogue: { ...district.dispatchCatalogue, rows },
  }
}
