import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import type { CaseId, PublicSimilar } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseState, listTopics, maskPersonal, publicWordsOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { listDivisions } from '#org'
import { placeIn } from './place.ts'
import { telling } from './similar.ts'
import { placeOfTyped, type SuggestionParts, type Typed } from './suggest.ts'
import { listSeen } from './suggestion.sql.ts'

type View = z.input<typeof PublicSimilar>['items'][number]

/** Which of these problems stand on a public list (公开清单); the module that publishes lists knows. */
export type Listed = (tx: Tx, ids: readonly CaseId[]) => Promise<ReadonlySet<CaseId>>

const SHOWN = 3
const SOUGHT = 12
/** What was closed longer ago does not help whoever stands before it today. */
const LATELY_DAYS = 90
const LEAST_SCORE = 0.25
const LEAST_WORDS = 2
const DAY_MS = 86_400_000

/** What anybody sees of everybody's cases: all that nobody asked to keep quiet about. */
const OPENLY = { kind: 'all', confidential: false } as const

/**
 * Similar ones near by (类似情况): what a citizen may know of others' reports, within 300 m or in the same place. No number, no name, no words of
 * another person; the answer only where it was published, the title only where the problem stands on a public list.
 */
export async function publicSimilar(
  tx: Tx,
  { engine, memories, secret, listed }: SuggestionParts & { secret: Buffer; listed: Listed },
  typed: Pick<Typed, 'content' | 'location'>,
  by: Actor,
): Promise<View[]> {
  const place = placeOfTyped(typed)
  if (place.place === null && place.lat === null) return []
  const since = new Date(by.at.getTime() - LATELY_DAYS * DAY_MS)
  const memory = memories.of(tx.tenant, by.at)
  const asked = { content: typed.content, place, at: by.at }
  const hits = telling(memory.nearby(asked, since, SOUGHT), asked).filter(
    ({ score, words }) => score >= LEAST_SCORE && words.length >= LEAST_WORDS,
  )
  if (hits.length === 0) return []
  const ids = hits.map(({ id }) => id as CaseId)
  const rows = new Map((await listSeen(tx, ids, OPENLY)).map((row) => [row.id as string, row]))
  const open = await listed(tx, ids)
  const divisions = await listDivisions(tx)
  const [matter] = memory.learner.rankTopics(asked, await listTopics(tx))
  const sure = matter === undefined || matter.confidence === 'unsure' ? null : matter.topic.id
  const views = hits.flatMap(({ id }) => {
    const row = rows.get(id)
    if (row === undefined || !helps(row, sure)) return []
    const where = placeIn(row).name ?? divisions.get(row.divisionCode ?? '')
    return [
      {
        token: sealed(secret, row.id),
        category: row.categoryLabel ?? '待分类',
        place: where === undefined ? '附近' : `${where}一带`,
        daysAgo: Math.max(0, Math.floor((by.at.getTime() - row.receivedAt.getTime()) / DAY_MS)),
        stageLabel: stageWord(engine.typeOf(row), row.stage),
        open: row.closedAt === null,
        ...spoken(row, open.has(row.id)),
      },
    ]
  })
  return views.slice(0, SHOWN)
}

/** Of another matter, or closed without a word that may be read: that helps nobody who stands before it today. */
const helps = ({ category, closedAt, publishedAt }: CaseState, sure: string | null) =>
  (category === null || sure === null || category === sure) && (closedAt === null || publishedAt !== null)

/** What was published is everybody's, in the words that were reviewed. */
function spoken(row: CaseState, isListed: boolean): Pick<View, 'title' | 'answer' | 'answerNumber'> {
  const reviewed = row.publishedAt === null ? undefined : publicWordsOf(row)
  return {
    ...((row.publishedAt !== null || isListed) && { title: reviewed?.title ?? maskPersonal(row.title) }),
    ...(row.publishedAt !== null &&
      row.answer !== null && { answer: reviewed?.text ?? row.answer, answerNumber: row.number }),
  }
}

const IV = 12
const TAG = 16
const keyOf = (secret: Buffer) => createHash('sha256').update(secret).update('similar').digest()

/** A case's id for “me too”, which says nothing to whoever holds it. */
function sealed(secret: Buffer, id: CaseId): string {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', keyOf(secret), iv)
  const body = Buffer.concat([cipher.update(id, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** The case that a token speaks of. @throws Fault 'similar.token' for one that is not ours */
export function openSimilar(secret: Buffer, token: string): CaseId {
  const bytes = Buffer.from(token, 'base64url')
  try {
    const cipher = createDecipheriv('aes-256-gcm', keyOf(secret), bytes.subarray(0, IV), { authTagLength: TAG })
    cipher.setAuthTag(bytes.subarray(IV, IV + TAG))
    return Buffer.concat([cipher.update(bytes.subarray(IV + TAG)), cipher.final()]).toString('utf8') as CaseId
  } catch {
    throw new Fault('similar.token')
  }
}
