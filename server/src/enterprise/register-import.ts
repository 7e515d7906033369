import { isDeepStrictEqual } from 'node:util'
import type { EditEnterprise, EnterpriseImport, FaultCode } from '@banjie/contract'
import { sentenceOf } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { mayKeepTargets } from '#liaison'
import { dayOf } from '#org'
import type { FilePlace } from './file-place.ts'
import { doubtOf, editEnterprise, registerEnterprise } from './register.ts'
import type { RegisterFile, RegisterLine } from './register-file.ts'
import { type KnownEnterprise, listDivisions, listKnown } from './register-import.sql.ts'

const MOST_FAULTS = 200

/** A file as it was given: read on trial, or to be stored, with the rows that somebody has confirmed. */
export interface GivenFile<File> {
  readonly file: File
  readonly fileName: string
  readonly dryRun: boolean
  readonly confirmed: ReadonlySet<number>
}
interface Planned {
  readonly line: RegisterLine
  readonly state: 'new' | 'changed' | 'same'
  readonly known: KnownEnterprise | undefined
  readonly sheet: Omit<EditEnterprise, 'basedOn'>
}

/**
 * Registers the enterprises of a file (导入企业): on trial it tells what it would do, else it stores all of the file or nothing of it. The same
 * file again changes nothing. A code whose check fails is stored only where its row was confirmed.
 * @throws Fault 'forbidden' | 'enterpriseFile.faulty' | 'enterpriseFile.unconfirmed'
 */
export async function importEnterprises(
  tx: Tx,
  { file, fileName, dryRun, confirmed }: GivenFile<RegisterFile>,
  by: Actor,
): Promise<EnterpriseImport> {
  if (!mayKeepTargets(by)) throw new Fault('forbidden')
  const names = file.lines.map(({ name }) => name)
  const known = await listKnown(
    tx,
    names,
    file.lines.flatMap(({ uscc }) => uscc ?? []),
  )
  const faults = [...file.faults, ...(await divisionFaults(tx, file)), ...clashes(file.lines, known)]
  const planned = file.lines.map((line) => planOf(line, knownOf(line, known), by))
  const warnings = planned.flatMap(warningOf)
  if (!dryRun) {
    refuseFaulty({ faults, warnings, confirmed })
    for (const one of planned) await put(tx, one, fileName, by)
    const note = `${fileName} ${planned.length} 行`
    await audit(tx, by, { action: 'importEnterprises', objectKind: 'enterprise', objectId: fileName, note })
  }
  const count = (state: Planned['state']) => planned.filter((one) => one.state === state).length
  return {
    ...{ dryRun, fileName, counts: { new: count('new'), changed: count('changed'), same: count('same') } },
    rows: planned.map(({ line: { row, name }, state }) => ({ row, name, state })),
    faults: faults.toSorted((a, b) => a.row - b.row).slice(0, MOST_FAULTS),
    ...{ warnings, unusedColumns: [...file.unusedColumns] },
  }
}

/** @throws Fault 'enterpriseFile.faulty' | 'enterpriseFile.unconfirmed' with every place */
export function refuseFaulty(read: {
  readonly faults: readonly FilePlace[]
  readonly warnings: readonly FilePlace[]
  readonly confirmed: ReadonlySet<number>
}): void {
  const placed = (places: readonly FilePlace[]) => ({
    errors: places.slice(0, MOST_FAULTS).map(({ row, column, code, detail }) => ({
      ...{ path: `${row}.${column}`, code, detail: `第 ${row} 行${column === '' ? '' : `“${column}”`}：${detail}` },
    })),
  })
  const { faults, warnings, confirmed } = read
  if (faults.length > 0) throw new Fault('enterpriseFile.faulty', { count: faults.length }, placed(faults))
  const open = warnings.filter(({ row }) => !confirmed.has(row))
  if (open.length > 0) throw new Fault('enterpriseFile.unconfirmed', { count: open.length }, placed(open))
}

const place = (row: number, column: string, code: FaultCode, params: Readonly<Record<string, unknown>>): FilePlace => ({
  ...{ row, column, code, detail: sentenceOf(code, params) },
})
const knownOf = ({ name, uscc }: RegisterLine, known: readonly KnownEnterprise[]) =>
  known.find((one) => uscc !== undefined && one.uscc === uscc) ?? known.find((one) => one.name === name)

