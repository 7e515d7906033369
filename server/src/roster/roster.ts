import {
  type NewRosterEntry,
  type NewRosterPost,
  type Roster,
  type RosterEntryId,
  type RosterPostId,
  type Rotate,
  type Rotated,
  SHIFT,
  type UnitId,
} from '@banjie/contract'
import { dayAfter } from '#cadence'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseOutsiders, refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf, getUnitInForce } from '#org'
import { daysOf } from './day.ts'
import { fitnessOf } from './fitness.ts'
import { keepsSome, mayKeep } from './keeper.ts'
import {
  type EntryRow,
  insertEntries,
  insertPost,
  listEntries,
  listPosts,
  lockPost,
  type PostFacts,
} from './roster.sql.ts'
import { rotate } from './rotation.ts'

const MOST_DAYS = 366

/** First and last day of a month `YYYY-MM`. */
export const monthSpan = (month: string) => ({
  from: `${month}-01`,
  to: dayAfter(`${dayAfter(`${month}-28`, 4).slice(0, 7)}-01`, -1),
})

export const entryView = ({ id, day, shift, person, leader, swapped, away }: EntryRow) => ({
  id,
  day,
  shift,
  person,
  leader,
  swapped,
  away,
})

/** The shifts of a post to which nobody will come (空班), from the day on which it begins: nobody has them, or whoever has is on leave or gone. */
const gapsOf = (post: PostFacts, entries: readonly EntryRow[], days: readonly string[]) => {
  const filled = new Set(entries.flatMap(({ day, shift, away }) => (away === null ? `${day} ${shift}` : [])))
  return days.flatMap((day) =>
    day < post.from
      ? []
      : post.shifts.filter((shift) => !filled.has(`${day} ${shift}`)).map((shift) => ({ day, shift })),
  )
}

/** The roster (值班表) of a month: every day of it, holidays told apart, and what nobody has taken. */
export async function rosterOf(
  tx: Tx,
  calendar: Calendar,
  { month = '', unit }: { readonly month?: string | undefined; readonly unit?: UnitId | undefined },
  by: Actor,
): Promise<Roster> {
  refuseOutsiders(by)
  const today = dayOf(by.at)
  const asked = month || today.slice(0, 7)
  const span = monthSpan(asked)
  const days = daysOf(calendar, span.from, span.to)
  const byPost = Map.groupBy(await listEntries(tx, span), ({ postId }) => postId)
  const posts = (await listPosts(tx, { unit })).map((post) => {
    const entries = byPost.get(post.id) ?? []
    const gaps = gapsOf(
      post,
      entries,
      days.map(({ day }) => day),
    )
    return {
      ...post,
      shifts: [...post.shifts],
      mayKeep: mayKeep(by, post.unit.id),
      entries: entries.map(entryView),
      gaps,
    }
  })
  return { month: asked, today, days, posts, mayKeep: keepsSome(by) }
}

/** The gaps of the posts a person keeps, from today for so many days. */
export async function comingGaps(tx: Tx, days: number, by: Actor) {
  if (!keepsSome(by)) return []
  const today = dayOf(by.at)
  const coming = Array.from({ length: days }, (_, i) => dayAfter(today, i))
  const byPost = Map.groupBy(await listEntries(tx, { from: today, to: coming.at(-1) ?? today }), ({ postId }) => postId)
  return (await listPosts(tx))
    .filter(({ unit }) => mayKeep(by, unit.id))
    .flatMap((post) => gapsOf(post, byPost.get(post.id) ?? [], coming))
}

/** Sets up a post (设值班岗). @throws Fault 'forbidden' | 'roster.shifts' | 'roster.post_known' | what a unit that is not there throws */
export async function setUpPost(tx: Tx, given: NewRosterPost, by: Actor): Promise<RosterPostId> {
  refuseUnless(mayKeep(by, given.unitId))
  await getUnitInForce(tx, given.unitId, dayOf(by.at))
  const shifts = [...new Set(given.shifts)]
  if (shifts.includes('whole') && shifts.length > 1) throw new Fault('roster.shifts')
  const id = newId<RosterPostId>()
  if (!(await insertPost(tx, id, { ...given, shifts }, by.at)))
    throw new Fault('roster.post_known', { name: given.name })
  await audit(tx, by, { action: 'newRosterPost', objectKind: 'rosterPost', objectId: id, note: given.name })
  return id
}

/** A post that the caller keeps, held. @throws Fault 'roster.post_not_found' | 'forbidden' */
async function keepPost(tx: Tx, id: RosterPostId, by: Actor): Promise<PostFacts> {
  await lockPost(tx, id)
  const [post] = await listPosts(tx, { id })
  if (post === undefined) throw new Fault('roster.post_not_found')
  refuseUnless(mayKeep(by, post.unit.id))
  return post
}

