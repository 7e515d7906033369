import { PROJECT_STATE, type ProjectId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { lockTarget, mayKeepTargets } from '#liaison'
import { dayOf } from '#org'
import { holdProjects, listOffices, listSheets, type SheetRow } from './project.sql.ts'

/** @throws Fault 'project.not_found' */
export async function getSheet(tx: Tx, id: ProjectId, now: Date): Promise<SheetRow> {
  const [sheet] = await listSheets(tx, { ids: [id] }, dayOf(now))
  if (sheet === undefined) throw new Fault('project.not_found')
  return sheet
}

/**
 * A project that goes on, while nobody else writes to the register. The register is held before the target, as every morning, so that the two
 * never wait for each other.
 * @throws Fault 'project.not_found' | 'project.inactive'
 */
export async function lockSheet(tx: Tx, id: ProjectId, now: Date): Promise<SheetRow> {
  await holdProjects(tx)
  await lockTarget(tx, id)
  const sheet = await getSheet(tx, id, now)
  if (sheet.state !== 'active')
    throw new Fault('project.inactive', { name: sheet.name, state: PROJECT_STATE[sheet.state] })
  return sheet
}

/** Who keeps a project's own rows: who keeps the register, the people of the unit in charge, and the project's officers. */
export async function mayEdit(tx: Tx, { id, unit, person }: SheetRow, by: Actor): Promise<boolean> {
  if (mayKeepTargets(by) || by.scope.includes(unit.id)) return true
  if (by.personId === null) return false
  const today = dayOf(by.at)
  const offices = await listOffices(tx, [id], today)
  return (
    person?.id === by.personId ||
    offices.some(
      (one) => one.person.id === by.personId && one.from <= today && (one.servedTo === null || one.servedTo >= today),
    )
  )
}
/** @throws Fault 'forbidden' */
export async function refuseUnlessEditor(tx: Tx, sheet: SheetRow, by: Actor): Promise<void> {
  if (!(await mayEdit(tx, sheet, by))) throw new Fault('forbidden')
}
