import type pg from 'pg'
import type { TenantId } from '../contract/src/index.ts'
import { type App, createApp } from '../server/src/app.ts'
import { type Clock, manualClock } from '../server/src/kernel/clock.ts'
import { createLog } from '../server/src/kernel/log.ts'
import { ensureAdmin, ensureTenant } from '../server/src/org/index.ts'

/** An app on an empty, migrated database, with a clock that stands still until it is set. */
export interface House {
  readonly app: App
  readonly clock: Clock
}

/** Opens a house (装好一个空区) as of a moment. @param connection of a migrated database */
export async function openHouse(options: {
  readonly connection: pg.ClientConfig
  readonly dataDir: string
  readonly start: Date
  readonly password: string
  readonly deskDir?: string | undefined
}): Promise<House> {
  const { connection, dataDir, start, password, deskDir } = options
  const clock = manualClock(start)
  const app = await createApp({
    ...{ connection, dataDir, clock, log: createLog('silent'), poolSize: 6, testClock: true },
    ...{ initialPassword: password, secureCookies: false, trustProxy: false, deskDir },
  })
  await ensureTenant(app.store, clock, { name: '本区', demo: true })
  app.directory.forget()
  await app.store.tx(1 as TenantId, (tx) => ensureAdmin(tx, password, '2007-01-01', false))
  return { app, clock }
}
