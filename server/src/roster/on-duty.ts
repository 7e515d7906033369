import type { OnDuty, Queue } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { shiftAt } from './day.ts'
import { listEntries, listPosts, type PostFacts } from './roster.sql.ts'
import { comingGaps } from './roster.ts'

/** Who has a post at an instant (现在值班), and until when. */
export async function onDutyAt(tx: Tx, post: PostFacts, at: Date): Promise<OnDuty> {
  const { id, name, unit, phone, isPublic } = post
  const running = shiftAt(post.shifts, dayOf(at), at)
  const runs = running !== undefined && running.day >= post.from ? running : undefined
  const entries = runs === undefined ? [] : await listEntries(tx, { post: id, from: runs.day, to: runs.day })
  const entry = entries.find(({ shift }) => shift === runs?.shift)
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

/** Every post with who has it now; those that nobody has come first. */
export async function onDutyNow(tx: Tx, at: Date): Promise<OnDuty[]> {
  const all: OnDuty[] = []
  for (const post of await listPosts(tx)) all.push(await onDutyAt(tx, post, at))
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
