import type { Suggestion, UnitId } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseState, type Engine, findCatalogueRow, isOnlySpoken, listTopics, sightOf, type Topic } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf, listStandings } from '#org'
import type { Confidence } from '#text'
import type { RankedTopic } from './learner.ts'
import type { Memories } from './memories.ts'
import type { Memory } from './memory.ts'
import { type Place, placeIn } from './place.ts'
import { recurrenceOf, wouldRepeat } from './recurrence.ts'
import { type Asked, similarTo } from './similar.ts'

type View = z.input<typeof Suggestion>
export interface SuggestionParts {
  readonly engine: Engine
  readonly memories: Memories
}
/** What somebody types at the counter. */
export interface Typed {
  readonly title?: string | undefined
  readonly content: string
  readonly location?: { address?: string | undefined; lng?: number | undefined; lat?: number | undefined } | undefined
  readonly divisionCode?: string | undefined
  readonly phone?: string | undefined
}

const CATEGORIES = 3
const UNITS = 3
/** A unit is “sure” only where so many dispatches say so. */
const SURE_TIMES = 5
const SURE_UNIT = 0.9
const LIKELY_UNIT = 0.6

/** The place of what is typed. */
export const placeOfTyped = ({ content, location }: Pick<Typed, 'content' | 'location'>): Place =>
  placeIn({ content, address: location?.address ?? null, lng: location?.lng ?? null, lat: location?.lat ?? null })

/**
 * Suggestions (智能建议) for a text that is being typed. They fill in a form and do nothing by themselves.
 * @throws Fault 'forbidden' to those who see no cases
 */
export async function suggestFor(tx: Tx, parts: SuggestionParts, typed: Typed, by: Actor): Promise<View> {
  if (sightOf(by).kind === 'none') throw new Fault('forbidden')
  const memory = parts.memories.of(tx.tenant, by.at)
  const place = placeOfTyped(typed)
  const asked = { title: typed.title, content: typed.content, place, at: by.at, phone: typed.phone }
  const topics = await rankTopics(tx, memory, asked)
  const best = topics[0]
  const repeated =
    best === undefined ? undefined : await wouldRepeat(tx, parts.engine, { place, category: best.topic.id }, by)
  const known = { category: best, division: typed.divisionCode ?? null }
  return {
    ...(await together(tx, { ...parts, memory, topics }, asked, known, by)),
    ...(repeated && { recurrence: repeated }),
  }
}

/** The same for a case that is there (类似事项): what it resembles and what it repeats. */
export async function suggestForCase(tx: Tx, parts: SuggestionParts, kase: CaseState, by: Actor): Promise<View> {
  const memory = parts.memories.of(tx.tenant, by.at)
  const asked = { title: kase.title, content: kase.content, place: placeIn(kase), at: kase.receivedAt, kase }
  const all = await listTopics(tx)
  const topics = isOnlySpoken(kase) ? [] : memory.learner.rankTopics(asked, all)
  const known = { category: decidedIn(all, kase.category) ?? topics[0], division: kase.divisionCode }
  const repeated = await recurrenceOf(tx, kase, by)
  return {
    ...(await together(tx, { ...parts, memory, topics }, asked, known, by)),
    ...(repeated && { recurrence: repeated }),
  }
}

/** What a person decided is no guess, whatever the words say. */
function decidedIn(topics: readonly Topic[], category: string | null): RankedTopic | undefined {
  const topic = topics.find(({ id }) => id === category)
  return topic && { topic, score: 1, confidence: 'sure', words: [] }
}
const rankTopics = async (tx: Tx, { learner }: Memory, asked: Asked) => learner.rankTopics(asked, await listTopics(tx))

async function together(
  tx: Tx,
  { engine, memory, topics }: SuggestionParts & { memory: Memory; topics: readonly RankedTopic[] },
  asked: Asked,
  { category, division }: { category: RankedTopic | undefined; division: string | null },
  by: Actor,
): Promise<View> {
  const { value, confidence, words, calls } = memory.learner.urgencyOf(asked, category)
  return {
    categories: topics.slice(0, CATEGORIES).map(({ topic, score, ...why }) => ({
      ...{ id: topic.id, label: topic.label, score: rounded(score), confidence: why.confidence },
      words: why.words.slice(0, 5),
    })),
    units: category === undefined ? [] : await unitsFor(tx, memory, asked, { category, division, at: by.at }),
    urgency: { value, confidence, words: [...words], calls: [...calls] },
    similar: await similarTo(tx, { engine, memory }, { ...asked, category: matterOf(category) }, by),
    learning: memory.progress,
  }
}

/** What it is about; a guess is no knowledge. */
const matterOf = (category: RankedTopic | undefined) =>
  category === undefined || category.confidence === 'unsure' ? undefined : category.topic.id

/** Who would lead: the dispatch catalogue for the matter and place, and where such matters went; units that still exist. */
async function unitsFor(
  tx: Tx,
  { learner }: Memory,
  asked: Asked,
  { category, division, at }: { category: RankedTopic; division: string | null; at: Date },
): Promise<View['units']> {
  const row = await findCatalogueRow(tx, category.topic.id, division, at)
  const ranked = learner.rankUnits(asked, { category: category.topic.id, division, proposed: row?.leadUnitId })
  const units = await standing(
    tx,
    ranked.slice(0, 2 * UNITS).map(({ unit }) => unit),
    at,
  )
  return ranked
    .flatMap(({ unit, score, words, times }) => {
      const name = units.get(unit)
      if (name === undefined) return []
      const listed = row?.leadUnitId === unit ? [`分办目录 ${row.row}：${row.basis}`] : []
      const learned = times > 0 ? [`同类事项交办过 ${times} 次`] : []
      return [
        {
          ...{ id: unit, name, score: rounded(score), words: [...words], times },
          ...{ confidence: trusted(score, times, category.confidence), basis: [...listed, ...learned].join('；') },
        },
      ]
    })
    .slice(0, UNITS)
}

async function standing(tx: Tx, ids: readonly UnitId[], at: Date): Promise<ReadonlyMap<UnitId, string>> {
  const rows = ids.length === 0 ? [] : await listStandings(tx, { ids, codes: [] }, dayOf(at))
  return new Map(rows.filter(({ inForce }) => inForce).map(({ id, name }) => [id, name]))
}

/** Never surer of the unit than of the matter. */
function trusted(score: number, times: number, category: Confidence): Confidence {
  if (category === 'unsure' || score < LIKELY_UNIT) return 'unsure'
  return category === 'sure' && score >= SURE_UNIT && times >= SURE_TIMES ? 'sure' : 'likely'
}
const rounded = (score: number) => Math.round(Math.min(1, score) * 1000) / 1000
