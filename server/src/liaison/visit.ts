import type {
  BlobId,
  CaseId,
  NewVisit,
  PersonId,
  UnitId,
  Visit,
  VisitCounts,
  VisitId,
  VisitProblem,
  VisitProblemState,
  VisitRoleRow,
} from '@banjie/contract'
import { type Engine, findCase, maskPersonal, sightOf, stageWord } from '#case'
import { type Actor, onBehalf } from '#kernel/actor'
import { attachBlobs } from '#kernel/blob'
import { Fault } from '#kernel/fault'
import { newId, sha256 } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listPersonNames, listTenures } from './bond.sql.ts'
import { mayKeep, oversees, peopleOf, servesOn } from './keeper.ts'
import { getOpenTarget } from './open-target.ts'
import { settleDuties } from './settle.ts'
import { findContact, type TargetRow } from './target.sql.ts'
import {
  type Asker,
  countVisits,
  findByClientId,
  findVisitFile,
  insertCases,
  insertOfficials,
  insertVisit,
  isFollowed,
  listRaised,
  listRoles,
  listVisits,
  markVisited,
  type VisitFilter,
  type VisitRow,
} from './visit.sql.ts'

/** A visit that has just been written (走访已登记). */
export type RecordedVisit = Pick<NewVisit, 'targetId' | 'kind' | 'on' | 'officials' | 'tags'> & {
  readonly id: VisitId
  /** The cases that were opened on it. */
  readonly raised: readonly CaseId[]
}
/** Somebody above who hears of a visit in its transaction: what its words mean, and what it fulfils, is known above this module. */
export interface VisitListener {
  /** Before anything is stored. @throws Fault where a tag may not stand on a visit of that day */
  readonly admit?: (tx: Tx, visit: Pick<NewVisit, 'on' | 'tags'>) => Promise<void>
  readonly recorded: (tx: Tx, visit: RecordedVisit, by: Actor) => Promise<void>
  /** A forgotten tag was added; `tags` are the new ones alone. */
  readonly tagged?: (tx: Tx, visit: Pick<RecordedVisit, 'id' | 'on' | 'tags' | 'raised'>, by: Actor) => Promise<void>
}
/** What recording a visit needs. */
export interface VisitParts {
  readonly engine: Engine
  readonly listeners: readonly VisitListener[]
}

/** Answered, and not yet closed. */
const FINISHED: readonly string[] = ['answered', 'calledBack']

const askerOf = (by: Actor): Asker => ({
  ...{ sight: sightOf(by), person: by.personId },
  today: dayOf(by.at),
})

/** Visits with what each was about. What a target said is shown to others only with consent (同意引用). */
export const visitsOf = async (tx: Tx, engine: Engine, filter: VisitFilter, by: Actor): Promise<Visit[]> =>
  (await listVisits(tx, filter, askerOf(by))).map((row) => visitView(engine, row, by))

export const visitCounts = (tx: Tx, filter: VisitFilter, by: Actor): Promise<VisitCounts> =>
  countVisits(tx, filter, askerOf(by))

/** The problems that were raised on visits, with what they have come to; the rows behind the figures (走访问题). */
export async function raisedOf(
  tx: Tx,
  engine: Engine,
  { filter, state }: { readonly filter: VisitFilter; readonly state: VisitProblemState | undefined },
  by: Actor,
): Promise<{ items: VisitProblem[]; total: number }> {
  const rows = await listRaised(tx, filter, state, askerOf(by))
  return {
    items: rows.map(({ type, stage, total: _, ...row }) => ({
      ...{ ...row, stageLabel: stageWord(engine.typeOf({ type }), stage) },
    })),
    total: rows[0]?.total ?? 0,
  }
}

/**
 * What each officer was and brought (四员四项) in a span, for overseers of all, for others of their own and their people.
 * @param of only these people
 */
export async function visitRoles(
  tx: Tx,
  span: Pick<VisitFilter, 'from' | 'to'>,
  of: readonly PersonId[] | undefined,
  by: Actor,
): Promise<VisitRoleRow[]> {
  if (oversees(by)) return listRoles(tx, span, of)
  const own = await peopleOf(tx, by, dayOf(by.at))
  return listRoles(tx, span, of === undefined ? own : own.filter((one) => of.includes(one)))
}

