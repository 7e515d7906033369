import type {
  ContactEntry,
  ContactPlanId,
  ContactState,
  JoinContact,
  LiaisonTargetId,
  NewContactPlan,
  NewContactRecord,
} from '@banjie/contract'
import { CONTACT_KIND, CONTACT_STATE } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { getOpenTarget, lockTarget, type NamedTarget, type RecordedVisit, visitUnits } from '#liaison'
import { dayOf, getUnitInForce } from '#org'
import { monthOf } from './calendar.ts'
import {
  type ContactRow,
  closePlan,
  deleteErrands,
  findNearest,
  insertErrand,
  insertPlan,
  linkVisit,
  moveErrands,
} from './contact.sql.ts'
import { entryOf, fitsInto, getContact, isLapsed } from './entry.ts'
import { limitOn, limitVersions } from './limit.ts'
import { mayOversee, refuseUnlessPlanner, unitMeant, unitsOf } from './planner.ts'
import { listQuiets } from './quiet.sql.ts'

/**
 * Plans a contact (计划接触). The target is locked: two who plan at once see each other.
 * @throws Fault 'forbidden' | 'contact.in_past' | 'contact.not_your_unit' | 'contact.do_not_disturb' | 'contact.over_budget' |
 *   'liaison.target_not_found' | 'liaison.target_closed' | what `getUnitInForce` throws
 */
export async function planContact(tx: Tx, input: NewContactPlan, by: Actor): Promise<ContactEntry> {
  refuseUnlessPlanner(by)
  const { on, statutory } = input
  if (on < dayOf(by.at)) throw new Fault('contact.in_past', { day: on })
  const errand = await errandOf(tx, input, by)
  const target = await getOpenTarget(tx, input.targetId, on)
  if (!statutory) await refuseWithinQuiet(tx, target, on)
  const reason = input.reason === undefined ? null : maskPersonal(input.reason)
  // The law that asks for a check is its reason.
  if (!statutory && reason === null) await refuseAboveBudget(tx, target, on, by)
  const id = newId<ContactPlanId>()
  await insertPlan(tx, { id, targetId: target.id, on, plannedOn: on, reason }, by)
  await insertErrand(tx, id, errand, by)
  await tell(tx, by, 'newContactPlan', id, `${target.name} ${on} ${CONTACT_KIND[errand.kind]}：${errand.purpose}`)
  return entryOf(tx, id, by)
}

/** What the caller's unit comes for, as it is stored. */
async function errandOf(tx: Tx, input: JoinContact, by: Actor) {
  const { id } = await getUnitInForce(tx, unitMeant(by, input.unitId), dayOf(by.at))
  const { kind, purpose, statutory, basis } = input
  return { id, kind, purpose: maskPersonal(purpose), statutory, basis: statutory ? (basis ?? null) : null }
}

/** @throws Fault 'contact.do_not_disturb' */
async function refuseWithinQuiet(tx: Tx, { id, name }: NamedTarget, on: string): Promise<void> {
  const [quiet] = await listQuiets(tx, [id], { from: on, to: on })
  if (quiet !== undefined) throw new Fault('contact.do_not_disturb', { name, from: quiet.from, to: quiet.to })
}
/** @throws Fault 'contact.over_budget' */
async function refuseAboveBudget(tx: Tx, { id, name }: NamedTarget, on: string, by: Actor): Promise<void> {
  const { perMonth } = limitOn(await limitVersions(tx), on)
  const { used, month, budget } = await monthOf(tx, id, on, dayOf(by.at), perMonth)
  if (used >= budget) throw new Fault('contact.over_budget', { name, month, used, budget })
}

const tell = (tx: Tx, by: Actor, action: string, id: string, note: string) =>
  audit(tx, by, { action, objectKind: 'contactPlan', objectId: id, note })

