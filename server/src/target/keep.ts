import type { NewTarget, PersonId, TargetDefinition, TargetId, TargetObjectId, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, getPerson, getUnitInForce } from '#org'
import { refuseAboveObjects, wordsOf } from './measure.ts'
import { mayKeep } from './say.ts'
import {
  dropObjects,
  fixAll,
  insertObjects,
  listObjects,
  listTargets,
  lockTarget,
  putDraft,
  putTarget,
  type TargetFacts,
} from './target.sql.ts'

type NewObject = NewTarget['objects'][number]

/** A target with what is known of it. @throws Fault 'target.not_found' */
export async function getTarget(tx: Tx, id: TargetId): Promise<TargetFacts> {
  const [target] = await listTargets(tx, [id])
  if (target === undefined) throw new Fault('target.not_found')
  return target
}

interface Answering {
  readonly unitId?: UnitId | null | undefined
  readonly personId?: PersonId | null | undefined
  readonly checkUnitId?: UnitId | null | undefined
}
/**
 * Units that may be given work, a person who is there, and a check by somebody else (谁干谁不查).
 * @throws Fault 'target.own_check' | what is wrong with a unit or the person
 */
export async function refuseUnanswerable(
  tx: Tx,
  { unitId, personId, checkUnitId }: Answering,
  by: Actor,
): Promise<void> {
  if (unitId != null && unitId === checkUnitId) throw new Fault('target.own_check')
  for (const unit of [unitId, checkUnitId]) if (unit != null) await getUnitInForce(tx, unit, dayOf(by.at))
  if (personId != null) await getPerson(tx, personId)
}

/**
 * Drafts a target, or changes the draft (编制目标): nothing runs before it is fixed.
 * @throws Fault 'forbidden' | 'target.not_found' | 'target.published' | what `refuseUnanswerable` and the objects are refused for
 */
export async function draftTarget(tx: Tx, known: TargetId | null, input: NewTarget, by: Actor): Promise<TargetId> {
  if (!mayKeep(by)) throw new Fault('forbidden')
  const id = known ?? newId<TargetId>()
  if (known !== null) {
    await lockTarget(tx, known)
    const { fixedAt, title } = await getTarget(tx, known)
    if (fixedAt !== null) throw new Fault('target.published', { title })
    await dropObjects(tx, known)
  }
  await refuseUnanswerable(tx, input, by)
  await putTarget(tx, id, input, by.at)
  await putDraft(tx, id, input.definition, by)
  if (input.objects.length > 0) await nameObjects(tx, id, input.definition, input.objects)
  await audit(tx, by, {
    ...{ action: known === null ? 'newTarget' : 'editTarget', objectKind: 'target', objectId: id },
    note: `${input.title} ${wordsOf(input.definition)}`,
  })
  return id
}

/**
 * Names more objects of a target (逐个点名).
 * @throws Fault 'forbidden' | 'target.not_found' | 'target.object_known' | 'target.object_unit' | 'target.too_many_objects' | 'target.no_objects'
 */
export async function addObjects(tx: Tx, id: TargetId, objects: readonly NewObject[], by: Actor): Promise<void> {
  if (!mayKeep(by)) throw new Fault('forbidden')
  await lockTarget(tx, id)
  const { definition, title } = await getTarget(tx, id)
  await nameObjects(tx, id, definition, objects)
  const note = `${title} ${objects.map(({ name }) => name).join('、')}`
  await audit(tx, by, { action: 'newTargetObjects', objectKind: 'target', objectId: id, note: note.slice(0, 500) })
}

async function nameObjects(
  tx: Tx,
  id: TargetId,
  definition: TargetDefinition,
  objects: readonly NewObject[],
): Promise<void> {
  const known = await listObjects(tx, [id])
  const names = new Set(known.map(({ name }) => name))
  for (const { name, unitId } of objects) {
    if (names.has(name)) throw new Fault('target.object_known', { name })
    if (definition.kind === 'coverage' && unitId == null) throw new Fault('target.object_unit', { name })
    names.add(name)
  }
  refuseAboveObjects(definition, known, objects)
  const rows = objects.map(({ name, unitId }) => ({ id: newId<TargetObjectId>(), name, unitId: unitId ?? null }))
  await insertObjects(tx, id, rows, known.length)
}

/** Fixes drafted targets (目标公布): from here on they run, and change by approved versions only. */
export const fixTargets = (tx: Tx, ids: readonly TargetId[], by: Actor) => fixAll(tx, ids, by)
