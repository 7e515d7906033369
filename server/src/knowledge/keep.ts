import type { KnowledgeFromCase, KnowledgeText, routes, UnitId } from '@banjie/contract'
import type { z } from 'zod'
import { deidentify, type Engine, getPublicWords, placesOf, publicWordsOf } from '#case'
import { type Actor, onBehalf } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type Entry, type EntryText, textOf, type WaitingText } from './entry.ts'
import {
  findEntry,
  insertEntry,
  insertEntryEvent,
  listOpenReviews,
  lockEntry,
  putApproved,
  setExpiry,
  setRetired,
  setWaiting,
} from './knowledge.sql.ts'
import { INTAKE } from './offered.ts'

const OFFICE = ['clerk', 'dispatcher', 'supervisor'] as const
const UNIT = ['handler', 'head'] as const

/** Whether somebody keeps the entries of a unit: the intake office keeps all, a unit its own. */
const mayKeep = (by: Actor, owner: UnitId | null): boolean =>
  OFFICE.some((role) => by.roles.has(role)) ||
  (UNIT.some((role) => by.roles.has(role)) && owner !== null && by.scope.includes(owner))

function refuseStranger(
  by: Actor,
  { ownerUnitId, owner }: { ownerUnitId: UnitId | null; owner?: string | null },
): void {
  if (!mayKeep(by, ownerUnitId)) throw new Fault('knowledge.not_owner', { owner: owner ?? INTAKE })
}
/** Signed by a head of the owner, or by the office above the clerks. */
const maySign = (by: Actor, owner: UnitId | null) =>
  by.roles.has('dispatcher') ||
  by.roles.has('supervisor') ||
  (by.roles.has('head') && owner !== null && by.scope.includes(owner))

/** @throws Fault 'knowledge.not_found' */
export async function getEntry(tx: Tx, id: string): Promise<Entry> {
  const entry = await findEntry(tx, id)
  if (entry === undefined) throw new Fault('knowledge.not_found')
  return entry
}

/** Drafts an entry (起草): it is offered once somebody else has approved it. @returns its id */
export async function draftEntry(
  tx: Tx,
  input: z.output<typeof KnowledgeText>,
  by: Actor,
  fromCase: string | null = null,
): Promise<string> {
  const words = await wordsOf(tx, input, by)
  refuseStranger(by, words)
  const id = newId()
  await insertEntry(tx, id, words, fromCase)
  await remember(
    tx,
    { id, version: 0 },
    'draft',
    textOf(words),
    by,
    fromCase === null ? null : `由 ${fromCase} 的公开答复转来`,
  )
  return id
}

/** Revises an entry (修改): until it is approved the words before stay in use. */
export async function reviseEntry(tx: Tx, id: string, input: z.output<typeof KnowledgeText>, by: Actor): Promise<void> {
  const entry = await held(tx, id)
  refuseStranger(by, entry)
  const words = await wordsOf(tx, { ...input, ownerUnitId: input.ownerUnitId ?? entry.ownerUnitId ?? undefined }, by)
  refuseStranger(by, words)
  await setWaiting(tx, id, words)
  await remember(tx, entry, 'revise', textOf(words), by, null)
}

/** Approves what waits (审定): never its author. The review that lay on somebody's desk is settled by it. */
export async function approveEntry(
  tx: Tx,
  engine: Engine,
  id: string,
  note: string | undefined,
  by: Actor,
): Promise<void> {
  const entry = await held(tx, id)
  const { waiting } = entry
  if (waiting === null) throw new Fault('knowledge.nothing_waiting')
  if (waiting.authorId === by.personId) throw new Fault('knowledge.own')
  if (!maySign(by, waiting.ownerUnitId)) throw new Fault('forbidden')
  refusePast(waiting.expiresOn, by)
  await putApproved(tx, id, waiting, by.name)
  await remember(tx, { id, version: entry.version + 1 }, 'approve', textOf(waiting), by, note ?? null)
  await settleReviews(tx, engine, id, '条目已重新审定', by)
}

/** Returns what waits (退回): what is in use stays in use; a draft that never was goes. */
export async function returnEntry(tx: Tx, id: string, reason: string, by: Actor): Promise<void> {
  const entry = await held(tx, id)
  const { waiting } = entry
  if (waiting === null) throw new Fault('knowledge.nothing_waiting')
  if (!maySign(by, waiting.ownerUnitId) && waiting.authorId !== by.personId) throw new Fault('forbidden')
  if (entry.state === 'draft') await setRetired(tx, id)
  else await setWaiting(tx, id, null)
  await remember(tx, entry, 'return', textOf(waiting), by, reason)
}

/** Withdraws an entry (停用): from now on it is offered to nobody. */
export async function withdrawEntry(tx: Tx, engine: Engine, id: string, reason: string, by: Actor): Promise<void> {
  refuseStranger(by, await getEntry(tx, id))
  await retireEntry(tx, id, reason, by)
  await settleReviews(tx, engine, id, '条目已停用', by)
}

