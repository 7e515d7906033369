import type { Recurrence } from '@banjie/contract'
import type { z } from 'zod'
import { type CaseState, type Engine, type Happening, type Listener, sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'
import { type Place, placeIn } from './place.ts'
import { type EarlierRow, insertPlaces, listEarlier, listWouldRepeat, relinkRecurrences } from './recurrence.sql.ts'

/** Kinds of cases that people report; what is opened for them says nothing of its own. */
export const isReported = ({ type }: Pick<CaseState, 'type'>) => type === 'appeal' || type === 'problem'
const DAY_MS = 86_400_000
type View = z.input<typeof Recurrence>

/**
 * Watches for what comes back (复发): once the matter of a report is known or corrected, notes where it is and which closed cases it repeats. In
 * the same transaction, so that the count of the unit that closed them is never behind. Whoever only reports does not wait for it: what has no
 * matter yet repeats nothing and is repeated by nothing.
 */
export function recurrenceWatch(engine: () => Engine): Listener {
  return async (tx, happenings) => {
    const places = happenings.flatMap(({ before, kase }) => {
      if (!isReported(kase) || kase.category === null || (before?.category ?? null) !== null) return []
      const place = placeIn(kase)
      return place.place === null && place.lat === null ? [] : [{ caseId: kase.id, ...place }]
    })
    if (places.length > 0) await insertPlaces(tx, places)
    const later = happenings.flatMap(newlyKnown)
    const at = happenings[0]?.event.at
    if (later.length === 0 || at === undefined) return
    const { months } = (await engine().rules.inForce(tx, dayOf(at))).recurrence
    await relinkRecurrences(tx, later, { months, at })
  }
}

/** A problem gathers what was said before; only a new report says it again. */
const newlyKnown = ({ before, kase }: Happening) =>
  kase.type === 'appeal' && kase.category !== null && kase.category !== (before?.category ?? null)
    ? [{ caseId: kase.id, category: kase.category, receivedAt: kase.receivedAt }]
    : []

/** What a case repeats; undefined for something new. */
export async function recurrenceOf(tx: Tx, kase: CaseState, by: Actor): Promise<View | undefined> {
  const rows = await listEarlier(tx, kase.id, sightOf(by))
  return viewOf(rows, rows[0]?.months ?? 0, kase.receivedAt)
}

/** What a text that is being typed would repeat. */
export async function wouldRepeat(
  tx: Tx,
  engine: Engine,
  asked: { readonly place: Place; readonly category: string },
  by: Actor,
): Promise<View | undefined> {
  const { months } = (await engine.rules.inForce(tx, dayOf(by.at))).recurrence
  const { place, category } = asked
  if (place.place === null && place.lat === null) return undefined
  const rows = await listWouldRepeat(tx, { ...place, category, at: by.at, months }, sightOf(by))
  return viewOf(rows, months, by.at)
}

function viewOf(rows: readonly EarlierRow[], months: number, at: Date): View | undefined {
  if (rows.length === 0) return undefined
  const earlier = rows.map(({ closedAt, ...row }) => ({
    ...row,
    daysSinceClosed: Math.max(0, Math.floor((at.getTime() - closedAt.getTime()) / DAY_MS)),
  }))
  return { months, times: rows.length, earlier }
}
