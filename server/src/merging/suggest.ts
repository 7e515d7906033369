import type { CaseId, SuggestedGroup } from '@banjie/contract'
import { keepLinks, type Links, type Pair } from './keep-links.ts'

/** A voice or a problem as the grouping knows it. */
export interface Spoken {
  readonly id: CaseId
  readonly number: string
  readonly title: string
  readonly content: string
  readonly place: string | null
  readonly category: string | null
  readonly confidential: boolean
  readonly party: string | null
  /** Who said it; null where nobody can know. */
  readonly reporter: string | null
}

/** What a run of grouping is given: plain data, for it goes to a thread of its own. */
export interface GroupingTask {
  readonly voices: readonly Spoken[]
  /** Problems that voices could be attached to. */
  readonly problems: readonly Spoken[]
  readonly links: Links
  /** Parties of which a person has said that they are one. */
  readonly samePeople: readonly Pair[]
}
export interface Suggestions {
  readonly groups: readonly SuggestedGroup[]
  readonly single: number
}

/** How texts are compared: handed in, so that the rules below can be held to their word with any grouping whatever. */
export interface Reading {
  readonly group: (
    texts: readonly { readonly id: string; readonly title: string; readonly body: string }[],
    links: { readonly mustLink: readonly Pair[]; readonly cannotLink: readonly Pair[] },
  ) => { readonly cases: readonly (readonly string[])[]; readonly problems: readonly (readonly string[])[] }
  readonly words: (text: string) => readonly string[]
}

const WORDS_SHOWN = 6
const WHY_SHOWN = 3

/**
 * Suggested groups (归并建议) in two levels, the larger first: what is probably one problem, and within it what is probably one matter. A group of
 * one is suggested only where there is a problem for it. People's decisions hold whatever the texts say.
 */
export function suggest({ voices, problems, links, samePeople }: GroupingTask, reading: Reading): Suggestions {
  const all = [...voices, ...problems]
  const byId = new Map<string, Spoken>(all.map((spoken) => [spoken.id, spoken]))
  const found = reading.group(
    all.map(({ id, title, content }) => ({ id, title, body: content })),
    { mustLink: links.must, cannotLink: links.cannot },
  )
  const vocabulary = vocabularyOf(all, reading.words)
  const voiceIds = new Set<string>(voices.map(({ id }) => id))
  const personOf = peopleOf(voices, samePeople)
  const sides = keepLinks(found.problems, links)
    .flatMap((group) => bySecrecy(group, byId))
    .map((group) => ({
      members: group.flatMap((id) => (voiceIds.has(id) ? (byId.get(id) ?? []) : [])),
      beside: group.flatMap((id) => (voiceIds.has(id) ? [] : (byId.get(id) ?? []))),
    }))
  const wanted = sides.filter(
    ({ members, beside }) => members.length > 1 || (members.length === 1 && beside.length > 0),
  )
  const matterOf = new Map(found.cases.flatMap((group, n) => group.map((id) => [id, n] as const)))
  const groups = wanted
    .map(({ members, beside }) => ({
      ...groupView(members, beside, fitFor(members, problems, links), vocabulary),
      ...countPeople(members, personOf),
      matters: mattersOf(members, matterOf, links),
    }))
    .sort((a, b) => b.size - a.size || (a.typicalId < b.typicalId ? -1 : 1))
  return {
    groups: groups.map((group, n) => ({ key: String(n + 1), ...group })),
    single: voices.length - groups.reduce((sum, { size }) => sum + size, 0),
  }
}

/** Problems of which nobody has said that one of these does not belong to them. */
function fitFor(members: readonly Spoken[], problems: readonly Spoken[], { cannot }: Links): readonly Spoken[] {
  const ids = new Set<string>(members.map(({ id }) => id))
  const not = new Set(cannot.flatMap(([one, other]) => (ids.has(one) ? [other] : ids.has(other) ? [one] : [])))
  const isSecret = members.every(({ confidential }) => confidential)
  return problems.filter(({ id, confidential }) => !not.has(id) && confidential === isSecret)
}

/** A confidential voice can only be merged with its like, so it is only suggested with its like. */
function bySecrecy(group: readonly string[], byId: ReadonlyMap<string, Spoken>): readonly string[][] {
  const parts = Object.groupBy(group, (id) => (byId.get(id)?.confidential === true ? 'secret' : 'plain'))
  return [parts.plain ?? [], parts.secret ?? []].filter(({ length }) => length > 0)
}

interface Vocabulary {
  readonly wordsOf: (spoken: Spoken) => ReadonlySet<string>
  /** How rare a word is among all texts; 0 for what every second one says. */
  readonly weight: (word: string) => number
}

/** Words of two and more characters that are no number and no place. */
function vocabularyOf(all: readonly Spoken[], cut: Reading['words']): Vocabulary {
  const known = new Map(all.map((spoken) => [spoken.id, tellingWords(spoken, cut)]))
  const counts = new Map<string, number>()
  for (const words of known.values()) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  return {
    wordsOf: ({ id }) => known.get(id) ?? new Set(),
    weight: (word) => Math.max(0, Math.log((all.length + 1) / ((counts.get(word) ?? 0) + 0.5))),
  }
}
const TELLING = /^\p{Script=Han}{2,}$/u
const PLACE = /(?:大街|大道|路|街|街道|小区|花园|家园|社区|村|广场|区|市|县|镇|乡|苑)$/u
/** What every letter says. */
const POLITE = new Set(
  '你好 您好 我们 请问 希望 反映 问题 情况 领导 有关 相关 部门 政府 现在 没有 可以 已经 一个 进行 什么 怎么 居民 业主 群众 尊敬 谢谢 解决 处理 尽快 附近 多次 这个 因为 但是 就是 大家 你们 他们 自己 还是 一直 如果 时候'.split(
    ' ',
  ),
)
const tellingWords = ({ title, content, place }: Spoken, cut: Reading['words']): ReadonlySet<string> =>
  new Set(
    cut(`${title}。${content}`).filter(
      (word) => TELLING.test(word) && !PLACE.test(word) && !POLITE.has(word) && place?.includes(word) !== true,
    ),
  )

