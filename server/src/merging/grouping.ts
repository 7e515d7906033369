import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { CaseId, Grouping, GroupingId, OpinionFilter, PartyId, TenantId } from '@banjie/contract'
import type { z } from 'zod'
import { type Sight, sightOf, streetOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Log } from '#kernel/log'
import type { Store, Tx } from '#kernel/store'
import { listDivisions } from '#org'
import { findGrouping, finishGrouping, type GroupingRow, insertGrouping, tidyGroupings } from './grouping.sql.ts'
import { listLinksAmong } from './link.sql.ts'
import { refuseUnlessMerger } from './link.ts'
import { listOpenProblems, listSamePeople, listVoices, type Scope, type Voice } from './opinion.sql.ts'
import type { GroupingTask, Spoken, Suggestions } from './suggest.ts'

/** A run takes so many opinions, the newest; and looks at so many problems they could belong to. */
const MOST_OPINIONS = 5000
const MOST_PROBLEMS = 300

/** Runs of grouping: begun by a request, carried out in a thread of their own, kept as rows. */
export interface Grouper {
  begin(tx: Tx, filter: OpinionFilter, by: Actor): Promise<z.input<typeof Grouping>>
  /** @throws Fault 'grouping.not_found' */
  get(tx: Tx, id: GroupingId, by: Actor): Promise<GroupingRow>
  tidy(tenant: TenantId, now: Date): Promise<number>
  /** Resolves when no run is under way. */
  settled(): Promise<unknown>
}

export function createGrouper(store: Store, log: Log): Grouper {
  const underWay = new Map<GroupingId, Promise<void>>()

  async function carryOut(tenant: TenantId, id: GroupingId, task: GroupingTask, at: Date): Promise<void> {
    try {
      const groups = await inWorker(task)
      await store.tx(tenant, (tx) => finishGrouping(tx, id, { state: 'done', groups, at }))
    } catch (error) {
      log.error({ err: error, grouping: id }, 'grouping broke off')
      await store.tx(tenant, (tx) => finishGrouping(tx, id, { state: 'failed', groups: NO_GROUPS, at }))
    }
  }

  /** Nobody waits for it; where even telling the failure fails, the job tells it later. */
  function start(tenant: TenantId, id: GroupingId, task: GroupingTask, at: Date): void {
    const running = carryOut(tenant, id, task, at)
      .catch((error: unknown) => log.error({ err: error, grouping: id }, 'grouping was lost'))
      .finally(() => underWay.delete(id))
    underWay.set(id, running)
  }

  return {
    async begin(tx, filter, by) {
      refuseUnlessMerger(by)
      if (by.personId === null) throw new Fault('forbidden')
      const scope: Scope = { filter: { ...filter, merged: 'open' }, sight: sightOf(by), now: by.at }
      const voices = await listVoices(tx, scope, MOST_OPINIONS + 1)
      if (voices.length === 0) throw new Fault('grouping.empty')
      const run: GroupingRow = {
        ...{ id: newId<GroupingId>(), state: 'running', filter, opinions: Math.min(voices.length, MOST_OPINIONS) },
        ...{ truncated: voices.length > MOST_OPINIONS, groups: NO_GROUPS, byPerson: by.personId },
        ...{ startedAt: by.at, finishedAt: null },
      }
      const problems = await listOpenProblems(tx, scope.sight, MOST_PROBLEMS)
      const task = await taskOf(tx, voices.slice(0, MOST_OPINIONS), problems)
      await insertGrouping(tx, run)
      tx.afterCommit(() => start(tx.tenant, run.id, task, by.at))
      return groupingView(run)
    },
    async get(tx, id, by) {
      const run = await findGrouping(tx, id, by.personId)
      if (run === undefined) throw new Fault('grouping.not_found')
      return run
    },
    tidy: (tenant, now) => store.tx(tenant, async (tx) => (await tidyGroupings(tx, now, [...underWay.keys()])).length),
    settled: () => Promise.all(underWay.values()),
  }
}

const NO_GROUPS = { groups: [], single: 0 }

export const groupingView = ({ groups, ...run }: GroupingRow): z.input<typeof Grouping> => ({
  ...{ id: run.id, state: run.state, opinions: run.opinions, truncated: run.truncated, filter: { ...run.filter } },
  startedAt: run.startedAt.toISOString(),
  finishedAt: run.finishedAt?.toISOString() ?? null,
  groups: [...groups.groups],
  single: groups.single,
})

/** The members of a suggested group. @throws Fault 'grouping.not_found' */
export function membersOf({ groups }: GroupingRow, key: string): readonly CaseId[] {
  const group = groups.groups.find((one) => one.key === key)
  if (group === undefined) throw new Fault('grouping.not_found')
  return group.matters.flatMap(({ ids }) => ids)
}

/** What the thread needs to know: texts, who said them, what people have decided. */
export async function taskOf(tx: Tx, voices: readonly Voice[], problems: readonly Voice[]): Promise<GroupingTask> {
  const divisions = await listDivisions(tx)
  const links = await listLinksAmong(
    tx,
    [...voices, ...problems].map(({ id }) => id),
  )
  const pairs = (kind: 'must' | 'cannot') =>
    links.filter((link) => link.kind === kind).map(({ caseId, otherId }) => [caseId, otherId] as const)
  const parties = voices.flatMap(({ partyId }): PartyId[] => (partyId === null ? [] : [partyId]))
  const spoken = (voice: Voice): Spoken => ({
    ...{ id: voice.id, number: voice.number, title: voice.title, content: voice.content },
    ...{ category: voice.category, confidential: voice.confidential, party: voice.partyId, reporter: voice.reporter },
    place: placeWord(voice, divisions),
  })
  return {
    voices: voices.map(spoken),
    problems: problems.map(spoken),
    links: { must: pairs('must'), cannot: pairs('cannot') },
    samePeople: (await listSamePeople(tx, parties)).map(({ partyId, otherId }) => [partyId, otherId]),
  }
}

/** Where a voice is from, as people say it: street or estate, else the division's name. */
export const placeWord = (
  { address, title, content, divisionCode }: Pick<Voice, 'address' | 'title' | 'content' | 'divisionCode'>,
  divisions: ReadonlyMap<string, string>,
): string | null =>
  streetOf(address) ??
  streetOf(title) ??
  streetOf(content) ??
  (divisionCode === null ? null : (divisions.get(divisionCode) ?? null))

/** Runs the comparison in a thread of its own. */
export const inWorker = (task: GroupingTask): Promise<Suggestions> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'grouping.worker.ts'), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: 1024 },
    })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`grouping stopped with ${code}`)))
  })

/** The sight as a key: two people who see the same share what was computed. */
export const sightKey = (sight: Sight): string => JSON.stringify(sight)
