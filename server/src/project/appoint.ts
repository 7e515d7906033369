import { type AppointOfficer, type LiaisonId, PROJECT_OFFICER, type ProjectId } from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { bind, holdOffice, mayKeepTargets, unbind } from '#liaison'
import { dayOf, getPerson } from '#org'
import { lockSheet } from './keeper.ts'
import { findBond, hasMain, insertOffice, listOffices } from './project.sql.ts'
import { settleProjects } from './settle.ts'

/**
 * Appoints a chief or a first secretary (配备负责人): the person's liaison with the project carries the office, one that is there already or a new one.
 * Two of a kind are let in, since a handover may need it, and stand among the violations.
 * @throws Fault 'forbidden' | 'project.not_found' | 'project.inactive' | 'project.already_officer' | what `bind` throws
 */
export async function appoint(
  tx: Tx,
  id: ProjectId,
  { role, personId, from, reason }: AppointOfficer,
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  if (!mayKeepTargets(by)) throw new Fault('forbidden')
  const sheet = await lockSheet(tx, id, by.at)
  const person = await getPerson(tx, personId)
  const bond = await findBond(tx, id, personId, from)
  if (bond !== undefined && bond.role !== null)
    throw new Fault('project.already_officer', { name: person.name, role: PROJECT_OFFICER[bond.role] })
  const line = bond?.lineId ?? (await bound())
  await insertOffice(tx, id, line, role, by)
  await holdOffice(tx, line, { targetId: id, from }, calendar, by.at)
  const note = `${sheet.name} ${PROJECT_OFFICER[role]} ${person.name} 自${from}：${reason}`
  await audit(tx, by, { action: 'appointOfficer', objectKind: 'project', objectId: id, note })
  await settleProjects(tx, calendar, by.at, [id])

  async function bound(): Promise<LiaisonId> {
    const as = role === 'chief' && !(await hasMain(tx, id, from)) ? 'main' : 'assisting'
    return (await bind(tx, { targetId: id, personId, role: as, from, reason }, calendar, by)).id
  }
}

/** Ends an office with its liaison (结束负责人任务). @throws Fault 'project.not_found' | 'project.not_officer' | what `unbind` throws */
export async function endOffice(
  tx: Tx,
  id: ProjectId,
  { liaison, on, reason }: { readonly liaison: LiaisonId; readonly on: string; readonly reason: string },
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  await lockSheet(tx, id, by.at)
  const offices = await listOffices(tx, [id], dayOf(by.at))
  if (!offices.some(({ liaisonId }) => liaisonId === liaison)) throw new Fault('project.not_officer')
  await unbind(tx, liaison, { on, reason }, calendar, by)
  await settleProjects(tx, calendar, by.at, [id])
}