/** @throws Fault 'visit.not_found' */
export async function visitOf(tx: Tx, engine: Engine, id: VisitId, by: Actor): Promise<Visit> {
  const [visit] = await visitsOf(tx, engine, { id }, by)
  if (visit === undefined) throw new Fault('visit.not_found')
  return visit
}

function visitView(
  engine: Engine,
  { byPerson, recordedAt, quote, cases, attachments, ...row }: VisitRow,
  by: Actor,
): Visit {
  const wasThere = by.personId !== null && [byPerson, ...row.officials.map(({ id }) => id)].includes(by.personId)
  return {
    ...row,
    quote: row.mayQuote || wasThere ? quote : null,
    attachments: (wasThere || oversees(by) ? attachments : []).map((file) => ({
      ...file,
      url: `/api/v1/visits/${row.id}/attachments/${file.id}`,
    })),
    recordedAt: recordedAt.toISOString(),
    mayTag: mayTag({ byPerson }, by),
    cases: cases.map(({ type, stage, ...kase }) => ({
      ...kase,
      mayVerify: FINISHED.includes(stage),
      stageLabel: stageWord(engine.typeOf({ type }), stage),
    })),
  }
}

/** Whoever wrote it down, and who keeps the register. */
export const mayTag = ({ byPerson }: Pick<VisitRow, 'byPerson'>, by: Actor) =>
  mayKeep(by) || (by.personId !== null && by.personId === byPerson)

/** The units whose people went, by the posts they held on the day. */
export async function visitUnits(
  tx: Tx,
  { officials, on }: Pick<RecordedVisit, 'officials' | 'on'>,
): Promise<UnitId[]> {
  const tenures = (await listTenures(tx, { people: officials })).filter((tenure) => servesOn(tenure, on))
  return [...new Set(tenures.map(({ unitId }) => unitId))]
}

/**
 * Records a visit (登记走访) once, whatever counts it; what is raised on it becomes cases in the same transaction. The same record sent again is
 * the same visit.
 * @throws Fault 'visit.in_future' | 'visit.consent_without_quote' | 'visit.client_id_taken' | 'visit.official_no_post' | 'visit.not_your_own' |
 *   'visit.verdict_unlinked' | 'visit.not_answered' | 'liaison.target_not_found' | 'liaison.target_closed' | what a listener or opening a case
 *   throws
 */
export async function recordVisit(
  tx: Tx,
  { engine, listeners }: VisitParts,
  input: NewVisit,
  by: Actor,
): Promise<Visit> {
  const { officials: named, caseIds: _, verdicts: __, problems, attachmentIds, ...given } = input
  const officials = [...new Set(named)]
  if (input.on > dayOf(by.at)) throw new Fault('visit.in_future', { day: input.on })
  if (input.mayQuote && input.quote === undefined) throw new Fault('visit.consent_without_quote')
  // The target first: it is locked, so that a twin waits here and then finds what the first has written.
  const target = await getOpenTarget(tx, input.targetId, input.on)
  // A file sent twice over a bad network has two ids; the visit is the same.
  const fingerprint = sha256(JSON.stringify({ ...input, attachmentIds: [] }))
  const known = await findByClientId(tx, input.clientId)
  if (known !== undefined) {
    if (known.fingerprint !== fingerprint || known.byPerson !== by.personId) throw new Fault('visit.client_id_taken')
    return visitOf(tx, engine, known.id, by)
  }
  await refuseUnfitOfficials(tx, officials, input.on, by)
  for (const { admit } of listeners) await admit?.(tx, input)
  const id = newId<VisitId>()
  if (!(await insertVisit(tx, id, { ...given, ...maskedTexts(given), fingerprint }, by)))
    throw new Fault('visit.client_id_taken')
  await insertOfficials(tx, id, officials)
  await attachBlobs(tx, id, attachmentIds, false, 'visit')
  await markVisited(tx, input.targetId, input.on)
  const linked = await seenCases(tx, engine, input, by)
  const raised = await raise(tx, engine, target, problems, by)
  if (linked.length + raised.length > 0) await insertCases(tx, id, [...linked, ...raised])
  await passOn(tx, engine, input, by)
  const changed = { from: input.on, to: input.on, target: input.targetId }
  await settleDuties(tx, await engine.calendarOf(tx.tenant), changed, by.at)
  const visit = { ...input, id, officials, raised: raised.map((kase) => kase.id) }
  for (const { recorded } of listeners) await recorded(tx, visit, by)
  return visitOf(tx, engine, id, by)
}

