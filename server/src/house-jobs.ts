import type { TenantId } from '@banjie/contract'
import type { CalendarBook } from '#calendar'
import { clusterWatch, type Engine, sweep } from '#case'
import { channelWatch } from '#channel'
import { dropLooseBlobs, type folderBlobs } from '#kernel/blob'
import type { Clock } from '#kernel/clock'
import { forgetOldKeys } from '#kernel/idempotency'
import { deliverOutbox, forgetDelivered, type Senders } from '#kernel/outbox'
import type { Store } from '#kernel/store'
import { reviewWatch } from '#knowledge'
import type { Importer } from '#ledger'
import { dutyWatch } from '#liaison'
import { failInterruptedSteps, type Grouper, type StepRunner } from '#merging'
import { forgetGoneFollowers } from '#notice'
import { obligationAlarm } from '#obligation'
import { deleteExpiredSessions, type TenantDirectory } from '#org'
import { planWatch } from '#plan'
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
  return [
    { name: 'sweep', everySeconds: 2, run: everywhere((tenant, now) => sweep(engine, store, tenant, now)) },
    { name: 'duties', everySeconds: 30, run: everywhere(dutyWatch(calendars, store)) },
    { name: 'plans', everySeconds: 30, run: everywhere(planWatch(calendars, store)) },
    { name: 'channelTests', everySeconds: 60, run: everywhere(channelWatch(store)) },
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
