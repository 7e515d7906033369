import type { Drive, DriveFigures, DriveId, DriveLine, DriveRow, NewClaim, NewDrive, Role } from '@banjie/contract'
import { type Engine, type Sight, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { getUnitInForce } from '#org'
import {
  countOutside,
  type DriveRecord,
  deleteClaim,
  deleteNote,
  findDrive,
  insertClaim,
  listClaims,
  listDriveChannels,
  listDrives,
  listKnownChannels,
  listNotes,
  listPublished,
  lockDrive,
  putDrive,
  putDriveChannels,
  putNote,
} from './drive.sql.ts'
import { driveFigures, lineValue } from './figures.ts'
import { refuseUnless } from './register.ts'

const KEEPERS: readonly Role[] = ['dispatcher', 'supervisor', 'admin']

/** @throws Fault 'drive.not_found' */
export async function getDrive(tx: Tx, id: DriveId): Promise<DriveRecord> {
  const drive = await findDrive(tx, id)
  if (drive === undefined) throw new Fault('drive.not_found')
  return drive
}

/** Drives (集中征集), newest first. */
export const allDrives = (tx: Tx, by: Actor): Promise<DriveRow[]> => listDrives(tx, sightOf(by))

/** A drive with everything its page shows. @throws Fault 'drive.not_found' */
export async function driveView(tx: Tx, engine: Engine, id: DriveId, by: Actor): Promise<Drive> {
  const drive = await getDrive(tx, id)
  const figures = await driveFigures(tx, engine, id, sightOf(by))
  return {
    ...drive,
    figures,
    channels: await listDriveChannels(tx, id),
    notes: (await listNotes(tx, id)).map((note) => ({ ...note, at: note.at.toISOString() })),
    claims: await claimsBeside(tx, id, figures),
  }
}

/** What others have stated (外部说法), each beside what we have computed. */
async function claimsBeside(tx: Tx, id: DriveId, figures: DriveFigures): Promise<Drive['claims']> {
  return (await listClaims(tx, id)).map((claim) => {
    const computed = lineValue(figures, claim.line)
    return { ...claim, computed, difference: claim.value - computed }
  })
}

/**
 * Starts a drive (发起征集), or changes one.
 * @throws Fault 'forbidden' | 'drive.not_found' | 'drive.would_exclude' | 'channel.not_found' | what is wrong with the unit
 */
export async function keepDrive(
  tx: Tx,
  engine: Engine,
  id: DriveId | null,
  input: NewDrive,
  by: Actor,
): Promise<Drive> {
  refuseUnless(by, KEEPERS)
  await getUnitInForce(tx, input.unitId, input.from)
  const wanted = new Set(input.channelIds)
  if ((await listKnownChannels(tx, input.channelIds)).length < wanted.size) throw new Fault('channel.not_found')
  if (id !== null) {
    await lockDrive(tx, id)
    await getDrive(tx, id)
    const count = await countOutside(tx, id, input.from, input.to)
    if (count > 0) throw new Fault('drive.would_exclude', { count, from: input.from, to: input.to })
  }
  const key = id ?? newId<DriveId>()
  await putDrive(tx, key, input, by)
  await putDriveChannels(tx, key, input.channelIds)
  return driveView(tx, engine, key, by)
}

/** Notes what a line of the drive leaves open (说明); an empty text takes the note away. @throws Fault 'forbidden' | 'drive.not_found' */
export async function noteDrive(
  tx: Tx,
  engine: Engine,
  note: { readonly id: DriveId; readonly line: DriveLine; readonly text: string },
  by: Actor,
): Promise<Drive> {
  refuseUnless(by, KEEPERS)
  const { id, line, text } = note
  await getDrive(tx, id)
  await (text === '' ? deleteNote(tx, id, line) : putNote(tx, { driveId: id, line, text, by: by.name, at: by.at }))
  return driveView(tx, engine, id, by)
}

/** Records what somebody else has stated of a line (外部说法). @throws Fault 'forbidden' | 'drive.not_found' */
export async function claimFigure(tx: Tx, engine: Engine, id: DriveId, input: NewClaim, by: Actor): Promise<Drive> {
  refuseUnless(by, KEEPERS)
  await getDrive(tx, id)
  const { line, value, source, link = null, statedOn = null } = input
  await insertClaim(tx, id, { id: newId(), line, value, source, link, statedOn, by: by.name }, by.at)
  return driveView(tx, engine, id, by)
}

/** @throws Fault 'forbidden' | 'drive.not_found' | 'claim.not_found' */
export async function dropClaim(tx: Tx, engine: Engine, id: DriveId, claim: string, by: Actor): Promise<Drive> {
  refuseUnless(by, KEEPERS)
  await getDrive(tx, id)
  if (!(await deleteClaim(tx, id, claim))) throw new Fault('claim.not_found')
  return driveView(tx, engine, id, by)
}

/** Numbers tell nothing of a person, so the public's are those of all cases. */
const EVERYTHING: Sight = { kind: 'all', confidential: true }

export type PublicDrive = DriveRecord & Pick<Drive, 'figures' | 'notes' | 'claims'>

/** A drive as the public sees it. @throws Fault 'drive.not_found' also for one that is not published */
export async function publicDrive(tx: Tx, engine: Pick<Engine, 'typeOf'>, id: DriveId): Promise<PublicDrive> {
  const drive = await getDrive(tx, id)
  if (!drive.published) throw new Fault('drive.not_found')
  const figures = await driveFigures(tx, engine, id, EVERYTHING)
  const notes = (await listNotes(tx, id)).map((note) => ({ ...note, at: note.at.toISOString() }))
  return { ...drive, figures, notes, claims: await claimsBeside(tx, id, figures) }
}

/** Drives that are shown to the public. */
export const publicDrives = (tx: Tx) => listPublished(tx)