/** A contact that is still planned, under the lock of its target. */
async function lockPlanned(tx: Tx, id: ContactPlanId): Promise<ContactRow> {
  await lockTarget(tx, (await getContact(tx, id)).targetId)
  const row = await getContact(tx, id)
  if (row.state !== 'planned') throw new Fault('contact.not_planned', { state: stateWord(row.state) })
  return row
}
const stateWord = (state: ContactState) => CONTACT_STATE[state]

/**
 * Joins a contact that another unit has planned (合并走访): one contact, several units.
 * @throws Fault 'forbidden' | 'contact.not_found' | 'contact.not_planned' | 'contact.lapsed' | 'contact.already_on_it' |
 *   'contact.cannot_join_call' | 'contact.do_not_disturb' | 'contact.not_your_unit'
 */
export async function joinContact(tx: Tx, id: ContactPlanId, input: JoinContact, by: Actor): Promise<ContactEntry> {
  refuseUnlessPlanner(by)
  const errand = await errandOf(tx, input, by)
  const row = await lockPlanned(tx, id)
  if (isLapsed(row, dayOf(by.at))) throw new Fault('contact.lapsed', { day: row.on })
  const twin = row.units.find((unit) => unit.id === errand.id)
  if (twin !== undefined) throw new Fault('contact.already_on_it', { unit: twin.name })
  if (!fitsInto(errand.kind, row)) throw new Fault('contact.cannot_join_call')
  const target = await getOpenTarget(tx, row.targetId, row.on)
  if (!errand.statutory) await refuseWithinQuiet(tx, target, row.on)
  await insertErrand(tx, id, errand, by)
  await tell(tx, by, 'joinContact', id, `${target.name} ${row.on} 加入：${errand.purpose}`)
  return entryOf(tx, id, by)
}

/**
 * Merges one planned contact into another of the same target (并入): its units go along on that one.
 * @throws Fault 'forbidden' | 'contact.into_itself' | 'contact.not_found' | 'contact.not_planned' | 'contact.other_target' |
 *   'contact.lapsed' | 'contact.cannot_join_call' | 'contact.do_not_disturb' | 'contact.not_your_unit'
 */
export async function mergeContact(tx: Tx, id: ContactPlanId, into: ContactPlanId, by: Actor): Promise<ContactEntry> {
  refuseUnlessPlanner(by)
  if (id === into) throw new Fault('contact.into_itself')
  const row = await lockPlanned(tx, id)
  const other = await lockPlanned(tx, into)
  if (row.targetId !== other.targetId) throw new Fault('contact.other_target')
  if (!mayOversee(by) && !row.units.some((unit) => unitsOf(by).includes(unit.id)))
    throw new Fault('contact.not_your_unit')
  if (isLapsed(other, dayOf(by.at))) throw new Fault('contact.lapsed', { day: other.on })
  if (!row.units.every(({ kind }) => fitsInto(kind, other))) throw new Fault('contact.cannot_join_call')
  const target = await getOpenTarget(tx, other.targetId, other.on)
  if (!row.units.every(({ statutory }) => statutory)) await refuseWithinQuiet(tx, target, other.on)
  await moveErrands(tx, id, into)
  await closePlan(tx, id, { state: 'joined', to: into }, by)
  await tell(tx, by, 'mergeContact', id, `${row.on} 并入 ${other.on}：${row.units.map(({ name }) => name).join('、')}`)
  return entryOf(tx, into, by)
}

/**
 * Cancels (取消): of a joined contact only the caller's units drop out; without anybody left it is off.
 * @throws Fault 'forbidden' | 'contact.not_found' | 'contact.not_planned' | 'contact.not_your_unit'
 */
export async function cancelContact(tx: Tx, id: ContactPlanId, reason: string, by: Actor): Promise<ContactEntry> {
  refuseUnlessPlanner(by)
  const row = await lockPlanned(tx, id)
  const own = row.units.filter((unit) => unitsOf(by).includes(unit.id))
  if (own.length === 0 && !mayOversee(by)) throw new Fault('contact.not_your_unit')
  const why = maskPersonal(reason)
  const isWhole = own.length === 0 || own.length === row.units.length
  if (isWhole) await closePlan(tx, id, { state: 'cancelled', reason: why }, by)
  else
    await deleteErrands(
      tx,
      id,
      own.map((unit) => unit.id),
    )
  const note = `${row.on} ${(isWhole ? row.units : own).map(({ name }) => name).join('、')}：${why}`
  await tell(tx, by, isWhole ? 'cancelContact' : 'leaveContact', id, note)
  return entryOf(tx, id, by)
}