/** So much of what makes a group a problem has to share to be suggested for it. */
const ENOUGH = 0.4

/** What a group is about: words most of its members share and few others use, its place, its most typical member, the problem it fits. */
function groupView(
  members: readonly Spoken[],
  beside: readonly Spoken[],
  others: readonly Spoken[],
  vocabulary: Vocabulary,
) {
  const { wordsOf } = vocabulary
  const telling = tellingOf(members, vocabulary)
  const score = new Map(telling.map(({ word, score: value }) => [word, value]))
  const sum = (words: Iterable<string>) => [...words].reduce((total, word) => total + (score.get(word) ?? 0), 0)
  const density = (spoken: Spoken) => sum(wordsOf(spoken)) / (8 + wordsOf(spoken).size)
  const [typical] = members.toSorted((a, b) => density(b) - density(a) || (a.id < b.id ? -1 : 1))
  const shared = (problem: Spoken) => telling.flatMap(({ word }) => (wordsOf(problem).has(word) ? [word] : []))
  // A short problem and long letters are seldom alike as texts; what the group is about may still be what the problem is about.
  const fits = (problem: Spoken) => shared(problem).length >= 2 && sum(wordsOf(problem)) >= sum(score.keys()) * ENOUGH
  const candidates = beside.length > 0 ? beside : others.filter(fits)
  const [nearest] = candidates.toSorted((a, b) => sum(wordsOf(b)) - sum(wordsOf(a)))
  return {
    title: typical?.title ?? '',
    typicalId: typical?.id ?? ('' as CaseId),
    words: telling.slice(0, WORDS_SHOWN).map(({ word }) => word),
    place: mostOf(members.map(({ place }) => place)),
    size: members.length,
    category: mostOf(members.map(({ category }) => category)),
    confidential: members.every(({ confidential }) => confidential),
    problem: nearest === undefined ? null : { ...namedOf(nearest), why: shared(nearest).slice(0, WHY_SHOWN) },
  }
}
const namedOf = ({ id, number, title }: Spoken) => ({ id, number, title })

/** Words that at least a third of the members share, the most telling first. */
function tellingOf(members: readonly Spoken[], { wordsOf, weight }: Vocabulary) {
  const shares = new Map<string, number>()
  for (const member of members) for (const word of wordsOf(member)) shares.set(word, (shares.get(word) ?? 0) + 1)
  const least = members.length === 1 ? 1 : Math.max(2, Math.ceil(members.length / 3))
  return [...shares]
    .filter(([, count]) => count >= least)
    .map(([word, count]) => ({ word, score: (count / members.length) * weight(word) }))
    .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1))
}

/** What at least half of them have, or null. */
function mostOf(values: readonly (string | null)[]): string | null {
  const groups = Map.groupBy(values, (value) => value)
  const [top] = [...groups].sort(([, a], [, b]) => b.length - a.length)
  return top !== undefined && top[1].length * 2 >= values.length ? top[0] : null
}

/** The second level: members that are probably one matter, most telling first. */
function mattersOf(
  members: readonly Spoken[],
  matterOf: ReadonlyMap<string, number>,
  links: Links,
): SuggestedGroup['matters'] {
  const ids = new Set<string>(members.map(({ id }) => id))
  const within = ([one, other]: Pair) => ids.has(one) && ids.has(other)
  const groups = Map.groupBy(members, ({ id }) => matterOf.get(id) ?? id)
  const kept = keepLinks(
    [...groups.values()].map((some) => some.map(({ id }) => id)),
    { must: links.must.filter(within), cannot: links.cannot.filter(within) },
  )
  const titleOf = new Map<string, string>(members.map(({ id, title }) => [id, title]))
  return kept
    .map((some) => ({ ids: some as CaseId[], title: titleOf.get(some[0] ?? '') ?? '' }))
    .sort((a, b) => b.ids.length - a.ids.length)
}

/** The person behind each voice (软身份): the same phone, else the same name, else parties that somebody has confirmed to be one. */
function peopleOf(voices: readonly Spoken[], samePeople: readonly Pair[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>()
  const rootOf = (key: string): string => {
    const above = first.get(key)
    return above === undefined || above === key ? key : rootOf(above)
  }
  const reporterOf = new Map(
    voices.flatMap(({ party, reporter }) => (party && reporter ? [[party, reporter] as const] : [])),
  )
  for (const [one, other] of samePeople) {
    const [a, b] = [reporterOf.get(one), reporterOf.get(other)]
    if (a !== undefined && b !== undefined) first.set(rootOf(a), rootOf(b))
  }
  return new Map(voices.flatMap(({ id, reporter }) => (reporter === null ? [] : [[id, rootOf(reporter)] as const])))
}

function countPeople(members: readonly Spoken[], personOf: ReadonlyMap<string, string>) {
  const known = new Set(members.flatMap(({ id }) => personOf.get(id) ?? []))
  const anonymous = members.filter(({ id }) => !personOf.has(id)).length
  return { reporters: known.size + anonymous, anonymous }
}
