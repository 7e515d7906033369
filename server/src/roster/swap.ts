import { type PersonId, type RosterEntryId, type RosterSwapId, SHIFT, type SwapRoster } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { fitnessOf } from './fitness.ts'
import { mayKeep } from './keeper.ts'
import { type EntryRow, insertSwap, listPosts, lockPost, reassignEntries } from './roster.sql.ts'
import { getEntry } from './roster.ts'

/**
 * Swaps two shifts (调班), or has one taken over (替班); who had it before stays on record. Whoever keeps the roster does it, or the people themselves.
 * @throws Fault 'roster.swap_one' | 'roster.swap_self' | 'roster.entry_not_found' | 'roster.past' | 'roster.on_leave' | 'roster.no_post' |
 *   'roster.twice' | 'forbidden'
 */
export async function swapShift(
  tx: Tx,
  id: RosterEntryId,
  { withEntryId, personId, reason }: SwapRoster,
  by: Actor,
): Promise<EntryRow> {
  if ((withEntryId === undefined) === (personId === undefined)) throw new Fault('roster.swap_one')
  const found = await getEntry(tx, id)
  const partner = withEntryId === undefined ? undefined : await getEntry(tx, withEntryId)
  // In id order: two who swap the same shifts must not wait for each other.
  for (const post of [...new Set([found.postId, ...(partner ? [partner.postId] : [])])].sort()) await lockPost(tx, post)
  const entry = await getEntry(tx, id)
  const other = partner === undefined ? undefined : await getEntry(tx, partner.id)
  await refuseStrangers(tx, [entry, ...(other ? [other] : [])], by)
  const heir = other?.person.id ?? personId
  if (heir === undefined || heir === entry.person.id) throw new Fault('roster.swap_self')
  const moves = [{ entry, to: heir }, ...(other === undefined ? [] : [{ entry: other, to: entry.person.id }])]
  await refuseUnfit(tx, moves, by)
  await reassignEntries(
    tx,
    moves.map((move) => ({ id: move.entry.id, person: move.to })),
  )
  for (const move of moves) await record(tx, move, maskPersonal(reason), by)
  return getEntry(tx, id)
}

/** The keepers, and whoever has the shift: a shift is nobody else's to give away. */
async function refuseStrangers(tx: Tx, entries: readonly EntryRow[], by: Actor): Promise<void> {
  for (const { postId, person } of entries) {
    const [post] = await listPosts(tx, { id: postId })
    const isOwn = entries[0]?.person.id === by.personId || person.id === by.personId
    refuseUnless(isOwn || (post !== undefined && mayKeep(by, post.unit.id)))
  }
}

interface Move {
  readonly entry: EntryRow
  readonly to: PersonId
}
async function refuseUnfit(tx: Tx, moves: readonly Move[], by: Actor): Promise<void> {
  const days = moves.map(({ entry }) => entry.day).sort()
  const [from, to] = [days[0] ?? '', days.at(-1) ?? '']
  if (from < dayOf(by.at)) throw new Fault('roster.past', { day: from })
  const except = moves.map(({ entry }) => entry.id)
  const people = moves.map((move) => move.to)
  const fitness = await fitnessOf(tx, people, { from, to }, except)
  for (const move of moves) fitness.refuseUnfit(move.to, move.entry.day)
}

async function record(tx: Tx, { entry, to }: Move, reason: string, by: Actor): Promise<void> {
  await insertSwap(tx, { id: newId<RosterSwapId>(), entry: entry.id, from: entry.person.id, to, reason }, by)
  const { name } = (await getEntry(tx, entry.id)).person
  const note = `${entry.day} ${SHIFT[entry.shift]} ${entry.person.name} → ${name}：${reason}`
  await audit(tx, by, { action: 'swapRoster', objectKind: 'rosterEntry', objectId: entry.id, note })
}
