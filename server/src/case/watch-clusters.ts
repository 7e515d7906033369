import type { TenantId } from '@banjie/contract'
import { system } from '#kernel/actor'
import type { Store, Tx } from '#kernel/store'
import { listDivisions } from '#org'
import { type Cluster, findCluster, hasOpenAlarm, listNewest, placeOf } from './cluster.sql.ts'
import { listTopics, type Topic } from './dictionary.sql.ts'
import type { Engine } from './engine/engine.ts'
import type { CaseState } from './engine/state.ts'
import { clusterRuleOf } from './rules.ts'
import { issueNotice } from './step/issue-notice.ts'

/** A process that has just started looks back so far. */
const FIRST_MS = 600_000
/** A case may be committed a little after it was received. */
const OVERLAP_MS = 60_000
const MOST = 500

/**
 * Watches for clusters (聚集预警): looks at what was received since the last time, once for each matter and place, and issues one notice to the
 * leader for each cluster, no second one while the first waits for its reply. It runs beside the intake, not in it: a look reads up to two
 * thousand texts, about 10 ms, and a mass event is the moment when the intake must not be slower.
 * @returns how many alarms were raised
 */
export function clusterWatch(engine: Engine, store: Store): (tenant: TenantId, now: Date) => Promise<number> {
  const looked = new Map<TenantId, Date>()
  return async (tenant, now) => {
    const since = new Date((looked.get(tenant)?.getTime() ?? now.getTime() - FIRST_MS) - OVERLAP_MS)
    const newest = await store.tx(
      tenant,
      async (tx) => oneOfEach(await listNewest(tx, 'appeal', since, MOST), await listTopics(tx)),
      { readOnly: true },
    )
    let raised = 0
    for (const kase of newest) raised += (await store.tx(tenant, (tx) => alarm(engine, tx, kase, now))) ? 1 : 0
    looked.set(tenant, now)
    return raised
  }
}

/** The newest case for each matter and place; those of no known matter are left out. */
function oneOfEach(cases: readonly CaseState[], topics: readonly Topic[]): CaseState[] {
  const first = new Map<string, CaseState>()
  for (const kase of cases) {
    const about =
      kase.category ??
      topics.flatMap(({ id, words }) => (words.some((word) => kase.content.includes(word)) ? [id] : []))
    if (about.length === 0) continue
    const key = `${about} ${placeOf(kase) ?? `${kase.lng} ${kase.lat}`}`
    if (!first.has(key)) first.set(key, kase)
  }
  return [...first.values()]
}

async function alarm(engine: Engine, tx: Tx, kase: CaseState, now: Date): Promise<boolean> {
  const rule = clusterRuleOf(await engine.rules.of(tx, kase.ruleSet))
  const cluster = await findCluster(tx, kase, rule)
  if (cluster === undefined || (await hasOpenAlarm(tx, cluster))) return false
  const { topic, place, reporters } = cluster
  await issueNotice(
    { tx, kase, engine, by: system(now) },
    {
      ...{ kind: 'cluster', to: 'leader', text: await wordsOf(tx, kase, cluster, rule.hours) },
      facts: { cluster: { topic: topic.id, place, reporters } },
    },
  )
  return true
}

const SHOWN = 10

async function wordsOf(
  tx: Tx,
  kase: CaseState,
  { topic, division, place, reporters, cases }: Cluster,
  hours: number,
): Promise<string> {
  const named = division === null ? undefined : (await listDivisions(tx)).get(division)
  const where = named ?? kase.address ?? place ?? '同一地点'
  const numbers = cases.slice(0, SHOWN).map(({ number }) => number)
  const more = cases.length > SHOWN ? '等' : ''
  return `${hours} 小时内有 ${reporters} 人反映${where}一带的“${topic.label}”，共 ${cases.length} 件：${numbers.join('、')}${more}。请指定专人接谈代表并做记录，每件都要答复本人。`
}
