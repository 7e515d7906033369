import type { OnDuty, Queue } from '@banjie/contract'
import { dayAfter } from '#cadence'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { shiftAt } from './day.ts'
import { type EntryRow, listEntries, listPosts, type PostFacts } from './roster.sql.ts'
import { comingGaps } from './roster.ts'

/** The shift that runs began today or the day before. */
const daysAround = (at: Date) => ({ from: dayAfter(dayOf(at), -1), to: dayOf(at) })

function onDutyView(post: PostFacts, entries: readonly EntryRow[], at: Date): OnDuty {
  const { id, name, unit, phone, isPublic } = post
  const running = shiftAt(post.shifts, dayOf(at), at)
  const runs = running !== undefined && running.day >= post.from ? running : undefined
  const entry = entries.find(({ day, shift }) => day === runs?.day && shift === runs.shift)
  return {
    post: { id, name, unit, phone, isPublic },
    ...{ shift: runs?.shift ?? null, until: runs?.until.toISOString() ?? null },
    ...{
      person: entry?.person ?? null,
      leader: entry?.leader ?? null,
      gap: runs !== undefined && entry?.away !== null,
    },
  }
}

/** Who has a post at an instant (现在值班), and until when. */
export const onDutyAt = async (tx: Tx, post: PostFacts, at: Date): Promise<OnDuty> =>
  onDutyView(post, await listEntries(tx, { post: post.id, ...daysAround(at) }), at)

/** Every post with who has it now; those that nobody has come first. */
export async function onDutyNow(tx: Tx, at: Date): Promise<OnDuty[]> {
  const entries = Map.groupBy(await listEntries(tx, daysAround(at)), ({ postId }) => postId)
  const all = (await listPosts(tx)).map((post) => onDutyView(post, entries.get(post.id) ?? [], at))
  return [...all.filter(({ gap }) => gap), ...all.filter(({ gap }) => !gap)]
}

const AHEAD_DAYS = 7
/** The alarm of the roster (空班): what nobody has taken in the next week; what is empty today is red. */
export async function rosterQueue(tx: Tx, by: Actor): Promise<Queue[]> {
  const gaps = await comingGaps(tx, AHEAD_DAYS, by)
  if (gaps.length === 0) return []
  const today = dayOf(by.at)
  const red = gaps.filter(({ day }) => day === today).length
  return [{ id: 'roster', label: '值班空班', count: gaps.length, red, to: '/w/roster' }]
}

/** The telephones that are told to the public (对外值班电话): of posts that have begun. Who has the shift is nobody's business outside. */
export const publicPosts = async (tx: Tx, at: Date) =>
  (await listPosts(tx))
    .filter(({ isPublic, from }) => isPublic && from <= dayOf(at))
    .map(({ name, phone }) => ({ name, phone }))
