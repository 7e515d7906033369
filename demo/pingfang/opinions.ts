import { apportion } from '../replay/apportion.ts'
import { dayOfDrive, type Form, kindsOf, lengthOf, type Story, type StoryProblem, type Who } from './story.ts'

/** One opinion (意见) before it is filed. */
export interface Opinion {
  readonly channel: string
  readonly problem: string
  readonly content: string
  readonly divisionCode: string
  readonly address: string | undefined
  readonly receivedAt: Date
  readonly anonymous: boolean
  readonly phone: string | undefined
  readonly enterprise: boolean
  /** Which session at the window heard it. */
  readonly session: number | undefined
}

/** A returned questionnaire (收回的问卷) before it is written into the file. */
export interface PlannedSheet {
  readonly number: string
  readonly on: string
  readonly voidReason: string | undefined
  readonly said: readonly { readonly problem: string; readonly content: string }[]
}

export interface Plan {
  readonly opinions: readonly Opinion[]
  readonly sheets: readonly PlannedSheet[]
}

type Random = () => number
/** The same numbers for the same seed on every machine (mulberry32). */
function randomFrom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
const pick = <T>(random: Random, values: readonly T[]): T => {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new Error('nothing to choose from')
  return value
}
function shuffled<T>(random: Random, values: readonly T[]): T[] {
  const keyed = values.map((value) => [random(), value] as const)
  return keyed.sort(([a], [b]) => a - b).map(([, value]) => value)
}

/** Every opinion and every sheet of the drive, the same for the same file. */
export function planOf(story: Story): Plan {
  const random = randomFrom(story.drive.seed)
  const said = new Set<string>()
  const matters = mattersOf(story, random)
  const write = (problem: string, channel: string, firm: boolean) => {
    for (;;) {
      const voice = voiceOf(story, random, { problem, channel, firm })
      if (said.has(voice.content)) continue
      said.add(voice.content)
      return voice
    }
  }
  const opinions = story.drive.channels.flatMap(({ id: channel, who }) => {
    const days = daysOf(story, random, channel, matters.get(channel)?.length ?? 0)
    return (matters.get(channel) ?? []).map((problem, i): Opinion => {
      const firm = isFirms(story, problem, who, random)
      const { day, session } = days[i] ?? { day: 1, session: undefined }
      const isNamed = random() < 0.8
      return {
        ...{ channel, problem, session, enterprise: firm, anonymous: !isNamed },
        ...write(problem, channel, firm),
        receivedAt: new Date(`${dayOfDrive(story.drive, day)}T${timeOf(random, session !== undefined)}+08:00`),
        phone: isNamed ? phoneOf(random) : undefined,
      }
    })
  })
  return {
    opinions: opinions.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime()),
    sheets: sheetsOf(
      story,
      random,
      (matters.get(story.drive.questionnaire.channel) ?? []).map((problem) => ({
        problem,
        content: write(problem, story.drive.questionnaire.channel, true).content,
      })),
    ),
  }
}

/** Which problem each opinion of a channel speaks of; no problem is left without a voice. */
function mattersOf({ drive }: Story, random: Random): ReadonlyMap<string, readonly string[]> {
  const { problems, questionnaire } = drive
  const sources = [
    ...drive.channels,
    { id: questionnaire.channel, count: questionnaire.opinions, who: 'firms' as const },
  ]
  const matters = new Map(
    sources.map(({ id, count, who }) => {
      const weights = problems.map(({ weights: { people, firms } }) =>
        who === 'people' ? people : who === 'firms' ? firms : people + firms,
      )
      const fallback = weights.some((weight) => weight > 0) ? weights : problems.map(() => 1)
      const parts = apportion(count, fallback)
      return [
        id,
        shuffled(
          random,
          problems.flatMap((problem, i) => Array.from({ length: parts[i] ?? 0 }, () => problem.id)),
        ),
      ] as const
    }),
  )
  for (const silent of problems.filter(({ id }) => [...matters.values()].every((some) => !some.includes(id))))
    giveVoice(matters, silent)
  return matters
}