/** The same, as the end of a review. */
export async function retireEntry(tx: Tx, id: string, reason: string, by: Actor): Promise<void> {
  const entry = await held(tx, id)
  await setRetired(tx, id)
  await remember(tx, entry, 'withdraw', textOf(entry), by, reason)
}

/** Renews an entry (续期): the same words, looked at again, with another last day. */
export async function renewEntry(tx: Tx, id: string, expiresOn: string, basis: string, by: Actor): Promise<void> {
  const entry = await held(tx, id)
  refusePast(expiresOn, by)
  await setExpiry(tx, id, expiresOn)
  await remember(tx, { id, version: entry.version + 1 }, 'renew', { ...textOf(entry), expiresOn }, by, basis)
}

/** Makes an entry of a case's published answer (转为知识条目), in the words that were reviewed for the public. @returns its id */
export async function entryFromCase(
  tx: Tx,
  engine: Engine,
  caseId: string,
  input: z.output<typeof KnowledgeFromCase>,
  by: Actor,
): Promise<string> {
  const kase = await engine.get(tx, caseId, by)
  const words = publicWordsOf(kase)
  if (kase.publishedAt === null || kase.confidential || words === undefined)
    throw new Fault('knowledge.not_public_answer')
  const ownerUnitId = input.ownerUnitId ?? kase.leadUnitId ?? undefined
  return draftEntry(
    tx,
    {
      ...{
        kind: 'answer',
        title: input.title ?? words.title,
        text: input.text ?? words.text,
        phrasings: [],
        public: true,
      },
      ...{ source: input.source ?? `公开答复 ${kase.number}`, validFrom: dayOf(by.at), expiresOn: input.expiresOn },
      ...(kase.category !== null && { category: kase.category }),
      ...(ownerUnitId !== undefined && { ownerUnitId }),
    },
    by,
    kase.number,
  )
}

/** Whose the entry is where nobody said so: the unit of whoever writes, or the intake office. */
const ownerOf = (given: UnitId | undefined, by: Actor) =>
  given ?? (OFFICE.some((role) => by.roles.has(role)) ? null : by.unitId)

async function wordsOf(tx: Tx, input: z.output<typeof KnowledgeText>, by: Actor): Promise<WaitingText> {
  refusePast(input.expiresOn, by)
  await refusePersonal(tx, [input.title, ...input.phrasings, input.text, input.source])
  return {
    ...{ kind: input.kind, title: input.title, phrasings: input.phrasings, text: input.text, public: input.public },
    ...{ category: input.category ?? null, source: input.source, sourceUrl: input.sourceUrl ?? null },
    ...{ validFrom: input.validFrom, expiresOn: input.expiresOn, ownerUnitId: ownerOf(input.ownerUnitId, by) },
    ...{ author: by.name, authorId: by.personId, at: by.at.toISOString() },
  }
}

/** Where an office is may be said; who somebody is may not. */
const PLACES: ReadonlySet<string> = new Set(['住址', '门牌', '邮箱'])
async function refusePersonal(tx: Tx, texts: readonly string[]): Promise<void> {
  const known = await getPublicWords(tx)
  const spots = texts.flatMap((text) => deidentify(text, known).spots.filter(({ kind }) => !PLACES.has(kind)))
  if (spots.length > 0) throw new Fault('text.personal', { places: placesOf(spots) })
}

function refusePast(expiresOn: string | null, by: Actor): void {
  const today = dayOf(by.at)
  if (expiresOn !== null && expiresOn <= today) throw new Fault('knowledge.past', { today })
}

async function held(tx: Tx, id: string): Promise<Entry> {
  await lockEntry(tx, id)
  return getEntry(tx, id)
}

const remember = (
  tx: Tx,
  { id, version }: Pick<Entry, 'id' | 'version'>,
  action: EntryAction,
  said: EntryText,
  by: Actor,
  note: string | null,
) => insertEntryEvent(tx, id, { at: by.at, byPerson: by.personId, byName: by.name, action, version, note, said })

/** What is done to an entry, in words. */
export const ENTRY_ACTION = {
  draft: '起草',
  revise: '修改',
  approve: '审定',
  return: '退回',
  withdraw: '停用',
  renew: '续期',
} as const
type EntryAction = keyof typeof ENTRY_ACTION

async function settleReviews(tx: Tx, engine: Engine, id: string, reason: string, by: Actor): Promise<void> {
  const reviews = await listOpenReviews(tx, id)
  const acts = reviews.map(({ id: caseId }) => ({ caseId, action: 'settled', input: { reason }, by: onBehalf(by) }))
  if (acts.length > 0) await engine.actAll(tx, acts)
}

export type KnowledgeFileView = z.input<(typeof routes.knowledgeEntry)['response']>
