import {
  CONFIDENTIALITY,
  type Instruction,
  type InstructionId,
  type InstructionState,
  type NewInstruction,
  REPLY_FORMAT,
  SOURCE_RANK,
} from '@banjie/contract'
import { type Engine, maskPersonal, type Opening } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { attachBlobs, findBlob } from '#kernel/blob'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf, getPerson, getUnitInForce, holdsPostIn } from '#org'
import { dictionaryOn, kindOf } from './dictionary.ts'
import { closeOf, dueDay } from './due.ts'
import {
  countInstructions,
  type InstructionFilter,
  type InstructionKind,
  type InstructionRow,
  insertInstruction,
  listInstructions,
} from './instruction.sql.ts'
import { mayRecord } from './keeper.ts'
import { owedView } from './owed.ts'

const stateOf = ({ kase }: InstructionRow): InstructionState => {
  if (kase === null) return 'read'
  return kase.closedAt === null ? 'open' : 'answered'
}

function instructionView(engine: Engine, row: InstructionRow, by: Actor): Instruction {
  const { imageId, kase, ...facts } = row
  const isAnswered = stateOf(row) === 'answered'
  return {
    ...{ ...facts, state: stateOf(row), hasImage: imageId !== null },
    case: kase === null ? null : owedView(engine, kase, by.at),
    answer: kase !== null && isAnswered && kase.mayOpen ? kase.answer : null,
    answeredAt: kase?.closedAt == null ? null : new Date(kase.closedAt).toISOString(),
  }
}

/** Instructions (领导批示), those that are not answered first; only what has to be carried out counts as open or answered. */
export async function instructionsOf(
  tx: Tx,
  engine: Engine,
  { state, ...filter }: InstructionFilter & { readonly state?: InstructionState | undefined },
  by: Actor,
) {
  const rows = await listInstructions(tx, { ...filter, state }, by)
  return {
    items: rows.map((row) => instructionView(engine, row, by)),
    counts: await countInstructions(tx, filter, by),
    mayRecord: mayRecord(by),
  }
}

/** @throws Fault 'instruction.not_found' for one that is not there or not for the caller */
export async function instructionOf(tx: Tx, engine: Engine, id: InstructionId, by: Actor): Promise<Instruction> {
  return instructionView(engine, await getInstruction(tx, id, by), by)
}
export async function getInstruction(tx: Tx, id: InstructionId, by: Actor): Promise<InstructionRow> {
  const [row] = await listInstructions(tx, { id }, by)
  if (row === undefined) throw new Fault('instruction.not_found')
  return row
}

/**
 * Records what a leader has written (登记批示). Only a kind that has to be carried out becomes a task, in this transaction; 阅 and 同意 are kept and
 * owe nothing.
 * @throws Fault 'forbidden' | 'instruction.leader' | 'instruction.future' | 'instruction.empty' | 'meeting.kind_unknown' | 'instruction.not_actionable' |
 *   'instruction.owner_needed' | 'instruction.due_needed' | 'instruction.image' | 'file.not_found' | 'case.not_found' | 'decision.due_not_workday'
 */
export async function recordInstruction(
  tx: Tx,
  engine: Engine,
  given: NewInstruction,
  by: Actor,
): Promise<InstructionId> {
  refuseUnless(mayRecord(by))
  const { dueOn: _, dueWorkdays: __, ...facts } = given
  if ((given.leaderId === undefined) === (given.leaderTitle === undefined)) throw new Fault('instruction.leader')
  if (given.on > dayOf(by.at)) throw new Fault('instruction.future', { day: given.on })
  if (given.text === undefined && given.imageId === undefined) throw new Fault('instruction.empty')
  const leader = given.leaderId === undefined ? given.leaderTitle : (await getPerson(tx, given.leaderId)).name
  const kind = kindOf((await dictionaryOn(tx, given.on)).instructions, given.kind)
  const text = given.text === undefined ? undefined : maskPersonal(given.text)
  const about = await aboutOf(tx, engine, given.about, by)
  const dueOn = await owedBy(tx, engine, kind, given, by)
  const words = { leader: leader ?? '', kind, about, text, dueOn }
  const caseId = dueOn === null ? null : await openTask(tx, engine, { ...facts, ...words, dueOn }, by)
  const id = newId<InstructionId>()
  await keepImage(tx, id, given)
  await insertInstruction(tx, id, { ...facts, text, kind, about, dueOn, caseId }, by)
  await audit(tx, by, {
    ...{ action: 'newInstruction', objectKind: 'instruction', objectId: id, note: `${leader} ${kind.label}` },
  })
  return id
}

