import type { DriveId, SheetId, SheetImport } from '@banjie/contract'
import type { Engine, Opening } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId, sha256 } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type DriveRecord, listDriveChannels, lockDrive } from './drive.sql.ts'
import { getDrive } from './drive.ts'
import { countSheets, listSheetsOf, putSheets } from './questionnaire.sql.ts'
import { TAKERS } from './questionnaire.ts'
import { faultAt, type ReadFile, type ReadSheet, type SheetFault } from './questionnaire-file.ts'
import { refuseUnless } from './register.ts'

const MOST_SHEETS = 5000
const MOST_FAULTS = 500
const CHUNK = 400

interface Given {
  readonly file: ReadFile
  readonly fileName: string
  readonly dryRun: boolean
  /** The day on which sheets came back that do not say it themselves. */
  readonly on: string
}

/** A sheet that is new here: to be stored, and what was said in it. */
interface NewSheet {
  readonly sheet: ReadSheet & { readonly on: string }
  readonly id: SheetId
  readonly fingerprint: string
  /** Its return was registered before, so it does not come back once more. */
  readonly counted: boolean
}

/**
 * Imports returned questionnaires (导入问卷): on trial it tells what it would do, else it stores all of the file or nothing of it. The same file
 * again changes nothing.
 * @throws Fault 'forbidden' | 'drive.not_found' | 'questionnaire.too_many' | 'questionnaire.faulty' with every faulty place
 */
export async function importSheets(
  tx: Tx,
  engine: Engine,
  driveId: DriveId,
  given: Given,
  by: Actor,
): Promise<SheetImport> {
  refuseUnless(by, TAKERS)
  const { file, fileName, dryRun, on } = given
  if (file.sheets.length > MOST_SHEETS) throw new Fault('questionnaire.too_many', { max: MOST_SHEETS })
  await lockDrive(tx, driveId)
  const drive = await getDrive(tx, driveId)
  const dated = file.sheets.map((sheet) => ({ ...sheet, on: sheet.on ?? on }))
  const { fresh, unchanged, faults: known } = await compare(tx, driveId, dated)
  const { issued, returned } = await countSheets(tx, driveId)
  const coming = fresh.filter(({ counted }) => !counted)
  const over = returned + coming.length - issued
  const faults = [
    ...file.faults,
    ...known,
    ...fresh.flatMap(({ sheet }) => misdated(sheet, drive, dayOf(by.at))),
    ...(coming.length > 0 && over > 0 ? [tooMany(coming[coming.length - over], { issued, over })] : []),
  ].sort((a, b) => a.row - b.row)
  if (!dryRun) {
    if (faults.length > 0) throw faulty(faults)
    await store(tx, engine, { driveId, fresh }, by)
  }
  return {
    ...{ dryRun, fileName, unchanged, issued, added: fresh.length },
    void: fresh.filter(({ sheet }) => sheet.voidReason !== null).length,
    opinions: fresh.reduce((sum, { sheet }) => sum + sheet.opinions.length, 0),
    returned: returned + coming.length,
    ...{ opinionColumns: [...file.opinionColumns], unusedColumns: [...file.unusedColumns] },
    faults: faults.slice(0, MOST_FAULTS).map(({ row, column, code, detail }) => ({ row, column, code, detail })),
  }
}

/** Tells new sheets from those that are here already, with the same content or another. */
async function compare(tx: Tx, driveId: DriveId, sheets: readonly NewSheet['sheet'][]) {
  const numbers = sheets.map(({ number }) => number)
  const known = new Map((await listSheetsOf(tx, driveId, numbers)).map((sheet) => [sheet.number, sheet]))
  const fresh: NewSheet[] = []
  const faults: SheetFault[] = []
  let unchanged = 0
  for (const sheet of sheets) {
    const fingerprint = sha256(JSON.stringify([sheet.voidReason !== null, sheet.opinions]))
    const there = known.get(sheet.number)
    if (there === undefined) fresh.push({ sheet, id: newId<SheetId>(), fingerprint, counted: false })
    else if (there.fingerprint === fingerprint) unchanged++
    else if (there.fingerprint === null && !there.used && there.valid === (sheet.voidReason === null))
      fresh.push({ sheet, id: there.id, fingerprint, counted: true })
    else faults.push(faultAt(sheet.row, '问卷编号', 'questionnaire.sheet_known', { number: sheet.number }))
  }
  return { fresh, unchanged, faults }
}

function misdated({ row, on, voidReason }: NewSheet['sheet'], { from, to }: DriveRecord, today: string): SheetFault[] {
  if (on > today) return [faultAt(row, '收回日期', 'questionnaire.in_future', { day: on })]
  const outside = voidReason === null && (on < from || on > to)
  return outside ? [faultAt(row, '收回日期', 'drive.outside_dates', { day: on, from, to })] : []
}

const tooMany = (first: NewSheet | undefined, { issued, over }: { issued: number; over: number }) =>
  faultAt(first?.sheet.row ?? 1, '问卷编号', 'questionnaire.more_than_issued', {
    issued,
    over,
    returned: issued + over,
  })

const faulty = (faults: readonly SheetFault[]) =>
  new Fault(
    'questionnaire.faulty',
    { count: faults.length },
    {
      errors: faults.slice(0, MOST_FAULTS).map(({ row, column, path, code, detail }) => ({
        ...{ path, code },
        detail: `第 ${row} 行${column === '' ? '' : `“${column}”`}：${detail}`,
      })),
    },
  )

async function store(
  tx: Tx,
  engine: Engine,
  { driveId, fresh }: { readonly driveId: DriveId; readonly fresh: readonly NewSheet[] },
  by: Actor,
): Promise<void> {
  await putSheets(
    tx,
    driveId,
    fresh.map(({ sheet: { number, on, voidReason }, id, fingerprint }) => ({
      ...{ id, number, on, valid: voidReason === null, voidReason, fingerprint },
    })),
    by,
  )
  const records = (await listDriveChannels(tx, driveId)).filter(({ kind }) => kind === 'questionnaire')
  const channelId = records.length === 1 ? records[0]?.id : undefined
  const openings = fresh.flatMap(({ sheet: { on, opinions, party }, id }) =>
    opinions.map(
      ({ content }): Opening => ({
        ...{ type: 'appeal', channel: 'questionnaire', party },
        facts: { content, receivedAt: noonOf(on, by.at), source: { driveId, sheetId: id, channelId } },
      }),
    ),
  )
  for (let i = 0; i < openings.length; i += CHUNK) await engine.open(tx, openings.slice(i, i + CHUNK), by)
}

/** A sheet has a day and no hour; nothing is received later than now. */
const noonOf = (day: string, now: Date) => {
  const noon = new Date(`${day}T12:00:00+08:00`)
  return (noon > now ? now : noon).toISOString()
}