/** Whoever went had a post that day; whoever writes it down went too, works with one of them, or keeps the register. */
async function refuseUnfitOfficials(tx: Tx, officials: readonly PersonId[], day: string, by: Actor): Promise<void> {
  const tenures = (await listTenures(tx, { people: officials })).filter((tenure) => servesOn(tenure, day))
  const missing = officials.find((person) => !tenures.some(({ personId }) => personId === person))
  if (missing !== undefined) {
    const [person] = await listPersonNames(tx, [missing])
    if (person === undefined) throw new Fault('person.not_found')
    throw new Fault('visit.official_no_post', { name: person.name, day })
  }
  const isMate = tenures.some(({ unitId }) => unitId === by.unitId || by.scope.includes(unitId))
  if (!isMate && !mayKeep(by) && !officials.some((person) => person === by.personId))
    throw new Fault('visit.not_your_own')
}

/** A phone in the words of a visit is no longer one. */
const maskedTexts = (
  given: Pick<NewVisit, 'place' | 'present' | 'note' | 'policies' | 'facts' | 'wishes' | 'services' | 'quote'>,
) => {
  const mask = (text: string | undefined) => (text === undefined ? undefined : maskPersonal(text))
  const { place, present, note, policies, facts, wishes, services, quote } = given
  return {
    ...{ place: mask(place), present: mask(present) },
    ...{ note: mask(note), policies: mask(policies), services: mask(services) },
    ...{ facts: mask(facts), wishes: mask(wishes), quote: mask(quote) },
  }
}

/** The cases a visit was about: those the caller sees, and those that came up on visits to this target which the caller follows. */
async function seenCases(tx: Tx, engine: Engine, { targetId, caseIds }: NewVisit, by: Actor) {
  const cases = []
  for (const id of new Set(caseIds)) {
    if (!(await isFollowed(tx, targetId, id, askerOf(by)))) await engine.get(tx, id, by)
    cases.push({ id, aspect: null, raised: false })
  }
  return cases
}

/** Problems raised on a visit (走访问题): appeals of the target, with its contact as the asker's. */
async function raise(
  tx: Tx,
  engine: Engine,
  target: Pick<TargetRow, 'id' | 'name'> & { readonly divisionCode: string | null; readonly uscc: string | null },
  problems: NewVisit['problems'],
  by: Actor,
) {
  if (problems.length === 0) return []
  const { opens } = engine.typeOf({ type: 'appeal' })
  if (!opens.some((doer) => by.roles.has(doer as never))) throw new Fault('forbidden')
  const contact = await findContact(tx, target.id)
  const openings = problems.map(({ content, category }) => ({
    ...{ type: 'appeal', channel: 'visit' as const },
    facts: { content, category, divisionCode: target.divisionCode ?? undefined },
    party: {
      ...{ kind: 'enterprise' as const, name: target.name },
      ...{ uscc: target.uscc ?? undefined, phone: contact?.phone ?? undefined },
    },
  }))
  const cases = await engine.open(tx, openings, by)
  return cases.map(({ id }, i) => ({ id, aspect: problems[i]?.aspect ?? null, raised: true }))
}

/** Passes on what the target says of the answers it was given (核实结果); it stands for a call-back of each case. */
async function passOn(
  tx: Tx,
  engine: Engine,
  { purpose, kind, caseIds, verdicts }: NewVisit,
  by: Actor,
): Promise<void> {
  for (const { caseId, ...said } of verdicts) {
    const isLinked = caseIds.includes(caseId) && (purpose === 'verify' || kind === 'phone')
    if (!isLinked) throw new Fault('visit.verdict_unlinked')
    const kase = await findCase(tx, caseId)
    if (kase === undefined || !FINISHED.includes(kase.stage))
      throw new Fault('visit.not_answered', { number: kase?.number ?? caseId })
    await engine.act(
      tx,
      { caseId, action: 'verifyFinish', input: { ...said, onSite: kind === 'onSite' } },
      onBehalf(by),
    )
  }
}

/** A photo or a voice note of a visit, for who was there and for overseers. @throws Fault 'visit.not_found' | 'file.not_found' */
export async function visitFile(tx: Tx, engine: Engine, id: VisitId, blob: BlobId, by: Actor) {
  const { attachments } = await visitOf(tx, engine, id, by)
  const file = attachments.some((one) => one.id === blob) ? await findVisitFile(tx, id, blob) : undefined
  if (file === undefined) throw new Fault('file.not_found')
  return file
}
