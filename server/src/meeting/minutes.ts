import type { DraftMinutes, MeetingId, PersonId } from '@banjie/contract'
import { type Engine, maskPersonal, sightOf, takeDocumentNumber } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listDecisions, replaceDecisions } from './decision.sql.ts'
import { draftDecisions, lacksOf, openDecisions } from './decision.ts'
import { mayApprove, mayKeep } from './keeper.ts'
import { lockMeeting, saveApproval, saveDraft, saveIssue, saveReturn } from './meeting.sql.ts'
import { getMeeting, lockOpen } from './meeting.ts'

const note = (tx: Tx, by: Actor, action: string, id: MeetingId, words: string) =>
  audit(tx, by, { action, objectKind: 'meeting', objectId: id, note: words })

/**
 * Drafts the minutes (起草纪要) with their decisions, each time as a whole. A draft that is changed waits for approval anew.
 * @throws Fault 'forbidden' | 'minutes.not_held' | 'minutes.fixed' | what a faulty decision throws
 */
export async function draftMinutes(
  tx: Tx,
  engine: Engine,
  id: MeetingId,
  given: DraftMinutes,
  by: Actor,
): Promise<void> {
  refuseUnless(mayKeep(by))
  const drafter = personOf(by)
  const meeting = await lockOpen(tx, id, by)
  if (meeting.on > dayOf(by.at)) throw new Fault('minutes.not_held', { day: meeting.on })
  await replaceDecisions(tx, id, await draftDecisions(tx, engine, meeting, given.decisions, by))
  await saveDraft(tx, id, maskPersonal(given.text), drafter, by.at)
  await note(tx, by, 'draftMinutes', id, `${given.decisions.length} 项议定事项`)
}

/**
 * Approves the minutes (审定): the chair, or whoever oversees, and never who drafted them.
 * @throws Fault 'minutes.own' | 'minutes.none' | 'minutes.not_draft' | 'forbidden'
 */
export async function approveMinutes(tx: Tx, id: MeetingId, by: Actor): Promise<void> {
  await lockMeeting(tx, id)
  const { state, draftedBy, chair, title } = await getMeeting(tx, id, by)
  if (state === 'none') throw new Fault('minutes.none')
  if (state !== 'draft') throw new Fault('minutes.not_draft')
  if (draftedBy?.id === by.personId) throw new Fault('minutes.own', { name: draftedBy?.name })
  refuseUnless(mayApprove(by, chair.id))
  await saveApproval(tx, id, personOf(by), by.at)
  await note(tx, by, 'approveMinutes', id, title)
}

/** Returns the minutes (退回) to whoever drafts them, until they are issued. @throws Fault 'minutes.not_draft' | 'forbidden' */
export async function returnMinutes(tx: Tx, id: MeetingId, reason: string, by: Actor): Promise<void> {
  await lockMeeting(tx, id)
  const { state, chair } = await getMeeting(tx, id, by)
  if (state !== 'draft' && state !== 'approved') throw new Fault('minutes.not_draft')
  refuseUnless(mayApprove(by, chair.id))
  const why = maskPersonal(reason)
  await saveReturn(tx, id, why)
  await note(tx, by, 'returnMinutes', id, why)
}

/**
 * Issues the minutes (印发): they get the next number of their series and year, without gaps, and every decision becomes what it is to become, all in
 * this transaction. A decision that lacks owner, day or checker stops it, by name.
 * @throws Fault 'minutes.not_approved' | 'minutes.fixed' | 'minutes.lacking' | 'decision.due_before' | 'forbidden' | what opening a case throws
 */
export async function issueMinutes(tx: Tx, engine: Engine, id: MeetingId, by: Actor): Promise<void> {
  refuseUnless(mayKeep(by))
  await lockMeeting(tx, id)
  const meeting = await getMeeting(tx, id, by)
  if (meeting.state === 'issued') throw new Fault('minutes.fixed', { state: '已经印发' })
  if (meeting.state !== 'approved') throw new Fault('minutes.not_approved')
  const decisions = await listDecisions(tx, { meeting: id }, sightOf(by))
  refuseLacking(decisions)
  const today = dayOf(by.at)
  const late = decisions.find(({ dueOn }) => dueOn !== null && dueOn < today)
  if (late !== undefined) throw new Fault('decision.due_before', { day: late.dueOn, from: today })
  const year = Number(today.slice(0, 4))
  const { series } = meeting.kind
  const number = `${series}〔${year}〕${await takeDocumentNumber(tx, series, year)}号`
  await saveIssue(tx, id, { by: personOf(by), on: today, number })
  await openDecisions(tx, engine, { ...meeting, number }, decisions, by)
  await note(tx, by, 'issueMinutes', id, `${number} ${meeting.title}`)
}

/** @throws Fault 'minutes.lacking' naming every decision and what it lacks */
function refuseLacking(decisions: Awaited<ReturnType<typeof listDecisions>>): void {
  const lacking = decisions.flatMap((decision) => {
    const lacks = lacksOf(decision)
    return lacks.length === 0 ? [] : [`第 ${decision.position} 项缺${lacks.map((lack) => LACK[lack]).join('、')}`]
  })
  if (lacking.length > 0) throw new Fault('minutes.lacking', { count: lacking.length, list: lacking.join('；') })
}
const LACK = { person: '承办单位和承办人', time: '期限', check: '查验人' } as const

/** @throws Fault 'forbidden' for a machine that has no person */
function personOf({ personId }: Actor): PersonId {
  if (personId === null) throw new Fault('forbidden')
  return personId
}
