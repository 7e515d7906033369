import {
  type ContactEntry,
  type ContactKind,
  type ContactState,
  type LiaisonTargetId,
  VISIT_PURPOSE,
  type VisitPurpose,
} from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { listTargetNames, type NamedTarget } from '#liaison'
import { dayOf } from '#org'
import { type ContactRow, findContact } from './contact.sql.ts'
import { mayOversee, mayPlan, unitsOf } from './planner.ts'
import { listQuiets, type QuietRow } from './quiet.sql.ts'
import { quietOn } from './quiet.ts'

const AT_THE_DOOR: readonly ContactKind[] = ['visit', 'inspection']
/** Whoever has to come to the door cannot do so on a call or a questionnaire. */
export const fitsInto = (kind: ContactKind, { units }: Pick<ContactRow, 'units'>) =>
  !AT_THE_DOOR.includes(kind) || units.some((one) => AT_THE_DOOR.includes(one.kind))

export const isLapsed = ({ state, on }: { readonly state: ContactState; readonly on: string }, today: string) =>
  state === 'planned' && on < today

/** A contact as it is shown to somebody (一次接触): whether it counts, lapsed or disturbs, and what they may do about it. */
export function entryView(
  { targetId: _, ...row }: ContactRow,
  target: NamedTarget,
  quiets: readonly QuietRow[],
  by: Actor,
): ContactEntry {
  const today = dayOf(by.at)
  const lapsed = isLapsed(row, today)
  const own = row.units.filter(({ id }) => unitsOf(by).includes(id))
  const isOpen = row.planned && row.state === 'planned' && mayPlan(by)
  const statutory = row.units.some((one) => one.statutory)
  return {
    ...{ ...row, lapsed, statutory, visitIds: [...row.visitIds] },
    target: { id: target.id, name: target.name, kind: target.kind },
    kind: row.units[0]?.kind ?? 'visit',
    units: row.planned
      ? [...row.units]
      : row.units.map((unit) => ({ ...unit, purpose: VISIT_PURPOSE[unit.purpose as VisitPurpose] })),
    counts: row.state === 'done' || (row.state === 'planned' && !lapsed),
    disturbs: !statutory && row.state !== 'cancelled' && quietOn(quiets, row.on) !== undefined,
    may: {
      join: isOpen && !lapsed && own.length === 0,
      done: isOpen && own.some(({ kind }) => kind !== 'visit') && row.on <= today,
      cancel: isOpen && (own.length > 0 || mayOversee(by)),
    },
  }
}

/** Several contacts, of whatever targets, as they are shown. */
export async function entryViews<T extends ContactRow>(
  tx: Tx,
  rows: readonly T[],
  by: Actor,
): Promise<{ readonly row: T; readonly entry: ContactEntry }[]> {
  const [first, ...later] = rows.map(({ on }) => on).sort()
  if (first === undefined) return []
  const ids = [...new Set(rows.map(({ targetId }) => targetId))]
  const targets = new Map((await listTargetNames(tx, ids)).map((target) => [target.id, target]))
  const quiets = await listQuiets(tx, ids, { from: first, to: later.at(-1) ?? first })
  const quietsOf = (id: LiaisonTargetId) => quiets.filter(({ targetId }) => targetId === id)
  return rows.flatMap((row) => {
    const target = targets.get(row.targetId)
    return target === undefined ? [] : { row, entry: entryView(row, target, quietsOf(row.targetId), by) }
  })
}

/** @throws Fault 'contact.not_found' */
export async function getContact(tx: Tx, id: ContactRow['id']): Promise<ContactRow> {
  const row = await findContact(tx, id)
  if (row === undefined) throw new Fault('contact.not_found')
  return row
}
/** @throws Fault 'contact.not_found' */
export async function entryOf(tx: Tx, id: ContactRow['id'], by: Actor): Promise<ContactEntry> {
  const [shown] = await entryViews(tx, [await getContact(tx, id)], by)
  if (shown === undefined) throw new Fault('contact.not_found')
  return shown.entry
}
