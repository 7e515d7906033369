import type { Liaison, LiaisonId, LiaisonTargetId, NewLiaison, PersonId } from '@banjie/contract'
import { dayAfter } from '#cadence'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { dayOf, getPerson } from '#org'
import { type BondRow, endBondOn, insertBond, listBonds, listTenures, putOffice } from './bond.sql.ts'
import { refuseUnlessKeeper, servesOn } from './keeper.ts'
import { settleDuties } from './settle.ts'
import { lockTarget } from './target.sql.ts'

export const bondView = ({ lineId: _, servedTo, ...bond }: BondRow, today: string): Liaison => ({
  ...bond,
  current: bond.from <= today && (servedTo === null || servedTo >= today),
})

/**
 * Binds a person to a target (确定包保人).
 * @throws Fault 'forbidden' | 'person.not_found' | 'liaison.target_not_found' | 'liaison.target_closed' | 'liaison.reversed' |
 *   'liaison.no_post' | 'liaison.main_taken' | 'liaison.overlaps_itself'
 */
export async function bind(tx: Tx, input: NewLiaison, calendar: Calendar, by: Actor): Promise<Liaison> {
  refuseUnlessKeeper(by)
  const id = newId<LiaisonId>()
  await fitBond(tx, input)
  return putBond(tx, { ...input, id, lineId: id }, calendar, by)
}

/** The target is locked: who binds two people at once to it waits, and reads what the other has written. */
async function fitBond(
  tx: Tx,
  { targetId, personId, role, from, to }: NewLiaison,
  /** The liaison that it follows, and which makes room for it. */
  before?: LiaisonId,
): Promise<void> {
  const target = await lockTarget(tx, targetId)
  if (target === undefined) throw new Fault('liaison.target_not_found')
  if (target.closedOn !== null) throw new Fault('liaison.target_closed', { name: target.name, day: target.closedOn })
  if (to !== undefined && to < from) throw new Fault('liaison.reversed', { from, to })
  const { name } = await getPerson(tx, personId)
  const tenures = await listTenures(tx, { people: [personId] })
  if (!tenures.some((tenure) => servesOn(tenure, from))) throw new Fault('liaison.no_post', { name, day: from })
  const beside = (await listBonds(tx, { target: targetId })).filter(
    (one) => one.id !== before && (one.to === null || one.to >= from) && (to === undefined || one.from <= to),
  )
  const told = (one: BondRow) => ({
    ...{ target: target.name, name: one.person.name, from: one.from, to: one.to ?? '现在' },
  })
  const own = beside.find(({ person }) => person.id === personId)
  if (own !== undefined) throw new Fault('liaison.overlaps_itself', told(own))
  const main = role === 'main' ? beside.find((one) => one.role === 'main') : undefined
  if (main !== undefined) throw new Fault('liaison.main_taken', told(main))
}

async function putBond(
  tx: Tx,
  bond: Parameters<typeof insertBond>[1],
  calendar: Calendar,
  by: Actor,
): Promise<Liaison> {
  await insertBond(tx, bond, by)
  await settleDuties(tx, calendar, { from: bond.from, target: bond.targetId }, by.at)
  const view = bondView(await getBond(tx, bond.id), dayOf(by.at))
  const note = `${view.person.name} ${view.target.name} 自${bond.from}：${bond.reason}`
  await audit(tx, by, { action: 'newLiaison', objectKind: 'liaison', objectId: bond.id, note })
  return view
}

/** @throws Fault 'liaison.not_found' */
async function getBond(tx: Tx, id: LiaisonId): Promise<BondRow> {
  const [bond] = await listBonds(tx, { id })
  if (bond === undefined) throw new Fault('liaison.not_found')
  return bond
}

/**
 * Gives the line of a liaison an office with its target (任职): whoever stands in it owes from that day on what only officers owe.
 * Whoever keeps the offices has asked before whether the caller may.
 */
export async function holdOffice(
  tx: Tx,
  line: LiaisonId,
  { targetId, from }: { readonly targetId: LiaisonTargetId; readonly from: string },
  calendar: Calendar,
  now: Date,
): Promise<void> {
  await putOffice(tx, line, from)
  await settleDuties(tx, calendar, { from, target: targetId }, now)
}

interface Ending {
  readonly on: string
  readonly reason: string
}
/** Ends a liaison with its last day (结束包保关系). @throws Fault 'forbidden' | 'liaison.not_found' | 'liaison.ended' | 'liaison.reversed' */
export async function unbind(
  tx: Tx,
  id: LiaisonId,
  { on, reason }: Ending,
  calendar: Calendar,
  by: Actor,
): Promise<Liaison> {
  refuseUnlessKeeper(by)
  const bond = await lockBond(tx, id)
  if (on < bond.from) throw new Fault('liaison.reversed', { from: bond.from, to: on })
  await endBondOn(tx, id, on, reason)
  await settleDuties(tx, calendar, { from: on, target: bond.target.id }, by.at)
  const note = `${bond.person.name} ${bond.target.name} 至${on}：${reason}`
  await audit(tx, by, { action: 'endLiaison', objectKind: 'liaison', objectId: id, note })
  return bondView(await getBond(tx, id), dayOf(by.at))
}

/** A liaison that has no last day yet, under the lock of its target. */
async function lockBond(tx: Tx, id: LiaisonId): Promise<BondRow> {
  await lockTarget(tx, (await getBond(tx, id)).target.id)
  const bond = await getBond(tx, id)
  if (bond.ended !== null) throw new Fault('liaison.ended', { day: bond.to })
  return bond
}

/**
 * Hands a liaison over (交接包保): the successor stands in the same line from that day on. Visits stay with whoever went.
 * @throws Fault 'forbidden' | 'liaison.not_found' | 'liaison.ended' | 'liaison.same_person' | 'liaison.before_start' | what `bind` throws
 */
export async function handOverBond(
  tx: Tx,
  id: LiaisonId,
  { personId, from, reason }: { readonly personId: PersonId; readonly from: string; readonly reason: string },
  calendar: Calendar,
  by: Actor,
): Promise<Liaison> {
  refuseUnlessKeeper(by)
  const bond = await lockBond(tx, id)
  await refuseUnfitHeir(tx, bond, { personId, from })
  return succeed(tx, bond, { personId, from, reason }, calendar, by)
}

interface Heir {
  readonly personId: PersonId
  readonly from: string
}
const heirOf = (bond: BondRow, { personId, from }: Heir) => ({
  ...{ targetId: bond.target.id, personId, role: bond.role },
  ...{ from, to: bond.to ?? undefined },
})

/** @throws Fault 'liaison.same_person' | 'liaison.before_start' | what `bind` throws */
export async function refuseUnfitHeir(tx: Tx, bond: BondRow, heir: Heir): Promise<void> {
  if (heir.personId === bond.person.id) throw new Fault('liaison.same_person')
  if (heir.from <= bond.from) throw new Fault('liaison.before_start', { day: bond.from })
  await fitBond(tx, { ...heirOf(bond, heir), reason: '' }, bond.id)
}

/** The successor stands in the line from their first day; the one before keeps the visits they made. */
export async function succeed(
  tx: Tx,
  bond: BondRow,
  heir: Heir & { readonly reason: string },
  calendar: Calendar,
  by: Actor,
) {
  await endBondOn(tx, bond.id, dayAfter(heir.from, -1), `交接：${heir.reason}`)
  const next = { ...heirOf(bond, heir), reason: heir.reason }
  return putBond(tx, { ...next, id: newId<LiaisonId>(), lineId: bond.lineId }, calendar, by)
}
