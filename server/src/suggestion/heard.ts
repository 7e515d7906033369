import { type Cursor, FIRST_ID } from './suggestion.sql.ts'

/** A transaction that began earlier may commit later. */
const OVERLAP_MS = 120_000

/** The events that were taken in lately (已处理事件), so that none counts twice. */
export interface Heard {
  has(id: string): boolean
  note(event: Cursor): void
  /** Where to read on: so far before the newest that whoever committed late is found. */
  from(): Cursor
  /** Those too old to be read again need not be known. */
  forget(): void
}

export function createHeard(now: Date): Heard {
  const heard = new Map<string, number>()
  let newest = now.getTime()
  return {
    has: (id) => heard.has(id),
    note({ id, at }) {
      heard.set(id, at.getTime())
      newest = Math.max(newest, at.getTime())
    },
    from: () => ({ at: new Date(newest - OVERLAP_MS), id: FIRST_ID }),
    forget() {
      for (const [id, at] of heard) if (at < newest - 2 * OVERLAP_MS) heard.delete(id)
    },
  }
}
