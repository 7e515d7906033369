import {
  type DisbursementId,
  type DisbursementImport,
  type EnterpriseId,
  type MoneyUnit,
  moneyText,
  type UnitId,
} from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { findUnitName, insertDisbursements, listVouchers } from './disbursement.sql.ts'
import { type DisbursementLine, type LineFault, lineFault } from './disbursement-file.ts'
import { listFirmsCalled } from './firm.sql.ts'
import { mayKeep } from './keeper.ts'

interface File {
  readonly fileName: string
  readonly moneyUnit: MoneyUnit
  readonly lines: readonly DisbursementLine[]
  readonly faults: readonly LineFault[]
}
type Matched = DisbursementLine & { readonly enterpriseId: EnterpriseId }

/**
 * Imports a file of disbursements (导入拨付表): on trial it tells what it would write and every faulty cell; then all lines are written, or none.
 * @throws Fault 'unit.not_found' | 'forbidden' | 'finance.file_faulty'
 */
export async function importDisbursements(
  tx: Tx,
  { fileName, moneyUnit, lines, faults: read }: File,
  { unitId, dryRun }: { readonly unitId: UnitId; readonly dryRun: boolean },
  by: Actor,
): Promise<DisbursementImport> {
  if ((await findUnitName(tx, unitId)) === undefined) throw new Fault('unit.not_found')
  refuseUnless(mayKeep(by, unitId))
  const { matched, faults: found } = await matchLines(tx, lines, unitId, dayOf(by.at))
  const faults = [...read, ...found].toSorted((a, b) => a.row - b.row)
  const sums = {
    ...{ fileName, moneyUnit, read: lines.length + new Set(read.map(({ row }) => row)).size },
    fen: matched.reduce((sum, { fen }) => sum + fen, 0),
    enterprises: new Set(matched.map(({ enterpriseId }) => enterpriseId)).size,
  }
  if (dryRun) return { ...sums, dryRun, added: 0, faults }
  if (faults.length > 0) throw new Fault('finance.file_faulty', { count: faults.length })
  const given = matched.map(({ row: _, firm: __, ...line }) => ({ ...line, id: newId<DisbursementId>(), unitId }))
  const added = (await insertDisbursements(tx, given, by)).length
  // Somebody else took a voucher in between: then nothing of this file is written.
  if (added < given.length) throw new Fault('finance.file_faulty', { count: given.length - added })
  const note = `${fileName} 导入 ${added} 笔，${moneyText(sums.fen)}`
  await audit(tx, by, { action: 'importDisbursements', objectKind: 'unit', objectId: unitId, note })
  return { ...sums, dryRun, added, faults: [] }
}

/** Which enterprise each line means, and what the register and the ledger say against it. */
async function matchLines(tx: Tx, lines: readonly DisbursementLine[], unit: UnitId, today: string) {
  const called = new Map<string, EnterpriseId>()
  for (const { id, name, uscc } of await listFirmsCalled(tx, [...new Set(lines.map(({ firm }) => firm))])) {
    called.set(name, id)
    if (uscc !== null) called.set(uscc, id)
  }
  const vouchers = lines.map(({ voucher }) => voucher)
  const taken = new Map((await listVouchers(tx, unit, vouchers)).map((one) => [one.voucher, one.programme]))
  const [seen, matched, faults]: [Set<string>, Matched[], LineFault[]] = [new Set(), [], []]
  for (const line of lines) {
    const { row, firm, voucher, on } = line
    const before = faults.length
    const enterpriseId = called.get(firm)
    if (enterpriseId === undefined) faults.push(lineFault(row, 'firm', 'finance.file_enterprise', { name: firm }))
    if (on > today) faults.push(lineFault(row, 'on', 'finance.future', { day: on }))
    if (seen.has(voucher)) faults.push(lineFault(row, 'voucher', 'finance.file_voucher_twice', { voucher }))
    const programme = taken.get(voucher)
    if (programme !== undefined)
      faults.push(lineFault(row, 'voucher', 'finance.voucher_taken', { unit: '本单位', voucher, programme }))
    seen.add(voucher)
    if (enterpriseId !== undefined && faults.length === before) matched.push({ ...line, enterpriseId })
  }
  return { matched, faults }
}
