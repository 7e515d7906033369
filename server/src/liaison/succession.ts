import type { HandoverSheet, PersonId } from '@banjie/contract'
import type { z } from 'zod'
import type { CalendarBook } from '#calendar'
import { type Actor, onBehalf } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { type BondRow, listBonds } from './bond.sql.ts'
import { refuseUnfitHeir, succeed } from './bond.ts'
import { dutiesOf } from './duty.ts'
import { listOpenAt } from './target.sql.ts'

type Line = z.input<typeof HandoverSheet>['liaisons'][number]
interface Succession {
  readonly fromPersonId: PersonId
  readonly toPersonId: PersonId
  readonly on: string
  readonly reason: string
  readonly dryRun: boolean
}

/**
 * Hands a person's liaisons to the successor from a day on (交接包保), as far as the successor can stand there, and says of each what is open,
 * promised and owed. Whoever calls has found that the caller may hand over for the person.
 */
export async function succeedIn(tx: Tx, book: CalendarBook, input: Succession, by: Actor): Promise<Line[]> {
  const { fromPersonId, toPersonId, on, reason, dryRun } = input
  const bonds = (await listBonds(tx, { person: fromPersonId })).filter(({ to }) => to === null || to >= on)
  if (bonds.length === 0) return []
  // The sheet is of the person, whoever prints it: it shows their duties in full.
  const reader: Actor = { ...onBehalf(by), roles: new Set(['auditor']) }
  const { items: duties } = await dutiesOf(tx, book, { person: fromPersonId, state: 'running' }, reader)
  const open = await listOpenAt(
    tx,
    bonds.map(({ target }) => target.id),
  )
  const calendar = await book.of(tx.tenant, null)
  const lines: Line[] = []
  for (const bond of bonds) {
    const gap = await whyNot(tx, bond, { personId: toPersonId, from: on })
    if (gap === null && !dryRun) await succeed(tx, bond, { personId: toPersonId, from: on, reason }, calendar, by)
    lines.push({
      ...{ target: { id: bond.target.id, name: bond.target.name }, role: bond.role, since: bond.from },
      ...{ goesOver: gap === null, gap },
      problems: open.filter(({ targetId }) => targetId === bond.target.id).map(({ targetId: _, ...kase }) => kase),
      visitsDue: duties
        .filter(({ target }) => target?.id === bond.target.id)
        .map(({ rule, done, to }) => ({ rule: rule.title, short: rule.min - done, until: to })),
    })
  }
  return lines
}

/** Why the successor cannot stand in the line; null where they can. */
async function whyNot(tx: Tx, bond: BondRow, heir: { readonly personId: PersonId; readonly from: string }) {
  try {
    await refuseUnfitHeir(tx, bond, heir)
    return null
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
}
