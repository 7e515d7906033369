import type { TenantId } from '@banjie/contract'
import type { Calendar, CalendarBook } from '#calendar'
import { clusterWatch, type Engine, sweep } from '#case'
import { settleChannels } from '#channel'
import { dropLooseBlobs, type folderBlobs } from '#kernel/blob'
import type { Clock } from '#kernel/clock'
import { forgetOldKeys } from '#kernel/idempotency'
import { deliverOutbox, forgetDelivered, type Senders } from '#kernel/outbox'
import type { Store, Tx } from '#kernel/store'
import { reviewWatch } from '#knowledge'
import type { Importer } from '#ledger'
import { settleMorning } from '#liaison'
import { failInterruptedSteps, type Grouper, type StepRunner } from '#merging'
import { forgetGoneFollowers } from '#notice'
import { obligationAlarm } from '#obligation'
import { dayOf, deleteExpiredSessions, type TenantDirectory } from '#org'
import { settlePlans } from '#plan'
import { settlePolicies } from '#policy'
import { settleProjects } from '#project'
import { settlePromises } from '#promise'
import type { Memories } from '#suggestion'

interface JobParts {
  readonly store: Store
  readonly directory: TenantDirectory
  readonly engine: Engine
  readonly calendars: CalendarBook
  readonly blobs: ReturnType<typeof folderBlobs>
  readonly clock: Clock
  readonly importer: Importer
  readonly memories: Memories
  readonly senders: Senders
  readonly grouper: Grouper
  readonly runner: StepRunner
}
/** Everything the house does by itself (定时任务), district by district. */
export function houseJobs({
  store,
  directory,
  engine,
  calendars,
  blobs,
  clock,
  importer,
  senders,
  grouper,
  runner,
  memories,
}: JobParts) {
  const everywhere = (work: (tenant: TenantId, now: Date) => Promise<number>) => async (now: Date) => {
    let done = 0
    for (const { id } of await directory.all()) done += await work(id, now)
    return done
  }
  /** Once a day and district, in the first minute that the house is awake (每日一次). */
  const everyMorning = (work: (tx: Tx, calendar: Calendar, now: Date) => Promise<void>) => {
    const done = new Map<TenantId, string>()
    return everywhere(async (tenant, now) => {
      if (done.get(tenant) === dayOf(now)) return 0
      await store.tx(tenant, async (tx) => work(tx, await calendars.of(tenant, null), now))
      done.set(tenant, dayOf(now))
      return 1
    })
  }
  return [
    { name: 'sweep', everySeconds: 2, run: everywhere((tenant, now) => sweep(engine, store, tenant, now)) },
    { name: 'duties', everySeconds: 30, run: everyMorning(settleMorning) },
    { name: 'plans', everySeconds: 30, run: everyMorning(settlePlans) },
    { name: 'policies', everySeconds: 30, run: everyMorning(settlePolicies) },
    { name: 'projects', everySeconds: 30, run: everyMorning(settleProjects) },
    { name: 'promises', everySeconds: 30, run: everyMorning((tx, _, now) => settlePromises(tx, now)) },
    { name: 'channelTests', everySeconds: 30, run: everyMorning((tx, _, now) => settleChannels(tx, now)) },
    { name: 'alarms', everySeconds: 10, run: everywhere(obligationAlarm(engine, store)) },
    { name: 'knowledge', everySeconds: 60, run: everywhere(reviewWatch(engine, store)) },
    { name: 'suggestions', everySeconds: 10, run: everywhere((tenant, now) => memories.catchUp(tenant, now)) },
    { name: 'clusters', everySeconds: 5, run: everywhere(clusterWatch(engine, store)) },
    {
      name: 'outbox',
      everySeconds: 2,
      run: everywhere((tenant, now) => deliverOutbox(store, senders, tenant, now)),
    },
    {
      name: 'oldNotices',
      everySeconds: 3600,
      run: everywhere(
        async (tenant, now) =>
          (await forgetDelivered(store, tenant, now)) + (await forgetGoneFollowers(store, tenant, now)),
      ),
    },
    {
      name: 'looseFiles',
      everySeconds: 3600,
      run: everywhere((tenant, now) => dropLooseBlobs(store, tenant, blobs, now)),
    },
    {
      name: 'brokenImports',
      everySeconds: 300,
      run: everywhere((tenant, now) => importer.failInterrupted(tenant, now)),
    },
    { name: 'groupings', everySeconds: 300, run: everywhere((tenant, now) => grouper.tidy(tenant, now)) },
    {
      name: 'brokenMergeSteps',
      everySeconds: 60,
      run: everywhere((tenant, now) => failInterruptedSteps(store, tenant, now, runner.underWay())),
    },
    {
      name: 'oldKeys',
      everySeconds: 3600,
      run: everywhere(async (tenant, now) => (await store.tx(tenant, (tx) => forgetOldKeys(tx, now))).length),
    },
    {
      name: 'oldSessions',
      everySeconds: 3600,
      run: async () => (await deleteExpiredSessions(store, clock.real())).length,
    },
  ]
}