/**
 * Fills the days of a stretch by turns (轮流排班); what is filled stays. People without a post are refused, people on leave, or whose
 * post has ended by then, passed over.
 * @throws Fault 'roster.reversed' | 'roster.past' | 'roster.before_post' | 'roster.no_post' | 'roster.post_not_found' | 'forbidden'
 */
export async function rotateRoster(
  tx: Tx,
  calendar: Calendar,
  id: RosterPostId,
  { from, to, people, restPeople, leaders }: Rotate,
  by: Actor,
): Promise<Rotated> {
  const post = await keepPost(tx, id, by)
  if (to < from || dayAfter(from, MOST_DAYS) <= to) throw new Fault('roster.reversed')
  refuseOutOfTime(post, from, by)
  const everybody = [...new Set([...people, ...restPeople, ...leaders])]
  const fitness = await fitnessOf(tx, everybody, { from, to })
  for (const person of everybody) fitness.refuseWithoutPost(person, from)
  const filled = new Set((await listEntries(tx, { post: id, from, to })).map(({ day, shift }) => `${day} ${shift}`))
  const { turns, passedOver, gaps } = rotate({
    ...{ days: daysOf(calendar, from, to), shifts: post.shifts, people: [...new Set(people)], leaders },
    restPeople: [...new Set(restPeople.length === 0 ? people : restPeople)],
    isFilled: (day, shift) => filled.has(`${day} ${shift}`),
    isAway: (person, day) =>
      fitness.isOnLeave(person, day) || fitness.isBusy(person, day) || !fitness.hasPost(person, day),
  })
  await insertEntries(
    tx,
    id,
    turns.map((turn) => ({ ...turn, id: newId<RosterEntryId>() })),
    by.at,
  )
  const note = `${post.name} ${from} 至 ${to} 排 ${turns.length} 班`
  await audit(tx, by, { action: 'rotateRoster', objectKind: 'rosterPost', objectId: id, note })
  return {
    ...{ made: turns.length, kept: filled.size, gaps: [...gaps] },
    passedOver: passedOver.map(({ day, person }) => ({ day, person: { id: person, name: fitness.nameOf(person) } })),
  }
}

function refuseOutOfTime(post: PostFacts, day: string, by: Actor): void {
  if (day < dayOf(by.at)) throw new Fault('roster.past', { day })
  if (day < post.from) throw new Fault('roster.before_post', { name: post.name, day: post.from })
}

/**
 * Fills one shift (排一个班).
 * @throws Fault 'roster.past' | 'roster.before_post' | 'roster.shift_unknown' | 'roster.taken' | 'roster.no_post' | 'roster.on_leave' | 'roster.twice' |
 *   'roster.post_not_found' | 'forbidden'
 */
export async function fillShift(tx: Tx, id: RosterPostId, given: NewRosterEntry, by: Actor) {
  const { day, shift, personId, leaderId } = given
  const post = await keepPost(tx, id, by)
  refuseOutOfTime(post, day, by)
  if (!post.shifts.includes(shift)) throw new Fault('roster.shift_unknown', { name: post.name, shift: SHIFT[shift] })
  const taken = (await listEntries(tx, { post: id, from: day, to: day })).find((one) => one.shift === shift)
  if (taken !== undefined) throw new Fault('roster.taken', { day, shift: SHIFT[shift], name: taken.person.name })
  const fitness = await fitnessOf(tx, [...new Set([personId, ...(leaderId ? [leaderId] : [])])], { from: day, to: day })
  fitness.refuseUnfit(personId, day)
  if (leaderId !== undefined) {
    fitness.refuseWithoutPost(leaderId, day)
    if (fitness.isOnLeave(leaderId, day)) throw new Fault('roster.on_leave', { name: fitness.nameOf(leaderId), day })
  }
  const entry = newId<RosterEntryId>()
  await insertEntries(tx, id, [{ id: entry, day, shift, person: personId, leader: leaderId ?? null }], by.at)
  const note = `${post.name} ${day} ${SHIFT[shift]} ${fitness.nameOf(personId)}`
  await audit(tx, by, { action: 'fillShift', objectKind: 'rosterEntry', objectId: entry, note })
  return getEntry(tx, entry)
}

/** @throws Fault 'roster.entry_not_found' */
export async function getEntry(tx: Tx, id: RosterEntryId): Promise<EntryRow> {
  const [entry] = await listEntries(tx, { id })
  if (entry === undefined) throw new Fault('roster.entry_not_found')
  return entry
}
