import {
  BOTTLENECK,
  type DropProject,
  type EditProject,
  moneyText,
  type NewBottleneck,
  type NewProject,
  type PauseProject,
  PROJECT_FACTOR,
  PROJECT_STATE,
  type ProjectId,
  type SetFactor,
  type UnitId,
} from '@banjie/contract'
import { putExemption } from '#cadence'
import type { Calendar } from '#calendar'
import { type Engine, maskPersonal } from '#case'
import { tieCase } from '#enterprise'
import { type Actor, onBehalf } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { followStage, getTarget, mayKeepTargets, register, settleDuties } from '#liaison'
import { dayOf, getPerson, getUnitInForce, listDivisions } from '#org'
import { getSheet, lockSheet, refuseUnlessEditor } from './keeper.ts'
import {
  holdProjects,
  insertBottleneck,
  insertSheet,
  putFactor,
  putGroups,
  putPause,
  type SheetFacts,
  saveSheet,
  saveState,
} from './project.sql.ts'
import { settleProjects } from './settle.ts'
import { pipelineOf } from './strip.ts'

/**
 * Registers a project (登记项目): a new one, or the sheet of one that is bound already. It begins before its first stage.
 * @throws Fault 'forbidden' | 'project.amount_missing' | 'project.which' | 'project.known' | 'project.not_project' | 'project.not_group' | what its parts refuse
 */
export async function registerProject(tx: Tx, input: NewProject, calendar: Calendar, by: Actor): Promise<ProjectId> {
  if (!mayKeepTargets(by)) throw new Fault('forbidden')
  const { name, targetId, groupIds = [], ...given } = input
  const facts = await fit(tx, given, by)
  await refuseOddGroups(tx, groupIds, by)
  if (name === undefined ? targetId === undefined : targetId !== undefined) throw new Fault('project.which')
  await holdProjects(tx)
  const id =
    targetId ?? (await register(tx, { kind: 'project', name: name ?? '', divisionCode: given.divisionCode }, by))
  const target = await getTarget(tx, id)
  if (target.kind !== 'project') throw new Fault('project.not_project', { name: target.name })
  if (!(await insertSheet(tx, id, facts, by))) throw new Fault('project.known', { name: target.name })
  await putGroups(tx, id, groupIds)
  await followStage(tx, id, pipelineOf(null))
  const note = `${target.name} ${moneyText(facts.amountFen)}`
  await audit(tx, by, { action: 'newProject', objectKind: 'project', objectId: id, note })
  await settleProjects(tx, calendar, by.at, [id])
  return id
}

/** What is typed fits what is known. @throws Fault 'project.amount_missing' | 'project.not_enterprise' | 'project.division_unknown' | 'person.not_found' */
async function fit(tx: Tx, { amountFen, ...given }: Omit<EditProject, 'groupIds'>, by: Actor): Promise<SheetFacts> {
  if (amountFen === undefined) throw new Fault('project.amount_missing')
  const { enterpriseId, divisionCode, unitId, personId } = given
  await getUnitInForce(tx, unitId, dayOf(by.at))
  if (personId !== undefined) await getPerson(tx, personId)
  if (enterpriseId !== undefined && (await getTarget(tx, enterpriseId)).kind !== 'enterprise')
    throw new Fault('project.not_enterprise')
  if (divisionCode !== undefined && !(await listDivisions(tx)).has(divisionCode))
    throw new Fault('project.division_unknown', { code: divisionCode })
  return { ...given, amountFen }
}

/** A project stands under leading groups and task forces, and under no other unit. @throws Fault 'project.not_group' | what `getUnitInForce` throws */
async function refuseOddGroups(tx: Tx, ids: readonly UnitId[], by: Actor): Promise<void> {
  for (const id of ids) {
    const { kind, name } = await getUnitInForce(tx, id, dayOf(by.at))
    if (!GROUPS.includes(kind)) throw new Fault('project.not_group', { name })
  }
}
const GROUPS: readonly string[] = ['leadingGroup', 'taskForce']

/** Changes the sheet (修改项目台账). @throws Fault 'project.not_found' | 'project.inactive' | 'forbidden' | 'project.not_group' | what its parts refuse */
export async function editProject(
  tx: Tx,
  id: ProjectId,
  input: EditProject,
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  const before = await lockSheet(tx, id, by.at)
  await refuseUnlessEditor(tx, before, by)
  const { groupIds, ...given } = input
  const facts = await fit(tx, given, by)
  await saveSheet(tx, id, facts, by)
  if (groupIds !== undefined) {
    await refuseOddGroups(tx, groupIds, by)
    await putGroups(tx, id, groupIds)
  }
  const was = before.amountFen === facts.amountFen ? '' : `${moneyText(before.amountFen)} 改为 `
  const note = `${before.name} ${was}${moneyText(facts.amountFen)}`
  await audit(tx, by, { action: 'editProject', objectKind: 'project', objectId: id, note })
  await settleProjects(tx, calendar, by.at, [id])
}

