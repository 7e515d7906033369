import type { CaseId, HotIssue, SuggestedGroup, TenantId } from '@banjie/contract'
import type { z } from 'zod'
import { listTopics, type Sight, sightOf, type Topic, tagSetInForce } from '#case'
import type { Actor } from '#kernel/actor'
import { sha256 } from '#kernel/id'
import type { Store, Tx } from '#kernel/store'
import { dayOf, listDivisions } from '#org'
import { inWorker, placeWord, sightKey, taskOf } from './grouping.ts'
import { listStanding, listVoices, type Voice } from './opinion.sql.ts'
import type { GroupingTask } from './suggest.ts'

/** A window's voices are compared up to so many, the newest. */
const MOST = 5000
/** So many of them an address of the ledger holds. */
const NUMBERS_SHOWN = 200
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
    const stamp = stampOf(task)
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
      const hot = groups
        .filter(({ reporters, words }) => reporters >= least && words.length > 0)
        .map((group) => ({ group, members: membersOf(group, byId) }))
      const words = await store.tx(
        tenant,
        (tx) =>
          wordsFor(
            tx,
            hot.map(({ members }) => members),
            by,
          ),
        { readOnly: true },
      )
      return hot.map(({ group, members }) => hotView(group, members, words))
    },
  }
}
const REMEMBERED = 20

/** Everything the groups are made of but the words, which do not change: who said it, what it is about, who decided what of it. */
const stampOf = ({ voices, links, samePeople }: GroupingTask) =>
  sha256(
    JSON.stringify([
      voices.map(({ id, category, confidential, party, reporter }) => [id, category, confidential, party, reporter]),
      ...[links, samePeople],
    ]),
  )

/** What the words of an answer are taken from, read once. */
interface Words {
  readonly divisions: ReadonlyMap<string, string>
  readonly topics: readonly Topic[]
  readonly tags: ReadonlySet<string>
  readonly problems: ReadonlyMap<CaseId, NonNullable<View['problem']>>
  readonly now: Date
}

async function wordsFor(tx: Tx, hot: readonly (readonly Voice[])[], by: Actor): Promise<Words> {
  const { kinds } = await tagSetInForce(tx, dayOf(by.at))
  const ids = hot.flatMap((members) => mainProblem(members) ?? [])
  const problems = await listStanding(tx, ids, sightOf(by))
  return {
    divisions: await listDivisions(tx),
    topics: await listTopics(tx),
    tags: new Set(kinds.flatMap(({ tags }) => tags.map(({ id }) => id))),
    problems: new Map(problems.map(({ id, number, title }) => [id, { id, number, title }])),
    now: by.at,
  }
}

/** Its voices, the newest first. */
const membersOf = (group: SuggestedGroup, byId: ReadonlyMap<CaseId, Voice>) =>
  group.matters
    .flatMap(({ ids }) => ids.flatMap((id) => byId.get(id) ?? []))
    .toSorted((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime())

function hotView(group: SuggestedGroup, members: readonly Voice[], words: Words): View {
  const topic = words.topics.find(({ id }) => id === group.category)
  const places = Map.groupBy(members, (voice) => placeWord(voice, words.divisions) ?? '地点未写明')
  return {
    ...{ key: group.key, title: group.title, words: group.words, reporters: group.reporters },
    ...{ anonymous: group.anonymous, cases: members.length },
    topic: topic === undefined ? null : { id: topic.id, label: topic.label },
    places: [...places]
      .map(([place, some]) => ({ place, cases: some.length }))
      .sort((a, b) => b.cases - a.cases || (a.place < b.place ? -1 : 1)),
    firstAt: (members.at(-1)?.receivedAt ?? words.now).toISOString(),
    lastAt: (members[0]?.receivedAt ?? words.now).toISOString(),
    numbers: members.slice(0, NUMBERS_SHOWN).map(({ number }) => number),
    ids: members.map(({ id }) => id),
    tags: suggestedTags(members, words),
    problem: words.problems.get(mainProblem(members) ?? ('' as CaseId)) ?? null,
  }
}

/** Enough people make it 热点, what came back 难点, what is overdue 堵点, what is urgent 急; a person decides. */
function suggestedTags(members: readonly Voice[], { tags, now }: Words): string[] {
  const many = (fits: (voice: Voice) => boolean) => members.filter(fits).length / members.length >= MANY
  const isOverdue = ({ dueAt, closedAt }: Voice) => closedAt === null && dueAt !== null && dueAt < now
  const wanted = [
    'hotspot',
    ...(many(({ round }) => round > 1) ? ['difficulty'] : []),
    ...(many(isOverdue) ? ['blockage'] : []),
    ...(many(({ urgency }) => urgency !== 'normal') ? ['pressing'] : []),
  ]
  return wanted.filter((tag) => tags.has(tag))
}
const MANY = 0.2

/** The problem that at least half of them are merged into, where there is one. */
function mainProblem(members: readonly Voice[]): CaseId | undefined {
  const merged = Map.groupBy(
    members.flatMap(({ problemId }) => problemId ?? []),
    (id) => id,
  )
  const [top] = [...merged].sort(([, a], [, b]) => b.length - a.length)
  return top !== undefined && top[1].length * 2 >= members.length ? top[0] : undefined
}
