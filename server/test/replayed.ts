import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after } from 'node:test'
import { type House, openHouse } from '../../demo/house.ts'
import { freshDatabase } from './database.ts'

export const PASSWORD = 'small-replay'
/** What a replay is given where nobody watches it. */
export const QUIETLY = { password: PASSWORD, progress: () => undefined }

const opened: (() => Promise<void>)[] = []
after(async () => {
  for (const close of opened) await close()
})

/** An empty house on a database of its own, as of the morning of a day, for a story to be replayed in; it closes when the tests are over. */
export async function houseOn(day: string): Promise<House> {
  const { connection } = await freshDatabase()
  const dataDir = mkdtempSync('/tmp/banjie-replay-')
  const house = await openHouse({
    ...{ connection, dataDir, password: PASSWORD, start: new Date(`${day}T07:00:00+08:00`) },
    deskDir: join(import.meta.dirname, '../../web/dist'),
  })
  opened.push(async () => {
    await house.app.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  return house
}
