import type { CaseId, HotIssue, SuggestedGroup, TenantId } from '@banjie/contract'
import type { z } from 'zod'
import { listTopics, type Sight, sightOf, tagSetInForce } from '#case'
import type { Actor } from '#kernel/actor'
import type { Store, Tx } from '#kernel/store'
import { dayOf, listDivisions } from '#org'
import { inWorker, placeWord, sightKey, taskOf } from './grouping.ts'
import { listStanding, listVoices, type Voice } from './opinion.sql.ts'

/** A window's voices are compared up to so many, the newest. */
const MOST = 5000
const NUMBERS_SHOWN = 10
type View = z.input<typeof HotIssue>
interface Compared {
  readonly stamp: string
  readonly groups: readonly SuggestedGroup[]
}

/** Hot issues (反映集中): computed when somebody looks, and kept until a voice comes in or changes. */
export interface HotWatch {
  list(tenant: TenantId, window: { days: number; least: number }, by: Actor): Promise<View[]>
}

/**
 * A matter is hot when enough distinct people speak of it in a window. Only the matter makes the group, by what the texts say; a street that many
 * write about many things from is not hot, and one person who calls ten times is one person.
 */
export function hotWatch(store: Store): HotWatch {
  const known = new Map<string, Compared>()

  async function compared(tenant: TenantId, days: number, sight: Sight, now: Date) {
    const { voices, task } = await store.tx(
      tenant,
      async (tx) => {
        const found = await listVoices(tx, { filter: { days }, sight, now }, MOST)
        return { voices: found, task: await taskOf(tx, found, []) }
      },
      { readOnly: true },
    )
    const key = `${tenant} ${days} ${sightKey(sight)}`
    const stamp = stampOf(voices, task.links)
    const before = known.get(key)
    const groups = before?.stamp === stamp ? before.groups : (await inWorker(task)).groups
    known.delete(key)
    known.set(key, { stamp, groups })
    if (known.size > REMEMBERED) known.delete(known.keys().next().value ?? '')
    return { voices, groups }
  }

  return {
    async list(tenant, { days, least }, by) {
      const { voices, groups } = await compared(tenant, days, sightOf(by), by.at)
      const byId = new Map(voices.map((voice) => [voice.id, voice]))
      const hot = groups.filter(({ reporters, words }) => reporters >= least && words.length > 0)
      return store.tx(tenant, (tx) => Promise.all(hot.map((group) => hotView(tx, group, byId, by))), { readOnly: true })
    },
  }
}
const REMEMBERED = 20

const stampOf = (voices: readonly Voice[], links: object) =>
  `${voices.length} ${voices[0]?.id} ${voices.at(-1)?.id} ${JSON.stringify(links).length}`

async function hotView(tx: Tx, group: SuggestedGroup, byId: ReadonlyMap<CaseId, Voice>, by: Actor): Promise<View> {
  const members = group.matters
    .flatMap(({ ids }) => ids.flatMap((id) => byId.get(id) ?? []))
    .toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime())
  const divisions = await listDivisions(tx)
  const topic = (await listTopics(tx)).find(({ id }) => id === group.category)
  const places = Map.groupBy(members, (voice) => placeWord(voice, divisions) ?? '地点未写明')
  return {
    ...{ key: group.key, title: group.title, words: group.words, reporters: group.reporters },
    ...{ anonymous: group.anonymous, cases: members.length },
    topic: topic === undefined ? null : { id: topic.id, label: topic.label },
    places: [...places]
      .map(([place, some]) => ({ place, cases: some.length }))
      .sort((a, b) => b.cases - a.cases || (a.place < b.place ? -1 : 1)),
    firstAt: (members.at(-1)?.receivedAt ?? by.at).toISOString(),
    lastAt: (members[0]?.receivedAt ?? by.at).toISOString(),
    numbers: members.slice(0, NUMBERS_SHOWN).map(({ number }) => number),
    ids: members.map(({ id }) => id),
    tags: await suggestedTags(tx, members, by),
    problem: await problemOf(tx, members, by),
  }
}

/** Enough people make it 热点, what came back 难点, what is overdue 堵点, what is urgent 急; a person decides. */
async function suggestedTags(tx: Tx, members: readonly Voice[], by: Actor): Promise<string[]> {
  const { kinds } = await tagSetInForce(tx, dayOf(by.at))
  const known = new Set(kinds.flatMap(({ tags }) => tags.map(({ id }) => id)))
  const share = (fits: (voice: Voice) => boolean) => members.filter(fits).length / members.length
  const wanted = [
    'hotspot',
    ...(share(({ round }) => round > 1) >= 0.2 ? ['difficulty'] : []),
    ...(share(({ dueAt, closedAt }) => closedAt === null && dueAt !== null && dueAt < by.at) >= 0.2
      ? ['blockage']
      : []),
    ...(share(({ urgency }) => urgency !== 'normal') >= 0.2 ? ['pressing'] : []),
  ]
  return wanted.filter((tag) => known.has(tag))
}

/** The problem that most of them are merged into, where there is one. */
async function problemOf(tx: Tx, members: readonly Voice[], by: Actor): Promise<View['problem']> {
  const merged = Map.groupBy(
    members.flatMap(({ problemId }) => problemId ?? []),
    (id) => id,
  )
  const [top] = [...merged].sort(([, a], [, b]) => b.length - a.length)
  const [problem] = top === undefined ? [] : await listStanding(tx, [top[0]], sightOf(by))
  return problem === undefined ? null : { id: problem.id, number: problem.number, title: problem.title }
}
