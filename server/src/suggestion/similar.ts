import type { Role, SimilarCase } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseState, type Engine, listOfPhone, type Sight, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { type Hit, wordsOf } from '#text'
import type { Memory } from './memory.ts'
import { isNear, type Place, placeIn } from './place.ts'
import { listSeen } from './suggestion.sql.ts'

type View = z.input<typeof SimilarCase>
type Row = Awaited<ReturnType<typeof listSeen>>[number]

/** What is looked for: a text that is being typed, or a case. */
export interface Asked {
  readonly title?: string | undefined
  readonly content: string
  readonly place: Place
  readonly at: Date
  /** What it is about, as far as that is known. */
  readonly category?: string | undefined
  /** Of whoever calls, while a report is taken. */
  readonly phone?: string | undefined
  /** The case itself, which is not similar to itself. */
  readonly kase?: CaseState | undefined
}

const SHOWN = 8
/** Looked at, so that those who see little still find enough. */
const SOUGHT = 24
/** Below it the texts share no more than the district's common words. */
const LEAST_SCORE = 0.12
const DAY_MS = 86_400_000
/** Whoever takes reports has the person before them; nobody else asks by a telephone number. */
const INTAKE: readonly Role[] = ['clerk', 'dispatcher', 'window']
const HERE = 1
const SAME_PERSON = 0.5
const SAME_PERSON_DAYS = 365
const SAME_PERSON_SHOWN = 3

/**
 * Reported before? (是否反映过): the likeliest earlier cases with the reasons: shared words, place, person. The rows are read again under the condition
 * of every list, so that nothing is shown here that a list hides.
 */
export async function similarTo(
  tx: Tx,
  { engine, memory }: { engine: Engine; memory: Memory },
  asked: Asked,
  by: Actor,
): Promise<View[]> {
  const sight = sightOf(by)
  const hits = telling(memory.similar({ ...asked, except: asked.kase?.id }, sight, SOUGHT), asked).filter(
    ({ score, words }) => score >= LEAST_SCORE && words.length > 0,
  )
  const persons = await ofSamePerson(tx, asked, sight, by)
  const ids = new Set([...hits.map(({ id }) => id), ...persons])
  if (ids.size === 0) return []
  const hitOf = new Map(hits.map((hit) => [hit.id, hit]))
  return (await listSeen(tx, [...ids], sight))
    .map((row) => {
      const one = viewOf(engine, { hit: hitOf.get(row.id), samePerson: persons.has(row.id), row }, asked, by)
      return { one, likelihood: likelihoodOf(one, row.category, asked) }
    })
    .sort((a, b) => b.likelihood - a.likelihood || (a.one.number < b.one.number ? 1 : -1))
    .slice(0, SHOWN)
    .map(({ one }) => one)
}

/** The same matter at this place comes before any words; another matter at this place is another matter. */
const likelihoodOf = ({ score, samePlace, samePerson }: View, category: string | null, asked: Asked) =>
  score + (samePlace && isSameMatter(category, asked.category) ? HERE : 0) + (samePerson ? SAME_PERSON : 0)
const isSameMatter = (a: string | null, b: string | undefined) => a === null || b === undefined || a === b

async function ofSamePerson(tx: Tx, { phone, at }: Asked, sight: Sight, by: Actor): Promise<ReadonlySet<string>> {
  if (phone === undefined || !INTAKE.some((role) => by.roles.has(role))) return new Set()
  const since = new Date(at.getTime() - SAME_PERSON_DAYS * DAY_MS)
  const rows = await listOfPhone(tx, phone, sight, { since, limit: SAME_PERSON_SHOWN })
  return new Set(rows.map(({ id }) => id))
}

/** Hits with the words that are words of the text and say more than where it is. */
export function telling(
  hits: readonly Hit[],
  { title, content, place }: Pick<Asked, 'title' | 'content' | 'place'>,
): Hit[] {
  const own = new Set(wordsOf(`${title ?? ''}\n${content}`))
  return hits.map((hit) => ({
    ...hit,
    words: hit.words.filter((word) => own.has(word) && !(place.name ?? '').includes(word)),
  }))
}

interface Found {
  readonly row: Row
  /** Absent for what the same person reported in other words. */
  readonly hit: Hit | undefined
  readonly samePerson: boolean
}

function viewOf(engine: Engine, { hit, samePerson, row }: Found, asked: Asked, by: Actor): View {
  const words = hit?.words ?? []
  const there = placeIn(row)
  const samePlace = isNear(asked.place, there)
  const stageLabel = stageWord(engine.typeOf(row), row.stage)
  const daysApart = Math.round(Math.abs(asked.at.getTime() - row.receivedAt.getTime()) / DAY_MS)
  const answered = row.answeredAt !== null && row.answer !== null
  return {
    ...{ id: row.id, number: row.number, type: row.type, title: row.title, stage: row.stage, stageLabel },
    ...{ score: Math.round((hit?.score ?? 0) * 1000) / 1000, words: [...words], samePlace, samePerson, daysApart },
    ...{ unit: row.unitName, closed: row.closedAt !== null },
    ...(answered && { answer: row.answer ?? '' }),
    reasons: [
      ...(samePerson ? ['同一电话反映'] : []),
      ...(words.length > 0 ? [`都提到：${words.join('、')}`] : []),
      ...placeReason(asked.place, there, samePlace, row.address),
      daysApart === 0 ? '同一天反映' : `相隔 ${daysApart} 天`,
      answered ? `${stageLabel}，已有答复` : stageLabel,
    ],
    actions: actionsOn(engine, row, asked, by),
  }
}

/** The same words elsewhere are another matter; whoever reads must see which it is. */
function placeReason(asked: Place, there: Place, samePlace: boolean, address: string | null): string[] {
  if (samePlace) return [`同一地点${address === null ? '' : `：${address}`}`]
  return asked.name !== null && there.name !== null ? [`另一地点：${there.name}`] : []
}

/** What may be done with the earlier one now: more facts to an open report, or this one merged into a problem. */
function actionsOn(engine: Engine, row: Row, { kase }: Asked, by: Actor): View['actions'] {
  if (row.type === 'appeal')
    return engine.actionsFor(row, by).some(([name]) => name === 'supplement') ? ['supplement'] : []
  const { merge } = engine.typeOf({ type: 'appeal' }).actions
  const mayMerge =
    kase === undefined
      ? merge?.by.some((role) => by.roles.has(role as never))
      : engine.actionsFor(kase, by).some(([name]) => name === 'merge')
  const takes = row.closedAt === null || row.answeredAt !== null
  return mayMerge === true && takes && row.confidential === (kase?.confidential ?? false) ? ['merge'] : []
}
