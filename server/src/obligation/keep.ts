import type { Tx } from '#kernel/store'
import { dropOthers, type Owed, type Reach, upsertObligations } from './obligation.sql.ts'

/** A term of whole local days (起止): from the first instant of its first day to the last second of its last. */
export const termOf = (fromDay: string, dueDay: string) => ({
  ...{ fromDay, dueDay },
  beginsAt: new Date(`${fromDay}T00:00:00+08:00`),
  dueAt: new Date(`${dueDay}T23:59:59+08:00`),
})

/** Rows of one statement: the text that carries them stays below what a connection takes at ease. */
const BATCH = 2000

/**
 * Keeps the ledger's rows of what is owed (记入台账), in the transaction of what changed it.
 * @param owed everything that lies in `reach`, as it now is
 */
export async function keepObligations(tx: Tx, owed: readonly Owed[], reach: Reach, now: Date): Promise<void> {
  for (let i = 0; i < owed.length; i += BATCH) await upsertObligations(tx, owed.slice(i, i + BATCH), now)
  await dropOthers(
    tx,
    reach,
    owed.map(({ key }) => key),
  )
}