/** One voice of the loudest problem of the largest channel speaks of the silent one instead. */
function giveVoice(matters: Map<string, string[]>, { id }: StoryProblem): void {
  const all = [...matters.values()].flat()
  const times = (problem: string) => all.filter((one) => one === problem).length
  const largest = [...matters.values()].reduce((most, some) => (some.length > most.length ? some : most))
  const loudest = largest.reduce((most, one) => (times(one) > times(most) ? one : most))
  largest[largest.indexOf(loudest)] = id
}

const WEEKEND = [0, 6]
/** The days of the opinions of a channel: more in the week than at its end; those at the window on the days of the sessions. */
function daysOf(story: Story, random: Random, channel: string, count: number) {
  const { drive } = story
  if (kindsOf(story).get(channel) === 'leaderWindow')
    return Array.from({ length: count }, (_, i) => {
      const session = i % drive.sessions.length
      return { day: drive.sessions[session]?.day ?? 1, session }
    })
  const days = Array.from({ length: lengthOf(drive) }, (_, i) => i + 1)
  const weights = days.map((day) =>
    WEEKEND.includes(new Date(`${dayOfDrive(drive, day)}T00:00:00Z`).getUTCDay()) ? 2 : 4,
  )
  const parts = apportion(count, weights)
  return shuffled(
    random,
    days.flatMap((day, i) => Array.from({ length: parts[i] ?? 0 }, () => ({ day, session: undefined }))),
  )
}
const two = (value: number) => String(value).padStart(2, '0')
const timeOf = (random: Random, atWindow: boolean) =>
  `${two(atWindow ? 9 + Math.floor(random() * 2) : 8 + Math.floor(random() * 9))}:${two(Math.floor(random() * 60))}:00`

const isFirms = ({ drive }: Story, id: string, who: Who, random: Random): boolean => {
  const { people = 0, firms = 0 } = drive.problems.find((problem) => problem.id === id)?.weights ?? {}
  return who === 'firms' || (who === 'both' && random() * (people + firms) < firms)
}

/** No telephone has such a number. */
const phoneOf = (random: Random) => `0451000${String(Math.floor(random() * 100_000)).padStart(5, '0')}`

/** The words of one opinion, and where it is. */
function voiceOf(
  { district, voices }: Story,
  random: Random,
  { problem, channel, firm }: { problem: string; channel: string; firm: boolean },
) {
  const forms = Object.entries(voices.forms).flatMap(([form, times]) => Array<Form>(times).fill(form as Form))
  const form = pick(random, forms)
  const estate = `${pick(random, voices.estates)}${1 + Math.floor(random() * 24)}号楼`
  const road = pick(random, voices.roads)
  const words: Readonly<Record<string, string>> = {
    ...{ place: estate, road, n: String(2 + Math.floor(random() * 12)) },
    ...{ firm: pick(random, voices.firms), person: firm ? pick(random, voices.firms) : pick(random, voices.persons) },
  }
  const sentence = pick(random, voices.voices[problem]?.[form] ?? [])
  const first = sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => words[name] ?? '')
  const address = sentence.includes('{place}') ? estate : sentence.includes('{road}') ? road : undefined
  const since = pick(random, firm ? voices.sinceFirms : voices.since)
  const streets = district.divisions.filter(({ kind }) => kind === 'street')
  return {
    content: `${voices.leads[channel] ?? ''}${first}。${since}${pick(random, voices.asks[form])}`,
    ...{ address, divisionCode: pick(random, streets).code },
  }
}

const VOID = ['空白卷', '同一企业重复填写', '只填了企业类型']
/** The sheets that came back: the valid ones with as many opinions as there are, spread evenly; the void ones among them. */
function sheetsOf({ drive }: Story, random: Random, said: PlannedSheet['said']): PlannedSheet[] {
  const { returned, valid, returnedOn } = drive.questionnaire
  const room = shuffled(
    random,
    Array.from({ length: valid }, (_, i) => said.filter((_, n) => n % valid === i)),
  )
  const isVoid = shuffled(
    random,
    Array.from({ length: returned }, (_, i) => i >= valid),
  )
  const filled = room.values()
  return isVoid.map((spoiled, i) => ({
    number: `QY-${String(i + 1).padStart(3, '0')}`,
    on: dayOfDrive(drive, returnedOn[Math.floor((i * returnedOn.length) / Math.max(returned, 1))] ?? 1),
    voidReason: spoiled ? pick(random, VOID) : undefined,
    said: spoiled ? [] : (filled.next().value ?? []),
  }))
}