/**
 * Pauses a project (暂停项目) for a stretch: visits are not owed in it, and the reason stands beside its days saved.
 * @throws Fault 'project.not_found' | 'project.inactive' | 'forbidden' | 'project.pause_reversed'
 */
export async function pauseProject(
  tx: Tx,
  id: ProjectId,
  { from, to, reason }: PauseProject,
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  const sheet = await lockSheet(tx, id, by.at)
  await refuseUnlessEditor(tx, sheet, by)
  if (to < from) throw new Fault('project.pause_reversed', { from, to })
  const masked = maskPersonal(reason)
  await putPause(tx, id, { from, to, reason: masked }, by)
  await putExemption(tx, { targetId: id, from, to, reason: masked }, by)
  await settleDuties(tx, calendar, { from, to, target: id }, by.at)
  const note = `${sheet.name} ${from} 至 ${to}：${masked}`
  await audit(tx, by, { action: 'pauseProject', objectKind: 'project', objectId: id, note })
}

/**
 * Takes a project out (取消或并入): it counts in no figure any more, and nothing is owed for it; the note says why.
 * @throws Fault 'forbidden' | 'project.not_found' | 'project.inactive' | 'project.merge_needs' | 'project.into_itself'
 */
export async function dropProject(
  tx: Tx,
  id: ProjectId,
  { state, into, note }: DropProject,
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  if (!mayKeepTargets(by)) throw new Fault('forbidden')
  const sheet = await lockSheet(tx, id, by.at)
  if (state === 'merged' && into === undefined) throw new Fault('project.merge_needs')
  if (into === id) throw new Fault('project.into_itself')
  if (state === 'merged' && into !== undefined) await getSheet(tx, into, by.at)
  const masked = maskPersonal(note)
  await saveState(tx, id, { state, into: state === 'merged' ? (into ?? null) : null, note: masked }, by)
  await followStage(tx, id, null)
  const told = `${sheet.name} ${PROJECT_STATE[state]}：${masked}`
  await audit(tx, by, { action: 'dropProject', objectKind: 'project', objectId: id, note: told })
  await settleProjects(tx, calendar, by.at, [id])
}

/** Records what a project needs and since when it has it (要素保障). @throws Fault 'project.not_found' | 'project.inactive' | 'forbidden' */
export async function setFactor(tx: Tx, id: ProjectId, input: SetFactor, by: Actor): Promise<void> {
  const sheet = await lockSheet(tx, id, by.at)
  await refuseUnlessEditor(tx, sheet, by)
  await putFactor(tx, id, { ...input, needed: maskPersonal(input.needed) }, by)
  const note = `${sheet.name} ${PROJECT_FACTOR[input.factor]}${input.securedOn ? `已于 ${input.securedOn} 保障` : '待保障'}`
  await audit(tx, by, { action: 'setFactor', objectKind: 'project', objectId: id, note })
}

/**
 * Names what holds a project up (提出瓶颈问题): it becomes a problem case, tied to the project and to its owner, and goes the way of every case, upward
 * to bodies outside the district too.
 * @throws Fault 'project.not_found' | 'project.inactive' | 'forbidden' | what opening a case throws
 */
export async function raiseBottleneck(
  tx: Tx,
  engine: Engine,
  id: ProjectId,
  { kind, content, category }: NewBottleneck,
  by: Actor,
): Promise<void> {
  const sheet = await lockSheet(tx, id, by.at)
  await refuseUnlessEditor(tx, sheet, by)
  const facts = {
    ...{ title: `${BOTTLENECK[kind]}：${sheet.name}`.slice(0, 60), aspect: BOTTLENECK[kind], category },
    content: `项目：${sheet.name}（${moneyText(sheet.amountFen)}）\n${maskPersonal(content)}`,
    divisionCode: sheet.divisionCode ?? undefined,
  }
  const [kase] = await engine.open(tx, [{ type: 'problem', channel: 'other', facts }], onBehalf(by))
  if (kase === undefined) throw new Error('one opening in, no case out')
  await insertBottleneck(tx, id, kase.id, kind, by.at)
  if (sheet.enterprise !== null) await tieCase(tx, sheet.enterprise.id, { caseId: kase.id, way: 'bottleneck' }, by.at)
  const note = `${sheet.name} ${BOTTLENECK[kind]} ${kase.number}`
  await audit(tx, by, { action: 'raiseBottleneck', objectKind: 'project', objectId: id, note })
}
