import type { CaseOrigin, CheckDecision, Decision, DecisionId, DecisionState, NewDecision } from '@banjie/contract'
import { type Engine, maskPersonal, type Opening, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, getPerson, getUnitInForce, holdsPostIn } from '#org'
import {
  type DecisionDraft,
  type DecisionRow,
  insertDecisionCase,
  listDecisions,
  listDecisionsOfCase,
  lockDecision,
  saveCheck,
  saveSentBack,
} from './decision.sql.ts'
import { closeOf, dueDay } from './due.ts'
import { listInstructionsOfCase } from './instruction.sql.ts'
import { listMeetingsAbout, type MeetingFacts } from './meeting.sql.ts'
import { owedView } from './owed.ts'

type Lack = 'person' | 'time' | 'check'
/** What a decision lacks of the four 定 (定人、定时、定查). */
export const lacksOf = ({ unit, person, dueOn, checker }: DecisionRow): Lack[] => [
  ...(unit === null || person === null ? (['person'] as const) : []),
  ...(dueOn === null ? (['time'] as const) : []),
  ...(checker === null ? (['check'] as const) : []),
]

function stateOf({ issued, checkedOn, kase }: DecisionRow): DecisionState {
  if (!issued) return 'draft'
  if (checkedOn !== null) return 'done'
  return kase?.closedAt == null ? 'open' : 'reported'
}

export function decisionView(engine: Engine, row: DecisionRow, by: Actor): Decision {
  const { id, position, text, form, unit, person, dueOn, checker, checkedOn, checkNote, rounds, issued, kase } = row
  const state = stateOf(row)
  return {
    ...{ id, position, text, form, unit, person, dueOn, checker, checkedOn, checkNote, state },
    lacks: lacksOf(row),
    case: kase === null ? null : owedView(engine, kase, by.at),
    opened: issued && form !== 'existing',
    answer: kase?.mayOpen ? kase.answer : null,
    returned: form === 'existing' ? rounds : Math.max(0, rounds - 1),
    mayCheck: state === 'reported' && checker !== null && checker.id === by.personId,
  }
}

/**
 * Decisions as they will be stored: days counted on the calendar, people and units looked up. What is missing may be missing still.
 * @throws Fault 'decision.due_twice' | 'decision.checks_itself' | 'decision.no_post' | 'decision.case_missing' | 'decision.case_needless' |
 *   'decision.case_closed' | 'decision.due_not_workday' | 'decision.due_before'
 */
export async function draftDecisions(
  tx: Tx,
  engine: Engine,
  meeting: MeetingFacts,
  given: readonly NewDecision[],
  by: Actor,
): Promise<DecisionDraft[]> {
  const calendar = await engine.calendarOf(tx.tenant)
  const drafts: DecisionDraft[] = []
  for (const [i, decision] of given.entries()) {
    const row = i + 1
    const { form, unitId, personId, checkerId, dueOn, dueWorkdays } = decision
    if (dueOn !== undefined && dueWorkdays !== undefined) throw new Fault('decision.due_twice', { row })
    await refuseUnfitPeople(tx, decision, row, by)
    drafts.push({
      ...{ id: newId<DecisionId>(), text: maskPersonal(decision.text), form, unitId: unitId ?? null },
      ...{ personId: personId ?? null, checkerId: checkerId ?? null },
      dueOn: dueDay(calendar, meeting.on, { dueOn, dueWorkdays }),
      caseId: await existingCase(tx, engine, decision, row, by),
    })
  }
  return drafts
}

async function refuseUnfitPeople(tx: Tx, { unitId, personId, checkerId }: NewDecision, row: number, by: Actor) {
  const today = dayOf(by.at)
  const unit = unitId === undefined ? undefined : await getUnitInForce(tx, unitId, today)
  const person = personId === undefined ? undefined : await getPerson(tx, personId)
  if (checkerId !== undefined) await getPerson(tx, checkerId)
  if (person !== undefined && person.id === checkerId)
    throw new Fault('decision.checks_itself', { row, name: person.name })
  if (person !== undefined && unit !== undefined && !(await holdsPostIn(tx, person.id, unit.id, today)))
    throw new Fault('decision.no_post', { row, name: person.name, unit: unit.name })
}

async function existingCase(tx: Tx, engine: Engine, { form, caseNumber }: NewDecision, row: number, by: Actor) {
  if (form !== 'existing') {
    if (caseNumber !== undefined) throw new Fault('decision.case_needless', { row })
    return null
  }
  if (caseNumber === undefined) throw new Fault('decision.case_missing', { row })
  const kase = await engine.get(tx, caseNumber, by)
  if (kase.closedAt !== null) throw new Fault('decision.case_closed', { row, number: kase.number })
  return kase.id
}