/**
 * A planned inspection, questionnaire or call has been made (已完成). A visit is done by recording it.
 * @throws Fault 'forbidden' | 'contact.not_found' | 'contact.not_planned' | 'contact.not_your_unit' | 'contact.visit_by_record' |
 *   'contact.in_future'
 */
export async function completeContact(tx: Tx, id: ContactPlanId, on: string, by: Actor): Promise<ContactEntry> {
  refuseUnlessPlanner(by)
  if (on > dayOf(by.at)) throw new Fault('contact.in_future', { day: on })
  const row = await lockPlanned(tx, id)
  const own = row.units.filter((unit) => unitsOf(by).includes(unit.id))
  if (own.length === 0) throw new Fault('contact.not_your_unit')
  if (own.every(({ kind }) => kind === 'visit')) throw new Fault('contact.visit_by_record')
  await closePlan(tx, id, { state: 'done', on }, by)
  await tell(tx, by, 'contactDone', id, on)
  return entryOf(tx, id, by)
}

/**
 * Records an inspection, a questionnaire or a call that has happened (登记已发生的接触). What happened is written down whatever the budget says;
 * where the unit had planned it for about that day, the plan is done by it.
 * @throws Fault 'forbidden' | 'contact.in_future' | 'contact.not_your_unit' | 'liaison.target_not_found' | 'liaison.target_closed'
 */
export async function recordContact(tx: Tx, input: NewContactRecord, by: Actor): Promise<ContactEntry> {
  refuseUnlessPlanner(by)
  const { on, kind } = input
  if (on > dayOf(by.at)) throw new Fault('contact.in_future', { day: on })
  const errand = await errandOf(tx, input, by)
  const target = await getOpenTarget(tx, input.targetId, on)
  const planned = await nearestPlanned(tx, { target: target.id, kind, units: [errand.id], on })
  const id = planned?.state === 'planned' ? planned.id : newId<ContactPlanId>()
  if (planned?.state === 'planned') await closePlan(tx, id, { state: 'done', on }, by)
  else {
    await insertPlan(tx, { id, targetId: target.id, on, plannedOn: null, reason: null }, by)
    await insertErrand(tx, id, errand, by)
  }
  await tell(tx, by, 'recordContact', id, `${target.name} ${on} ${CONTACT_KIND[kind]}：${errand.purpose}`)
  return entryOf(tx, id, by)
}

async function nearestPlanned(
  tx: Tx,
  wanted: Omit<Parameters<typeof findNearest>[1], 'days'> & { readonly target: LiaisonTargetId },
) {
  const { nearDays } = limitOn(await limitVersions(tx), wanted.on)
  return findNearest(tx, { ...wanted, days: nearDays })
}

/**
 * A visit fulfils what was planned (走访完成计划): the nearest contact of the visitors' units, within the days that count as near. Nobody types it.
 * The second unit's own record of a joined visit belongs to the same contact.
 */
export async function fulfilPlan(tx: Tx, visit: RecordedVisit, by: Actor): Promise<void> {
  const kind = visit.kind === 'phone' || visit.kind === 'online' ? 'call' : 'visit'
  const units = await visitUnits(tx, visit)
  const planned = await nearestPlanned(tx, { target: visit.targetId, kind, units, on: visit.on })
  if (planned === undefined) return
  if (planned.state === 'planned') await closePlan(tx, planned.id, { state: 'done', on: visit.on }, by)
  await linkVisit(tx, visit.id, planned.id)
  await tell(tx, by, 'contactDone', planned.id, `走访 ${visit.on}`)
}
