import type { LiaisonTarget, LiaisonTargetId, LiaisonTargetRow, NewLiaisonTarget, Pipeline } from '@banjie/contract'
import { LIAISON_TARGET_KIND, PIPELINE } from '@banjie/contract'
import type { z } from 'zod'
import type { Calendar, CalendarBook } from '#calendar'
import { type Engine, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault, placeOf } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { listBonds } from './bond.sql.ts'
import { bondView } from './bond.ts'
import { dutiesOf } from './duty.ts'
import { endTarget } from './end-target.ts'
import { mayKeep, oversees, refuseUnlessKeeper } from './keeper.ts'
import { mayAsk, tracksOf } from './normal-track.ts'
import {
  countDivision,
  hasSheet,
  insertContact,
  insertTarget,
  insertTargets,
  listContacts,
  listKnownDivisions,
  listTargets,
  lockTarget,
  putPipeline,
  putTarget,
  type TargetFilter,
  type TargetRow,
} from './target.sql.ts'
import { visitsOf } from './visit.ts'

const rowView = ({ hasContact: _, ...row }: TargetRow): z.infer<typeof LiaisonTargetRow> => row

/** The register of liaison targets (包保对象) today. */
export const targetRows = async (tx: Tx, filter: TargetFilter, by: Actor) =>
  (await listTargets(tx, filter, dayOf(by.at), sightOf(by))).map(rowView)

/** What a target's page needs. */
export interface TargetParts {
  readonly engine: Engine
  readonly book: CalendarBook
}
/** One target: who is and was bound to it, every visit, what was raised, what is owed. @throws Fault 'liaison.target_not_found' */
export async function targetOf(
  tx: Tx,
  { engine, book }: TargetParts,
  id: LiaisonTargetId,
  by: Actor,
): Promise<z.infer<typeof LiaisonTarget>> {
  const today = dayOf(by.at)
  const [row] = await listTargets(tx, { id }, today, sightOf(by))
  if (row === undefined) throw new Fault('liaison.target_not_found')
  const { items: duties } = await dutiesOf(tx, book, { target: id }, by)
  return {
    ...row,
    ...{ duties, mayKeep: mayKeep(by), history: await visitsOf(tx, engine, { target: id }, by) },
    normalTracks: await tracksOf(tx, { target: id }, by),
    mayAskNormalTrack: await mayAsk(tx, row, by),
    liaisons: (await listBonds(tx, { target: id })).map((bond) => bondView(bond, today)),
  }
}

/**
 * Registers a target (登记包保对象).
 * @throws Fault 'forbidden' | 'liaison.not_project' | 'liaison.division_unknown' | 'liaison.target_known'
 */
export async function register(tx: Tx, input: NewLiaisonTarget, by: Actor): Promise<LiaisonTargetId> {
  refuseUnlessKeeper(by)
  const { divisionCode, contact, pipeline, kind } = input
  if (pipeline !== undefined && kind !== 'project') throw new Fault('liaison.not_project')
  if (divisionCode !== undefined && (await countDivision(tx, divisionCode)) === 0)
    throw new Fault('liaison.division_unknown', { code: divisionCode })
  const id = newId<LiaisonTargetId>()
  if (!(await insertTarget(tx, id, input, by)))
    throw new Fault('liaison.target_known', { kind: LIAISON_TARGET_KIND[kind], name: input.name })
  if (contact?.name !== undefined || contact?.phone !== undefined) await insertContact(tx, id, contact)
  await audit(tx, by, { action: 'newLiaisonTarget', objectKind: 'liaisonTarget', objectId: id, note: input.name })
  return id
}

/**
 * Registers many targets at once (成批登记): all of them, or none and every line that does not fit.
 * @throws Fault 'forbidden' | 'liaison.bulk_faulty'
 */
