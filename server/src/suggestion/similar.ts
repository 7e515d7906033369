import type { SimilarCase } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseState, type Engine, sightOf, stageWord } from '#case'
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
  /** The case itself, which is not similar to itself. */
  readonly kase?: CaseState | undefined
}

const SHOWN = 8
/** Looked at, so that those who see little still find enough. */
const SOUGHT = 24
/** Below it the texts share no more than the district's common words. */
const LEAST_SCORE = 0.12
const DAY_MS = 86_400_000

/**
 * Reported before? (是否反映过): the likeliest earlier cases with the reasons. The rows are read again under the condition of every list, so that
 * nothing is shown here that a list hides.
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
  if (hits.length === 0) return []
  const rows = new Map(
    (
      await listSeen(
        tx,
        hits.map(({ id }) => id),
        sight,
      )
    ).map((row) => [row.id as string, row]),
  )
  return hits
    .flatMap((hit) => {
      const row = rows.get(hit.id)
      return row === undefined ? [] : [viewOf(engine, hit, row, asked, by)]
    })
    .slice(0, SHOWN)
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

function viewOf(engine: Engine, { score, words }: Hit, row: Row, asked: Asked, by: Actor): View {
  const samePlace = isNear(asked.place, placeIn(row))
  const stageLabel = stageWord(engine.typeOf(row), row.stage)
  const daysApart = Math.round(Math.abs(asked.at.getTime() - row.receivedAt.getTime()) / DAY_MS)
  const answered = row.answeredAt !== null && row.answer !== null
  return {
    ...{ id: row.id, number: row.number, type: row.type, title: row.title, stage: row.stage, stageLabel },
    ...{ score: Math.round(score * 1000) / 1000, words: [...words], samePlace, daysApart },
    ...{ unit: row.unitName, closed: row.closedAt !== null },
    ...(answered && { answer: row.answer ?? '' }),
    reasons: [
      `都提到：${words.join('、')}`,
      ...(samePlace ? [`同一地点${row.address === null ? '' : `：${row.address}`}`] : []),
      daysApart === 0 ? '同一天反映' : `相隔 ${daysApart} 天`,
      answered ? `${stageLabel}，已有答复` : stageLabel,
    ],
    actions: actionsOn(engine, row, asked, by),
  }
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
