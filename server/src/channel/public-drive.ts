import { type Drive, DriveId } from '@banjie/contract'
import type { Engine, Sight } from '#case'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type DriveRecord, findDrive, listPublished } from './drive.sql.ts'
import { getDrive, saidOf } from './drive.ts'
import { driveFigures } from './figures.ts'
import { listPublicRows, type PublicRow, type RowFilter } from './public-row.sql.ts'
import { listReturns } from './questionnaire.sql.ts'
import { issuesOf } from './questionnaire.ts'

/** Numbers tell nothing of a person, so the public's are those of all cases. */
const EVERYTHING: Sight = { kind: 'all', confidential: true }

/** A drive (集中征集) as everybody may read it; of the questionnaires only how many, when and to whom. */
export type PublicDrive = DriveRecord &
  Pick<Drive, 'figures' | 'notes' | 'claims' | 'unstated'> & {
    readonly issues: readonly { readonly on: string; readonly recipients: string; readonly quantity: number }[]
    readonly returns: Awaited<ReturnType<typeof listReturns>>
  }

/** A drive as the public sees it. @throws Fault 'drive.not_found' also for one that is not published */
export async function publicDrive(tx: Tx, engine: Pick<Engine, 'typeOf'>, id: DriveId): Promise<PublicDrive> {
  const drive = await getPublished(tx, id)
  const figures = await driveFigures(tx, engine, id, EVERYTHING)
  return {
    ...{
      ...drive,
      figures: withoutSecrets(figures),
      returns: await listReturns(tx, id),
      ...(await saidOf(tx, id, figures)),
    },
    issues: (await issuesOf(tx, id)).map(({ on, recipients, quantity }) => ({ on, recipients, quantity })),
  }
}

/** What is confidential counts, and is not named. */
const withoutSecrets = (figures: Drive['figures']): Drive['figures'] => ({
  ...figures,
  problems: figures.problems.map((problem) =>
    problem.confidential ? { ...problem, number: '', title: '保密问题', stageLabel: '' } : problem,
  ),
})

async function getPublished(tx: Tx, id: DriveId): Promise<DriveRecord> {
  const drive = await getDrive(tx, id)
  if (!drive.published) throw new Fault('drive.not_found')
  return drive
}

const PAGE = 100
/** Rows behind a figure of a published drive. */
export interface PublicRows {
  readonly drive: DriveRecord
  readonly rows: readonly PublicRow[]
  readonly total: number
  readonly page: number
  readonly pages: number
}
/** A page of the rows behind a figure; a page beyond the last is the first. @throws Fault 'drive.not_found' */
export async function publicRows(tx: Tx, id: DriveId, filter: RowFilter, wanted: number): Promise<PublicRows> {
  const drive = await getPublished(tx, id)
  const read = (page: number) => listPublicRows(tx, id, EVERYTHING, { filter, limit: PAGE, offset: (page - 1) * PAGE })
  const found = await read(wanted)
  const isBeyond = found.length === 0 && wanted > 1
  const rows = isBeyond ? await read(1) : found
  const total = rows[0]?.total ?? 0
  return { drive, rows, total, page: isBeyond ? 1 : wanted, pages: Math.max(1, Math.ceil(total / PAGE)) }
}

/** The drive that somebody who files names, if the public may see it and it takes opinions today (正在征集); nobody is refused for one that does not. */
export async function openDrive(tx: Tx, named: string | undefined, now: Date): Promise<DriveId | undefined> {
  const id = DriveId.safeParse(named)
  const drive = id.success ? await findDrive(tx, id.data) : undefined
  const today = dayOf(now)
  const takes = drive?.published && drive.status === 'open' && drive.from <= today && today <= drive.to
  return takes ? drive.id : undefined
}

/** Drives that are shown to the public. */
export const publicDrives = (tx: Tx) => listPublished(tx)
