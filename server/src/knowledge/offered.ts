import { createHash } from 'node:crypto'
import type { Knowledge } from '@banjie/contract'
import { type Listener, queryGrams } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type Entry, isExpired, isOffered } from './entry.ts'
import { findEntry, insertUses, listById, listOffered, putVote } from './knowledge.sql.ts'

export const INTAKE = '受理中心'

/** An entry as everybody who may use it sees it. */
export const offeredView = (entry: Entry): Knowledge => ({
  ...{ id: entry.id, kind: entry.kind, title: entry.title, text: entry.text, category: entry.category },
  ...{ source: entry.source, sourceUrl: entry.sourceUrl, owner: entry.owner, expiresOn: entry.expiresOn },
  ...{ version: entry.version, used: entry.used, useful: entry.useful, useless: entry.useless },
})

interface Asked {
  readonly q?: string | undefined
  readonly category?: string | undefined
  readonly limit: number
}
/** Looks something up (查知识库): approved and in force only, nearest first; for the public only what is public. */
export async function lookUp(tx: Tx, asked: Asked, by: Actor, publicOnly: boolean): Promise<Knowledge[]> {
  const grams = asked.q === undefined ? [] : queryGrams(asked.q)
  // A single character is no question.
  if (asked.q !== undefined && grams.length === 0) return []
  const entries = await listOffered(tx, { ...asked, grams, publicOnly, today: dayOf(by.at) })
  return entries.map(offeredView)
}

/** Grams in common with a title or a phrasing from which on somebody is asked whether that is the answer: one pair of characters is chance. */
const LIKELY = 2
/** Public entries that are likely the answer to what somebody is about to file (提交前提示); none where nothing comes near. */
export async function likelyAnswers(tx: Tx, text: string, by: Actor, limit: number): Promise<Knowledge[]> {
  const search = { grams: queryGrams(text), inTitle: LIKELY, publicOnly: true, today: dayOf(by.at), limit }
  return search.grams.length === 0 ? [] : (await listOffered(tx, search)).map(offeredView)
}

/** @throws Fault 'knowledge.not_found' for what is not public, as for what is not there or no longer holds */
export async function getPublic(tx: Tx, id: string, by: Actor): Promise<Knowledge> {
  const entry = await findEntry(tx, id)
  if (entry === undefined || !entry.public || !isOffered(entry, dayOf(by.at))) throw new Fault('knowledge.not_found')
  return offeredView(entry)
}

/** Where a word comes from; only its hash with the district's secret and the day is kept. */
export interface Device {
  readonly secret: Buffer
  readonly address: string
  readonly agent: string
}
const HASH = 24

/** Votes (有用/没用): one word a device and day; a second one takes the place of the first. */
export async function vote(tx: Tx, id: string, useful: boolean, device: Device, by: Actor): Promise<Knowledge> {
  await getPublic(tx, id, by)
  const day = dayOf(by.at)
  const hash = createHash('sha256').update(device.secret).update([day, device.address, device.agent].join('\n'))
  await putVote(tx, { id, day, device: hash.digest('base64url').slice(0, HASH), useful })
  return getPublic(tx, id, by)
}

/** Actions whose answer may come from an entry. */
const ANSWERS: ReadonlySet<string> = new Set(['answerAtOnce', 'draftAnswer'])

/**
 * Listens for answers that name an entry (引用): counts the uses. Cost: two statements, however many were answered.
 * @throws Fault 'knowledge.expired' | 'knowledge.not_approved' | 'knowledge.not_found', and nothing is answered
 */
export const countUses: Listener = async (tx, happenings) => {
  const named = happenings.flatMap(({ event }) => {
    const id = event.input['knowledgeId']
    return ANSWERS.has(event.action) && typeof id === 'string' ? [{ id, event }] : []
  })
  if (named.length === 0) return
  const entries = await listById(tx, [...new Set(named.map(({ id }) => id))])
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const uses = named.map(({ id, event: { caseId, at } }) => {
    const entry = byId.get(id)
    if (entry === undefined) throw new Fault('knowledge.not_found')
    refuseUnoffered(entry, dayOf(at))
    return { id, caseId, version: entry.version, at }
  })
  await insertUses(tx, uses)
}

function refuseUnoffered(entry: Entry, today: string): void {
  const { title, expiresOn } = entry
  if (isExpired(entry, today))
    throw new Fault('knowledge.expired', { title, day: expiresOn, owner: entry.owner ?? INTAKE })
  if (!isOffered(entry, today)) throw new Fault('knowledge.not_approved', { title })
}
