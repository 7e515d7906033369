import type { CaseId, NewVisit, PersonId, Visit, VisitCounts, VisitId } from '@banjie/contract'
import { type Engine, maskPersonal, sightOf, stageWord } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId, sha256 } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listPersonNames, listTenures } from './bond.sql.ts'
import { mayKeep, servesOn } from './keeper.ts'
import { settleDuties } from './settle.ts'
import { findContact, lockTarget, type TargetRow } from './target.sql.ts'
import {
  type Asker,
  countVisits,
  findByClientId,
  insertCases,
  insertOfficials,
  insertVisit,
  listVisits,
  type VisitFilter,
  type VisitRow,
} from './visit.sql.ts'

/** A visit as others hear of it, in its transaction: what its words mean is known above this module. */
export interface VisitListener {
  /** Before anything is stored. @throws Fault where a tag may not stand on a visit of that day */
  admit(tx: Tx, visit: Pick<NewVisit, 'on' | 'tags'>): Promise<void>
  recorded(
    tx: Tx,
    visit: Pick<NewVisit, 'on' | 'tags'> & { readonly id: VisitId; readonly raised: readonly CaseId[] },
    by: Actor,
  ): Promise<void>
}
/** What recording a visit needs. */
export interface VisitParts {
  readonly engine: Engine
  readonly listener: VisitListener
}

const askerOf = (by: Actor): Asker => ({ sight: sightOf(by), person: by.personId })

/** Visits with what each was about. What a target said is shown to others only with consent (同意引用). */
export const visitsOf = async (tx: Tx, engine: Engine, filter: VisitFilter, by: Actor): Promise<Visit[]> =>
  (await listVisits(tx, filter, askerOf(by))).map((row) => visitView(engine, row, by))

export const visitCounts = (tx: Tx, filter: VisitFilter, by: Actor): Promise<VisitCounts> =>
  countVisits(tx, filter, askerOf(by))

/** @throws Fault 'visit.not_found' */
export async function visitOf(tx: Tx, engine: Engine, id: VisitId, by: Actor): Promise<Visit> {
  const [visit] = await visitsOf(tx, engine, { id }, by)
  if (visit === undefined) throw new Fault('visit.not_found')
  return visit
}

function visitView(engine: Engine, { byPerson, recordedAt, quote, cases, ...row }: VisitRow, by: Actor): Visit {
  const wasThere = by.personId !== null && [byPerson, ...row.officials.map(({ id }) => id)].includes(by.personId)
  return {
    ...row,
    quote: row.mayQuote || wasThere ? quote : null,
    recordedAt: recordedAt.toISOString(),
    cases: cases.map(({ type, stage, ...kase }) => ({
      ...kase,
      stageLabel: stageWord(engine.typeOf({ type }), stage),
    })),
  }
}

/**
 * Records a visit (登记走访) once, whatever counts it; what is raised on it becomes cases in the same transaction. The same record sent again is
 * the same visit.
 * @throws Fault 'visit.in_future' | 'visit.consent_without_quote' | 'visit.client_id_taken' | 'visit.official_no_post' | 'visit.not_your_own' |
 *   'visit.case_unknown' | 'liaison.target_not_found' | 'liaison.target_closed' | what its listener or opening a case throws
 */
export async function recordVisit(
  tx: Tx,
  { engine, listener }: VisitParts,
  input: NewVisit,
  by: Actor,
): Promise<Visit> {
  const { officials: named, caseIds, problems, ...given } = input
  const officials = [...new Set(named)]
  if (input.on > dayOf(by.at)) throw new Fault('visit.in_future', { day: input.on })
  if (input.mayQuote && input.quote === undefined) throw new Fault('visit.consent_without_quote')
  // The target first: it is locked, so that a twin waits here and then finds what the first has written.
  const target = await getTargetOn(tx, input)
  const fingerprint = sha256(JSON.stringify(input))
  const known = await findByClientId(tx, input.clientId)
  if (known !== undefined) {
    if (known.fingerprint !== fingerprint || known.byPerson !== by.personId) throw new Fault('visit.client_id_taken')
    return visitOf(tx, engine, known.id, by)
  }
  await refuseUnfitOfficials(tx, officials, input.on, by)
  await listener.admit(tx, input)
  const id = newId<VisitId>()
  if (!(await insertVisit(tx, id, { ...given, ...maskedTexts(given), fingerprint }, by)))
    throw new Fault('visit.client_id_taken')
  await insertOfficials(tx, id, officials)
  const linked = await seenCases(tx, engine, caseIds, by)
  const raised = await raise(tx, engine, target, problems, by)
  if (linked.length + raised.length > 0) await insertCases(tx, id, [...linked, ...raised])
  const { on, tags } = input
  await listener.recorded(tx, { id, on, tags, raised: raised.map((kase) => kase.id) }, by)
  const changed = { from: input.on, to: input.on, target: input.targetId }
  await settleDuties(tx, await engine.calendarOf(tx.tenant), changed, by.at)
  return visitOf(tx, engine, id, by)
}

async function getTargetOn(tx: Tx, { targetId, on }: NewVisit) {
  const target = await lockTarget(tx, targetId)
  if (target === undefined) throw new Fault('liaison.target_not_found')
  if (target.closedOn !== null && on > target.closedOn)
    throw new Fault('liaison.target_closed', { name: target.name, day: target.closedOn })
  return target
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
const maskedTexts = (given: Pick<NewVisit, 'note' | 'policies' | 'facts' | 'wishes' | 'quote'>) => {
  const mask = (text: string | undefined) => (text === undefined ? undefined : maskPersonal(text))
  const { note, policies, facts, wishes, quote } = given
  return {
    ...{ note: mask(note), policies: mask(policies) },
    ...{ facts: mask(facts), wishes: mask(wishes), quote: mask(quote) },
  }
}

async function seenCases(tx: Tx, engine: Engine, ids: readonly CaseId[], by: Actor) {
  const cases = []
  for (const id of new Set(ids)) cases.push({ id: (await engine.get(tx, id, by)).id, aspect: null, raised: false })
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