async function aboutOf(tx: Tx, engine: Engine, about: NewInstruction['about'], by: Actor) {
  if (about.kind !== 'case') {
    const title = maskPersonal(about.title)
    return { ...about, title, words: title, parent: undefined }
  }
  const kase = await engine.get(tx, about.number, by)
  return { kind: about.kind, caseId: kase.id, words: kase.title, parent: kase }
}

/** The day of the reply; null where nothing is owed. @throws Fault where the kind and what was filled in do not fit */
async function owedBy(tx: Tx, engine: Engine, kind: InstructionKind, given: NewInstruction, by: Actor) {
  const { unitId, personId, dueOn, dueWorkdays } = given
  const said = [unitId, personId, dueOn, dueWorkdays].some((value) => value !== undefined)
  if (!kind.actionable) {
    if (said) throw new Fault('instruction.not_actionable', { kind: kind.label })
    return null
  }
  if (unitId === undefined) throw new Fault('instruction.owner_needed', { kind: kind.label })
  if (dueOn !== undefined && dueWorkdays !== undefined) throw new Fault('decision.due_twice', { row: 1 })
  const today = dayOf(by.at)
  const unit = await getUnitInForce(tx, unitId, today)
  const person = personId === undefined ? undefined : await getPerson(tx, personId)
  if (person !== undefined && !(await holdsPostIn(tx, person.id, unitId, today)))
    throw new Fault('decision.no_post', { row: 1, name: person.name, unit: unit.name })
  const due = dueDay(await engine.calendarOf(tx.tenant), today, { dueOn, dueWorkdays })
  if (due === null) throw new Fault('instruction.due_needed', { kind: kind.label })
  return due
}

type Words = Omit<NewInstruction, 'kind' | 'about' | 'dueOn' | 'text'> & {
  readonly leader: string
  readonly kind: InstructionKind
  readonly about: Awaited<ReturnType<typeof aboutOf>>
  readonly text: string | undefined
  readonly dueOn: string
}
async function openTask(tx: Tx, engine: Engine, words: Words, by: Actor) {
  const { leader, kind, about, text, dueOn, rank, reply, confidentiality } = words
  const dueAt = closeOf(await engine.calendarOf(tx.tenant), dueOn)
  const opening: Opening = {
    ...{ type: 'task', channel: about.parent?.channel ?? 'other', parentId: about.parent?.id },
    ...{ leadUnitId: words.unitId ?? null, handlerId: words.personId ?? null },
    facts: {
      ...{ kind: 'instruction', title: `${kind.label}：${about.words}`.slice(0, 60), dueAt: dueAt.toISOString(), rank },
      ...{ confidential: confidentiality === 'limited' || about.parent?.confidential === true },
      content: [
        `${leader}（${SOURCE_RANK[rank]}）批示“${kind.label}”：${text ?? '原文见照片'}`,
        `批示对象：${about.words}`,
        `反馈：${REPLY_FORMAT[reply]}；知悉范围：${CONFIDENTIALITY[confidentiality]}`,
      ].join('\n'),
    },
  }
  const [kase] = await engine.open(tx, [opening], by)
  if (kase === undefined) throw new Error('one opening in, no case out')
  return kase.id
}

async function keepImage(tx: Tx, id: InstructionId, { imageId }: NewInstruction): Promise<void> {
  if (imageId === undefined) return
  const image = await findBlob(tx, imageId)
  if (image !== undefined && !image.mediaType.startsWith('image/')) throw new Fault('instruction.image')
  await attachBlobs(tx, id, [imageId], false, 'instruction')
}