export async function registerAll(tx: Tx, targets: readonly NewLiaisonTarget[], by: Actor) {
  refuseUnlessKeeper(by)
  const lines = targets.map((given) => ({ ...given, id: newId<LiaisonTargetId>() }))
  const codes = [...new Set(lines.flatMap(({ divisionCode }) => divisionCode ?? []))]
  const divisions = await listKnownDivisions(tx, codes)
  const added = new Set((await insertTargets(tx, lines, by)).map(({ id }) => id))
  const errors = lines.flatMap(({ id, kind, name, divisionCode }, i) => [
    ...(divisionCode !== undefined && !divisions.includes(divisionCode)
      ? [placeOf(`targets.${i}.divisionCode`, 'liaison.division_unknown', { code: divisionCode })]
      : []),
    ...(added.has(id)
      ? []
      : [placeOf(`targets.${i}.name`, 'liaison.target_known', { kind: LIAISON_TARGET_KIND[kind], name })]),
  ])
  if (errors.length > 0) throw new Fault('liaison.bulk_faulty', { count: errors.length }, { errors })
  for (const { id, contact } of lines)
    if (contact?.name !== undefined || contact?.phone !== undefined) await insertContact(tx, id, contact)
  for (const { id, name } of lines)
    await audit(tx, by, { action: 'newLiaisonTarget', objectKind: 'liaisonTarget', objectId: id, note: name })
  return lines.map(({ id, name, kind }) => ({ id, name, kind }))
}

/**
 * Ends the liaison of a project or an organisation (结束包保) with a reason. An enterprise says itself that it is on the normal track.
 * @throws Fault 'forbidden' | 'liaison.target_not_found' | 'liaison.needs_normal_track' | 'liaison.target_closed'
 */
export async function closeTarget(
  tx: Tx,
  id: LiaisonTargetId,
  ending: { readonly on: string; readonly reason: string },
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  refuseUnlessKeeper(by)
  if ((await lockTarget(tx, id))?.kind === 'enterprise') throw new Fault('liaison.needs_normal_track')
  await endTarget(tx, id, ending, calendar, by)
}

/**
 * Marks which stage of the pipeline a project without a sheet is at (项目阶段); where there is one, the mark follows from its stages.
 * @throws Fault 'forbidden' | 'liaison.target_not_found' | 'liaison.not_project' | 'liaison.has_sheet'
 */
export async function setPipeline(tx: Tx, id: LiaisonTargetId, pipeline: Pipeline | null, by: Actor): Promise<void> {
  refuseUnlessKeeper(by)
  const target = await lockTarget(tx, id)
  if (target === undefined) throw new Fault('liaison.target_not_found')
  if (target.kind !== 'project') throw new Fault('liaison.not_project')
  if (await hasSheet(tx, id)) throw new Fault('liaison.has_sheet', { name: target.name })
  await putPipeline(tx, id, pipeline)
  const note = `${target.name} ${pipeline === null ? '取消阶段' : PIPELINE[pipeline]}`
  await audit(tx, by, { action: 'setPipeline', objectKind: 'liaisonTarget', objectId: id, note })
}

/** Corrects what a target is called, its code and its division (更正对象). @throws Fault 'forbidden' | 'liaison.division_unknown' | 'liaison.target_known' */
export async function correctTarget(
  tx: Tx,
  id: LiaisonTargetId,
  input: Pick<NewLiaisonTarget, 'kind' | 'name' | 'uscc' | 'divisionCode'>,
  by: Actor,
): Promise<void> {
  refuseUnlessKeeper(by)
  const { kind, name, divisionCode } = input
  if (divisionCode !== undefined && (await countDivision(tx, divisionCode)) === 0)
    throw new Fault('liaison.division_unknown', { code: divisionCode })
  if (!(await putTarget(tx, id, input)))
    throw new Fault('liaison.target_known', { kind: LIAISON_TARGET_KIND[kind], name })
}

/** Whether somebody is bound to a target today, as the main one or beside them (现有包保人). */
export async function isBoundTo(tx: Tx, id: LiaisonTargetId, by: Actor): Promise<boolean> {
  const today = dayOf(by.at)
  const bonds = (await listBonds(tx, { target: id })).map((bond) => bondView(bond, today))
  return bonds.some(({ current, person }) => current && person.id === by.personId)
}

/** Everybody to call there, for whoever is bound to the target or oversees (查看联系人), with the reason on record. @throws Fault 'forbidden' */
export async function revealContacts(tx: Tx, id: LiaisonTargetId, reason: string, by: Actor) {
  if (!oversees(by) && !(await isBoundTo(tx, id, by))) throw new Fault('forbidden')
  await audit(tx, by, { action: 'liaisonContact.reveal', objectKind: 'liaisonTarget', objectId: id, note: reason })
  return listContacts(tx, id)
}
/** The first of them. @throws Fault 'forbidden' */
export async function revealContact(tx: Tx, id: LiaisonTargetId, reason: string, by: Actor) {
  const [first] = await revealContacts(tx, id, reason, by)
  return { name: first?.name ?? null, phone: first?.phone ?? null }
}
