import type { EnterpriseFigures, EnterpriseId, FiguresClass, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { isBoundTo, overseesTargets } from '#liaison'
import { dayOf } from '#org'
import { findSheet } from './enterprise.sql.ts'
import { listFigures } from './figure.sql.ts'

/**
 * Whether a caller may read the figures of an enterprise (指标密级): the units they came from and supervision always, whoever is bound to it and
 * leaders where the class is `bound`, everybody where it is `open`.
 */
export function mayRead(
  { figuresClass, units, bound }: { figuresClass: FiguresClass; units: readonly UnitId[]; bound: boolean },
  by: Actor,
): boolean {
  if (figuresClass === 'open' || by.roles.has('supervisor')) return true
  if (units.some((unit) => by.ownUnits.includes(unit))) return true
  return figuresClass === 'bound' && (bound || overseesTargets(by))
}

/** The months of an enterprise (企业指标), as far as their class lets the caller read them. @throws Fault 'enterprise.not_found' */
export async function figuresOf(tx: Tx, id: EnterpriseId, by: Actor): Promise<EnterpriseFigures> {
  const sheet = await findSheet(tx, id, dayOf(by.at))
  if (sheet === undefined) throw new Fault('enterprise.not_found')
  const { figuresClass } = sheet
  const rows = await listFigures(tx, id)
  const units = [...new Set(rows.map(({ unit }) => unit.id))]
  const readable = mayRead({ figuresClass, units, bound: await isBoundTo(tx, id, by) }, by)
  return {
    ...{ figuresClass, readable },
    items: readable ? rows.map((row) => ({ ...row, at: row.at.toISOString() })) : [],
  }
}
