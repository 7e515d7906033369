import type { CaseId, Meeting, MeetingId, MeetingRow, NewMeeting } from '@banjie/contract'
import { type Engine, maskPersonal, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseOutsiders, refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf, getPerson, getUnitInForce } from '#org'
import { listDecisions } from './decision.sql.ts'
import { decisionView } from './decision.ts'
import { dictionaryOn, kindOf } from './dictionary.ts'
import { mayApprove, mayKeep } from './keeper.ts'
import {
  countKinds,
  countTargets,
  insertMeeting,
  listAttendance,
  listMeetingCases,
  listMeetings,
  listMeetingTargets,
  lockMeeting,
  type MeetingFacts,
  type MeetingFilter,
  replaceAround,
  updateMeeting,
} from './meeting.sql.ts'
import { owedView } from './owed.ts'

/** Somebody above who knows what the words of a meeting mean, and hears of it before it is stored. */
export interface MeetingListener {
  /** @throws Fault where a tag may not stand on a meeting of that day */
  readonly admit: (tx: Tx, meeting: Pick<NewMeeting, 'on' | 'tags'>) => Promise<void>
}
/** What recording a meeting needs. */
export interface MeetingParts {
  readonly engine: Engine
  readonly listeners: readonly MeetingListener[]
}

const rowOf = ({
  id,
  title,
  kind,
  on,
  at,
  place,
  chair,
  tags,
  state,
  number,
  decisions,
}: MeetingFacts): MeetingRow => ({
  ...{ id, title, on, at, place, chair, tags, state, number, decisions },
  kind: { code: kind.code, label: kind.label },
})

/** Meetings (会议) with how their decisions stand, and how many of each kind. @throws Fault 'forbidden' for whoever comes from outside */
export async function meetingsOf(tx: Tx, filter: MeetingFilter, by: Actor) {
  refuseOutsiders(by)
  const items = (await listMeetings(tx, filter, by.at)).map(rowOf)
  return { items, kinds: await countKinds(tx, filter), mayKeep: mayKeep(by) }
}

/** @throws Fault 'meeting.not_found' */
export async function getMeeting(tx: Tx, id: MeetingId, by: Actor): Promise<MeetingFacts> {
  refuseOutsiders(by)
  const [meeting] = await listMeetings(tx, { id }, by.at)
  if (meeting === undefined) throw new Fault('meeting.not_found')
  return meeting
}

const OPEN_TO_DRAFT: readonly string[] = ['none', 'draft', 'returned']
/** One meeting: who came, what it was about, its minutes and what became of each decision. @throws Fault 'meeting.not_found' | 'forbidden' */
export async function meetingOf(tx: Tx, engine: Engine, id: MeetingId, by: Actor): Promise<Meeting> {
  const meeting = await getMeeting(tx, id, by)
  const { agenda, firms, text, draftedBy, approvedBy, returnedWhy, issuedBy, issuedOn, state } = meeting
  const decisions = await listDecisions(tx, { meeting: id }, sightOf(by))
  const isOpen = OPEN_TO_DRAFT.includes(state)
  return {
    ...rowOf(meeting),
    ...{ agenda, firms, text, draftedBy, approvedBy, returnedWhy, issuedBy, issuedOn },
    draftedAt: meeting.draftedAt?.toISOString() ?? null,
    approvedAt: meeting.approvedAt?.toISOString() ?? null,
    attendance: await listAttendance(tx, id),
    targets: await listMeetingTargets(tx, id),
    cases: (await listMeetingCases(tx, id, sightOf(by))).map(({ kase }) => owedView(engine, kase, by.at)),
    list: decisions.map((decision) => decisionView(engine, decision, by)),
    may: {
      edit: isOpen && mayKeep(by),
      draft: isOpen && mayKeep(by) && meeting.on <= dayOf(by.at),
      approve: state === 'draft' && mayApprove(by, meeting.chair.id) && draftedBy?.id !== by.personId,
      issue: state === 'approved' && mayKeep(by),
    },
  }
}

/**
 * Records a meeting (登记会议), or corrects it until its minutes are approved. Its kind is one of the dictionary in force on its day.
 * @throws Fault 'forbidden' | 'meeting.kind_unknown' | 'meeting.twice' | 'meeting.target_unknown' | 'minutes.fixed' | 'case.not_found' | what a
 *   listener, or a person or unit that is not there throws
 */
export async function keepMeeting(
  tx: Tx,
  { engine, listeners }: MeetingParts,
  known: MeetingId | undefined,
  given: NewMeeting,
  by: Actor,
): Promise<MeetingId> {
  refuseUnless(mayKeep(by))
  if (known !== undefined) await lockOpen(tx, known, by)
  const kind = kindOf((await dictionaryOn(tx, given.on)).meetings, given.kind)
  for (const { admit } of listeners) await admit(tx, given)
  await getPerson(tx, given.chairId)
  await refuseUnfitAttendance(tx, given, by)
  if ((await countTargets(tx, given.targetIds)) !== new Set(given.targetIds).size)
    throw new Fault('meeting.target_unknown')
  const cases: CaseId[] = []
  for (const number of new Set(given.caseNumbers)) cases.push((await engine.get(tx, number, by)).id)
  const id = known ?? newId<MeetingId>()
  const unique = [...new Set(cases)]
  const stored = { ...given, kind, agenda: given.agenda.map((item) => maskPersonal(item)) }
  if (known === undefined) await insertMeeting(tx, id, stored, by.at)
  else await updateMeeting(tx, id, stored)
  await replaceAround(tx, id, given, unique)
  const action = known === undefined ? 'newMeeting' : 'editMeeting'
  await audit(tx, by, { action, objectKind: 'meeting', objectId: id, note: `${given.on} ${given.title}` })
  return id
}

/** Holds a meeting whose minutes are not approved yet. @throws Fault 'meeting.not_found' | 'minutes.fixed' */
export async function lockOpen(tx: Tx, id: MeetingId, by: Actor): Promise<MeetingFacts> {
  await lockMeeting(tx, id)
  const meeting = await getMeeting(tx, id, by)
  if (!OPEN_TO_DRAFT.includes(meeting.state))
    throw new Fault('minutes.fixed', { state: meeting.state === 'issued' ? '已经印发' : '已经审定' })
  return meeting
}

/** Everybody once, and a unit without a name once. */
async function refuseUnfitAttendance(tx: Tx, { attendance, on }: NewMeeting, by: Actor): Promise<void> {
  const today = dayOf(by.at)
  const seen = new Set<string>()
  for (const { unitId, personId } of attendance) {
    const unit = await getUnitInForce(tx, unitId, on < today ? on : today)
    const person = personId === undefined ? undefined : await getPerson(tx, personId)
    const key = person?.id ?? unitId
    if (seen.has(key)) throw new Fault('meeting.twice', { name: person?.name ?? unit.name })
    seen.add(key)
  }
}
