import type { DriveId, NewIssue, ReturnedSheets, Role, SheetId } from '@banjie/contract'
import { sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, getUnitInForce } from '#org'
import { lockDrive } from './drive.sql.ts'
import { getDrive } from './drive.ts'
import { countSheets, insertIssue, listIssues, listSheets, listSheetsOf, putSheets } from './questionnaire.sql.ts'
import { refuseUnless } from './register.ts'

/** Who registers what comes in. */
export const TAKERS: readonly Role[] = ['clerk', 'dispatcher', 'window', 'supervisor']

/** Sheet number (问卷编号) as people copy it. */
export const tidySheetNumber = (number: string) => number.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()

/** Registers sheets that were handed out (发放问卷). @throws Fault 'forbidden' | 'drive.not_found' | what is wrong with the unit */
export async function issueSheets(tx: Tx, driveId: DriveId, input: NewIssue, by: Actor) {
  refuseUnless(by, TAKERS)
  await getDrive(tx, driveId)
  const { name } = await getUnitInForce(tx, input.unitId, input.on)
  const { quantity, recipients, unitId, on } = input
  const issue = { id: newId(), quantity, recipients, on, by: by.name }
  await insertIssue(tx, { ...issue, driveId, unitId, at: by.at })
  return { ...issue, unit: { id: unitId, name } }
}

/** @throws Fault 'drive.not_found' */
export async function issuesOf(tx: Tx, driveId: DriveId) {
  await getDrive(tx, driveId)
  return listIssues(tx, driveId)
}

/** @throws Fault 'drive.not_found' */
export async function sheetsOf(tx: Tx, driveId: DriveId, valid: boolean | undefined, by: Actor) {
  await getDrive(tx, driveId)
  return listSheets(tx, driveId, valid ?? null, sightOf(by))
}

/**
 * Registers sheets that came back (收回问卷). The same sheet with the same validity may be told again; it counts once.
 * @throws Fault 'forbidden' | 'drive.not_found' | 'questionnaire.sheet_known' | 'questionnaire.more_than_issued'
 */
export async function returnSheets(tx: Tx, driveId: DriveId, { sheets }: ReturnedSheets, by: Actor) {
  refuseUnless(by, TAKERS)
  await lockDrive(tx, driveId)
  await getDrive(tx, driveId)
  const given = new Map(sheets.map((sheet) => [tidySheetNumber(sheet.number), sheet]))
  const known = new Map((await listSheetsOf(tx, driveId, [...given.keys()])).map((sheet) => [sheet.number, sheet]))
  for (const [number, { valid }] of given)
    if (known.has(number) && known.get(number)?.valid !== valid)
      throw new Fault('questionnaire.sheet_known', { number })
  const fresh = [...given].filter(([number]) => !known.has(number))
  await refuseMoreThanIssued(tx, driveId, fresh.length)
  await putSheets(
    tx,
    driveId,
    fresh.map(([number, { on, valid, voidReason }]) => ({
      ...{ id: newId<SheetId>(), number, on: on ?? dayOf(by.at), valid },
      ...{ voidReason: valid ? null : (voidReason ?? null), fingerprint: null },
    })),
    by,
  )
  const all = await listSheets(tx, driveId, null, sightOf(by))
  return all.filter(({ number }) => given.has(number))
}

/** @throws Fault 'questionnaire.more_than_issued' if so many more came back */
async function refuseMoreThanIssued(tx: Tx, driveId: DriveId, more: number): Promise<void> {
  const { issued, returned } = await countSheets(tx, driveId)
  const over = returned + more - issued
  if (more > 0 && over > 0)
    throw new Fault('questionnaire.more_than_issued', { issued, returned: returned + more, over })
}
