import type { EnterpriseFigureImport, FaultCode, Role } from '@banjie/contract'
import { sentenceOf } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { ensureSheets } from './enterprise.sql.ts'
import { type FigureCell, listFiguresOf, putFigures } from './figure.sql.ts'
import type { FigureFile, FigureLine } from './figure-file.ts'
import type { FilePlace } from './file-place.ts'
import { type KnownEnterprise, listKnown } from './register-import.sql.ts'
import { type GivenFile, refuseFaulty } from './register-import.ts'

/** A bureau's people, and supervision for those that have no account. */
const REPORTERS: readonly Role[] = ['supervisor', 'handler', 'head']
/** Yuan taken for ten thousand yuan, with room for how a month may differ from another. */
const JUMP = 2000n

interface Placed extends FigureCell {
  readonly row: number
  readonly column: string
}

/**
 * Stores a bureau's figures by month (导入月度指标): on trial it tells what it would do, else all of the file or nothing. A month that is on
 * record is replaced, with its source. What jumps as if the unit were another has to be confirmed.
 * @throws Fault 'forbidden' | 'enterpriseFile.faulty' | 'enterpriseFile.unconfirmed'
 */
export async function importFigures(
  tx: Tx,
  { file, fileName, dryRun, confirmed }: GivenFile<FigureFile>,
  by: Actor,
): Promise<EnterpriseFigureImport> {
  if (by.unitId === null || !REPORTERS.some((role) => by.roles.has(role))) throw new Fault('forbidden')
  const known = await listKnown(
    tx,
    file.lines.map(({ name }) => name),
    file.lines.map(({ uscc }) => uscc),
  )
  const { cells, faults: unplaced } = placeAll(file.lines, known, dayOf(by.at))
  const before = await listFiguresOf(
    tx,
    known.map(({ id }) => id),
  )
  const faults = [...file.faults, ...unplaced].toSorted((a, b) => a.row - b.row)
  const warnings = jumps(cells, before)
  if (!dryRun) {
    refuseFaulty({ faults, warnings, confirmed })
    await ensureSheets(
      tx,
      known.map(({ id }) => id),
      by,
    )
    const fresh = cells.filter((cell) => stateOf(cell, before) !== 'same')
    await putFigures(tx, fresh, { source: fileName, unitId: by.unitId }, by)
    const note = `${fileName} ${fresh.length} 项`
    await audit(tx, by, { action: 'importEnterpriseFigures', objectKind: 'enterprise', objectId: fileName, note })
  }
  const states = cells.map((cell) => stateOf(cell, before))
  const count = (wanted: (typeof states)[number]) => states.filter((state) => state === wanted).length
  return {
    ...{ dryRun, fileName, counts: { new: count('new'), changed: count('changed'), same: count('same') } },
    ...{ units: [...file.units], faults, warnings, unusedColumns: [...file.unusedColumns] },
  }
}

const isSameMonth = (a: FigureCell, b: FigureCell) =>
  a.enterpriseId === b.enterpriseId && a.code === b.code && a.month === b.month
function stateOf(cell: FigureCell, before: readonly FigureCell[]): 'new' | 'changed' | 'same' {
  const known = before.find((one) => isSameMonth(one, cell))
  if (known === undefined) return 'new'
  return known.fen === cell.fen ? 'same' : 'changed'
}

/** Which enterprise each line means; by its code where it has one. */
function placeAll(lines: readonly FigureLine[], known: readonly KnownEnterprise[], today: string) {
  const faults: FilePlace[] = []
  const seen = new Map<string, number>()
  const cells = lines.flatMap(({ row, name, uscc, month, figures }): Placed[] => {
    const refuse = (code: FaultCode, params: Readonly<Record<string, unknown>>) => {
      faults.push({ row, column: '', code, detail: sentenceOf(code, params) })
      return []
    }
    const meant = uscc === '' ? known.find((one) => one.name === name) : known.find((one) => one.uscc === uscc)
    if (meant === undefined) return refuse('figureFile.enterprise_unknown', { name: name || uscc })
    if (name !== '' && meant.name !== name) return refuse('enterpriseFile.code_taken', { name: meant.name })
    if (month === '') return []
    if (month > today) return refuse('figureFile.month_ahead', { month: month.slice(0, 7) })
    const twin = seen.get(`${meant.id} ${month}`)
    if (twin !== undefined) return refuse('figureFile.twice', { row: twin })
    seen.set(`${meant.id} ${month}`, row)
    return figures.map(({ code, column, fen }) => ({ row, column, enterpriseId: meant.id, month, code, fen }))
  })
  return { cells, faults }
}

/** Figures that differ from the month before, or from what is on record for theirs, as if the unit were another. */
function jumps(cells: readonly Placed[], before: readonly FigureCell[]): FilePlace[] {
  const keyOf = ({ enterpriseId, code }: FigureCell) => `${enterpriseId} ${code}`
  const series = Map.groupBy([...before, ...cells], keyOf)
  return cells.flatMap((cell) => {
    const { row, column, month, fen } = cell
    const earlier = (series.get(keyOf(cell)) ?? [])
      .filter((one) => one !== cell && one.month <= month && one.fen !== 0)
      .toSorted((a, b) => a.month.localeCompare(b.month))
      .at(-1)
    if (earlier === undefined || !isJump(fen, earlier.fen)) return []
    return [{ row, column, code: 'figureFile.jump', detail: sentenceOf('figureFile.jump', { column }) }]
  })
}
function isJump(now: number, before: number): boolean {
  const [a, b] = [BigInt(Math.abs(now)), BigInt(Math.abs(before))]
  return a > 0n && (a >= b * JUMP || b >= a * JUMP)
}