async function divisionFaults(tx: Tx, { lines }: RegisterFile): Promise<FilePlace[]> {
  const found = await listDivisions(
    tx,
    lines.flatMap(({ divisionCode }) => divisionCode ?? []),
  )
  return lines.flatMap(({ row, divisionCode: code }) =>
    code === undefined || found.includes(code) ? [] : [place(row, '区划', 'enterpriseFile.division_invalid', { code })],
  )
}

/** A name with another code, or a code with another name, is not guessed at. */
const clashes = (lines: readonly RegisterLine[], known: readonly KnownEnterprise[]): FilePlace[] =>
  lines.flatMap((line) => {
    const { row, name, uscc } = line
    const twin = knownOf(line, known)
    if (twin === undefined || uscc === undefined) return []
    if (twin.uscc === uscc)
      return twin.name === name ? [] : [place(row, '代码', 'enterpriseFile.code_taken', { name: twin.name })]
    return twin.uscc === null ? [] : [place(row, '代码', 'enterpriseFile.code_other', { name, code: twin.uscc })]
  })

function warningOf({ line, known }: Planned): FilePlace[] {
  const { row, uscc } = line
  const doubt = uscc === undefined ? undefined : doubtOf(uscc)
  if (doubt === undefined || (known?.uscc === uscc && known?.usccConfirmedBy)) return []
  return [place(row, '代码', doubt.code, doubt.params)]
}

function planOf(line: RegisterLine, known: KnownEnterprise | undefined, by: Actor): Planned {
  const before = sheetOf(known)
  const { row: _, year: __, size: ___, aboveScale: ____, staff: _____, contact, ...given } = line
  const sheet = {
    ...{ ...before, ...given, years: yearsOf(line, known, by) },
    ...(contact !== undefined && (known?.contacts ?? 0) === 0 && { contacts: [contact] }),
  }
  if (known === undefined) return { line, known, sheet, state: 'new' }
  const isSame = isDeepStrictEqual(told(sheet), told({ ...before, years: known.years }))
  return { line, known, sheet, state: isSame ? 'same' : 'changed' }
}
const told = (sheet: object) => Object.fromEntries(Object.entries(sheet).filter(([, value]) => value !== undefined))

const sheetOf = (known: KnownEnterprise | undefined) => ({
  ...{ name: known?.name ?? '', uscc: known?.uscc ?? undefined, divisionCode: known?.divisionCode ?? undefined },
  ...{ industry: known?.industry ?? undefined, chain: known?.chain ?? undefined },
  ...{ registeredOn: known?.registeredOn ?? undefined, address: known?.address ?? undefined },
  ...{ partyOrganisation: known?.partyOrganisation ?? null, partyMembers: known?.partyMembers ?? 0 },
  ...{ partyInstructor: known?.partyInstructor ?? undefined, figuresClass: known?.figuresClass ?? 'bound' },
})

/** The year the line tells of, beside those that are on record. */
function yearsOf(
  { year: given, size, aboveScale, staff }: RegisterLine,
  known: KnownEnterprise | undefined,
  by: Actor,
) {
  const years = known?.years ?? []
  if (size === undefined && aboveScale === undefined && staff === undefined) return years
  const year = given ?? Number(dayOf(by.at).slice(0, 4))
  const before = years.find((one) => one.year === year)
  const after = {
    ...{ year, size: size ?? before?.size ?? null, aboveScale: aboveScale ?? before?.aboveScale ?? false },
    ...{ staff: staff ?? before?.staff ?? null, source: before?.source ?? '企业名单导入' },
  }
  return [...years.filter((one) => one.year !== year), after].toSorted((a, b) => b.year - a.year)
}

async function put(tx: Tx, { line, state, known, sheet }: Planned, fileName: string, by: Actor): Promise<void> {
  const doubt = line.uscc === undefined ? undefined : doubtOf(line.uscc)
  const isFresh = doubt !== undefined && !(known?.uscc === line.uscc && known?.usccConfirmedBy)
  const usccConfirmed = isFresh ? { note: `导入时逐行确认：${fileName} 第 ${line.row} 行`.slice(0, 200) } : undefined
  const whole = { ...sheet, ...(usccConfirmed && { usccConfirmed }) }
  if (state === 'new') await registerEnterprise(tx, whole, by)
  else if (state === 'changed' && known !== undefined)
    await editEnterprise(tx, known.id, { ...whole, basedOn: known.updatedAt?.toISOString() ?? null }, by)
}
