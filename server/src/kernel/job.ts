import type { Clock } from './clock.ts'
import { stopwatch } from './clock.ts'
import type { Log } from './log.ts'

/** A job (定时任务): runs every so often, in every process; claims what it works on. @returns how much it did */
export interface Job {
  readonly name: string
  readonly everySeconds: number
  readonly run: (now: Date) => Promise<number>
}

export interface Jobs {
  /** Runs every job once, now. @returns how much they did */
  runAll(): Promise<number>
  start(): void
  /** Lets a running job finish. */
  stop(): Promise<void>
}

export function createJobs(jobs: readonly Job[], clock: Clock, log: Log): Jobs {
  let timers: NodeJS.Timeout[] = []
  const running = new Set<Promise<unknown>>()
  const busy = new Set<string>()

  async function once(job: Job): Promise<number> {
    if (busy.has(job.name)) return 0
    busy.add(job.name)
    const elapsed = stopwatch()
    try {
      const done = await job.run(clock.now())
      if (done > 0) log.info({ job: job.name, done, ms: Math.round(elapsed()) }, 'job done')
      return done
    } finally {
      busy.delete(job.name)
    }
  }
  const tick = (job: Job) => {
    const run = once(job).catch((error: unknown) =>
      log.error({ err: error, job: job.name }, 'job failed, will run again'),
    )
    running.add(run)
    void run.finally(() => running.delete(run))
  }
  return {
    async runAll() {
      let done = 0
      for (const job of jobs) done += await once(job)
      return done
    },
    start() {
      timers = jobs.map((job) => setInterval(tick, job.everySeconds * 1000, job))
    },
    async stop() {
      for (const timer of timers) clearInterval(timer)
      await Promise.all(running)
    },
  }
}