/** Every decision becomes what it is to become (议定事项交办), in the transaction that issues the minutes. */
export async function openDecisions(
  tx: Tx,
  engine: Engine,
  meeting: Pick<MeetingFacts, 'title'> & { readonly number: string | null },
  decisions: readonly DecisionRow[],
  by: Actor,
): Promise<void> {
  const fresh = decisions.filter(({ form }) => form !== 'existing')
  if (fresh.length === 0) return
  const calendar = await engine.calendarOf(tx.tenant)
  const openings = fresh.map((decision) => {
    const dueAt = closeOf(calendar, decision.dueOn ?? '')
    const basis = `${meeting.title}（${meeting.number}）议定：${decision.text}`
    return decision.form === 'task' ? asTask(decision, basis, dueAt) : asProblem(decision, basis)
  })
  const cases = await engine.open(tx, openings, by)
  for (const [i, { id }] of fresh.entries()) if (cases[i]) await insertDecisionCase(tx, id, 1, cases[i].id)
}

const asTask = ({ text, unit, person, checker }: DecisionRow, basis: string, dueAt: Date): Opening => ({
  ...{ type: 'task', channel: 'other', leadUnitId: unit?.id ?? null, handlerId: person?.id ?? null },
  facts: {
    ...{ kind: 'decision', title: `议定：${text}`.slice(0, 60), dueAt: dueAt.toISOString() },
    content: `${basis}\n承办：${unit?.name} ${person?.name}；查验：${checker?.name}`,
  },
})
/** A problem stands with the intake office until it is dispatched; whom the meeting named is written on it. */
const asProblem = ({ text, unit, person, checker, dueOn }: DecisionRow, basis: string): Opening => ({
  ...{ type: 'problem', channel: 'other' },
  facts: {
    ...{ title: text.slice(0, 60), deadline: dueOn },
    content: `${basis}\n会议定的承办单位：${unit?.name} ${person?.name}；查验：${checker?.name}`,
  },
})

/**
 * Checks a decision (查验) that its owner has reported: it is done, or it goes back as a new task with a new day.
 * @throws Fault 'decision.not_found' | 'decision.checked' | 'decision.not_reported' | 'decision.not_checker' | 'decision.due_needed'
 */
export async function checkDecision(
  tx: Tx,
  engine: Engine,
  id: DecisionId,
  { passed, note: typed, dueWorkdays }: CheckDecision,
  by: Actor,
): Promise<Decision> {
  await lockDecision(tx, id)
  const decision = await getDecision(tx, id, by)
  const state = stateOf(decision)
  if (decision.checkedOn !== null) throw new Fault('decision.checked', { day: decision.checkedOn })
  if (state !== 'reported') throw new Fault('decision.not_reported')
  if (decision.checker?.id !== by.personId) throw new Fault('decision.not_checker', { name: decision.checker?.name })
  const note = maskPersonal(typed)
  if (passed) await saveCheck(tx, id, dayOf(by.at), note)
  else await sendBack(tx, engine, decision, { note, dueWorkdays }, by)
  const action = passed ? 'checkDecision' : 'sendBackDecision'
  await audit(tx, by, { action, objectKind: 'decision', objectId: id, note })
  return decisionView(engine, await getDecision(tx, id, by), by)
}

async function sendBack(
  tx: Tx,
  engine: Engine,
  decision: DecisionRow,
  { note, dueWorkdays }: { readonly note: string; readonly dueWorkdays: number | undefined },
  by: Actor,
): Promise<void> {
  const calendar = await engine.calendarOf(tx.tenant)
  const dueOn = dueDay(calendar, dayOf(by.at), { dueWorkdays })
  if (dueOn === null) throw new Fault('decision.due_needed')
  const basis = `查验退回：${note}\n议定：${decision.text}`
  const [kase] = await engine.open(tx, [asTask(decision, basis, closeOf(calendar, dueOn))], by)
  if (kase === undefined) throw new Error('one opening in, no case out')
  await saveSentBack(tx, decision.id, note, dueOn)
  await insertDecisionCase(tx, decision.id, decision.rounds + 1, kase.id)
}

async function getDecision(tx: Tx, id: DecisionId, by: Actor): Promise<DecisionRow> {
  const [decision] = await listDecisions(tx, { id }, sightOf(by))
  if (decision === undefined) throw new Fault('decision.not_found')
  return decision
}

/** From where a case comes (来由), for whoever sees it: what decided it, what was only said about it, who instructed it. @throws Fault 'case.not_found' */
export async function originsOf(tx: Tx, engine: Engine, id: string, by: Actor): Promise<CaseOrigin[]> {
  const kase = await engine.get(tx, id, by)
  const decided = await listDecisionsOfCase(tx, kase.id)
  const known = new Set(decided.map((one) => one.id))
  const about = (await listMeetingsAbout(tx, kase.id)).filter((one) => !known.has(one.id))
  const meetings = [...decided, ...about].map((one) => ({ ...one, kind: 'meeting' as const }))
  const instructed = await listInstructionsOfCase(tx, kase.id, by)
  return [...meetings, ...instructed.map((one) => ({ ...one, kind: 'instruction' as const }))]
}
