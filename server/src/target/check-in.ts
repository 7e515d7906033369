import type { BlobId, CheckInId, NewCheckIn, TargetId } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { attachBlobs, type Blob, findBlob } from '#kernel/blob'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { getTarget } from './keep.ts'
import { admit, counts } from './measure.ts'
import { sayOf } from './say.ts'
import { findCheckIn, insertCheckIn, listObjects, lockTarget, voidIn } from './target.sql.ts'

/**
 * Checks in (点检): what was done by a day and what proves it. Progress is counted from these rows and typed nowhere.
 * @throws Fault 'target.not_found' | 'target.not_published' | 'forbidden' | 'checkIn.future' | 'checkIn.no_evidence' | 'checkIn.nothing' |
 *   what `admit` refuses
 */
export async function checkIn(tx: Tx, id: TargetId, input: NewCheckIn, by: Actor): Promise<void> {
  await lockTarget(tx, id)
  const target = await getTarget(tx, id)
  if (target.fixedAt === null) throw new Fault('target.not_published', { title: target.title })
  if (!(await sayOf(tx, target, by)).checkIn) throw new Fault('forbidden')
  const objects = await listObjects(tx, [id])
  const object = input.objectId == null ? undefined : objects.find((one) => one.id === input.objectId)
  if (input.objectId != null && object === undefined) throw new Fault('checkIn.object')
  if (counts(input)) admit(target.definition, { quantity: target.quantity, objects }, object, input)
  await keepCheckIn(tx, id, input, by)
}

/** Keeps a check-in that was found to be in order. @throws Fault 'checkIn.future' | 'checkIn.no_evidence' | 'checkIn.nothing' */
export async function keepCheckIn(tx: Tx, target: TargetId, input: NewCheckIn, by: Actor): Promise<void> {
  if (input.day > dayOf(by.at)) throw new Fault('checkIn.future', { day: input.day })
  const isCounted = counts(input) || input.milestoneId != null
  const files = [...new Set(input.attachmentIds)]
  // Photos prove by themselves; what they are is written down so that nobody looks for a document.
  const evidence = input.evidence ?? (files.length > 0 ? `照片、录音 ${files.length} 个` : undefined)
  if (isCounted && evidence === undefined) throw new Fault('checkIn.no_evidence')
  if (!isCounted && input.note === undefined) throw new Fault('checkIn.nothing')
  const id = newId<CheckInId>()
  const texts = maskedTexts({ ...input, evidence })
  await insertCheckIn(tx, id, target, { ...input, ...texts }, by)
  await attachBlobs(tx, id, files, false, 'checkIn')
  const said = texts.evidence ?? texts.note
  const note = [input.day, input.quantity ?? input.measured ?? '', input.words.join('、'), said]
  await audit(tx, by, {
    action: 'checkIn',
    objectKind: 'target',
    objectId: target,
    note: note.filter(Boolean).join(' '),
  })
}

/** A phone in the words of a check-in is no longer one. */
const maskedTexts = ({ evidence, note, issues, next }: Pick<NewCheckIn, 'evidence' | 'note' | 'issues' | 'next'>) => {
  const mask = (text: string | null | undefined) => (text == null ? undefined : maskPersonal(text))
  return { evidence: mask(evidence), note: mask(note), issues: mask(issues), next: mask(next) }
}

/**
 * Voids a check-in (作废): it counts no more and stays to be read. Who reported it may, and whoever checks.
 * @returns the target it belongs to
 * @throws Fault 'checkIn.not_found' | 'checkIn.voided' | 'forbidden'
 */
export async function voidCheckIn(tx: Tx, id: CheckInId, reason: string, by: Actor): Promise<TargetId> {
  const found = await findCheckIn(tx, id)
  if (found === undefined) throw new Fault('checkIn.not_found')
  await lockTarget(tx, found.targetId)
  if ((await findCheckIn(tx, id))?.voidedAt !== null) throw new Fault('checkIn.voided')
  const isOwn = found.byId !== null && found.byId === by.personId
  if (!isOwn && !(await sayOf(tx, await getTarget(tx, found.targetId), by)).voids) throw new Fault('forbidden')
  const why = maskPersonal(reason)
  await voidIn(tx, id, why, by)
  await audit(tx, by, { action: 'voidCheckIn', objectKind: 'target', objectId: found.targetId, note: why })
  return found.targetId
}

/**
 * A photo or recording of a check-in (点检附件); whoever may see the target may see it, voided or not.
 * @throws Fault 'file.not_found' for what is attached elsewhere or not at all
 */
export async function checkInFile(tx: Tx, id: BlobId): Promise<Blob> {
  const found = await findBlob(tx, id)
  if (found?.attachedKind !== 'checkIn') throw new Fault('file.not_found')
  return found
}
