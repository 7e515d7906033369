import {
  DRIVE_LINE,
  type Drive,
  type DriveFigures,
  type DriveId,
  type DriveLine,
  type DriveRow,
  idsOf,
  type NewClaim,
  type NewDrive,
  type Role,
} from '@banjie/contract'
import { type Engine, sightOf } from '#case'
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
  return { ...drive, figures, channels: await listDriveChannels(tx, id), ...(await saidOf(tx, id, figures)) }
}

/** What is said beside the figures: notes, what others have stated, and what they leave open. */
export async function saidOf(
  tx: Tx,
  id: DriveId,
  figures: DriveFigures,
): Promise<Pick<Drive, 'notes' | 'claims' | 'unstated'>> {
  const claims = await claimsBeside(tx, id, figures)
  const notes = (await listNotes(tx, id)).map((note) => ({ ...note, at: note.at.toISOString() }))
  return { notes, claims, unstated: unstatedBy(claims, figures) }
}

/** What others have stated (外部说法), each beside what we have computed. */
async function claimsBeside(tx: Tx, id: DriveId, figures: DriveFigures): Promise<Drive['claims']> {
  const lines = idsOf(DRIVE_LINE)
  return (await listClaims(tx, id))
    .map((claim) => {
      const computed = lineValue(figures, claim.line)
      return { ...claim, computed, difference: claim.value - computed }
    })
    .sort((a, b) => lines.indexOf(a.line) - lines.indexOf(b.line))
}

/**
 * What is open (未给出的部分): whoever states the total and some of its lines leaves the others to us. The rest of the stated total stands beside
 * what we have counted on these lines; how it is split is our own.
 */
function unstatedBy(claims: Drive['claims'], { groups }: DriveFigures): Drive['unstated'] {
  const total = claims.find(({ line }) => line === 'total')
  if (total === undefined) return null
  const said = claims.filter(({ source }) => source === total.source)
  const given = groups.flatMap(({ group }) => said.find(({ line }) => line === group) ?? [])
  const open = groups.filter(({ group }) => !given.some(({ line }) => line === group))
  if (open.length === 0 || given.length === 0) return null
  return {
    ...{ source: total.source, total: total.value },
    given: given.map(({ line, value }) => ({ line, value })),
    rest: given.reduce((rest, { value }) => rest - value, total.value),
    counted: open.reduce((sum, { count }) => sum + count, 0),
    parts: open.map(({ group, count }) => ({ line: group, count })),
  }
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
