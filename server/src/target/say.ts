import type { Role, UnitId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { hasRole } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { unitsAsNow } from '#org'
import type { TargetFacts } from './target.sql.ts'

const KEEPERS: readonly Role[] = ['supervisor', 'admin']
const APPROVERS: readonly Role[] = ['leader', ...KEEPERS]

/** Whoever keeps plans and targets (编制): the supervision office. */
export const mayKeep = (by: Actor) => hasRole(by, KEEPERS)
/** Whoever publishes plans and approves changes of targets: district leaders and the supervision office. */
export const mayApprove = (by: Actor) => hasRole(by, APPROVERS)

/** Whether somebody acts for any of the units, or for what became of them. */
export async function actsFor(tx: Tx, by: Actor, units: readonly (UnitId | null | undefined)[]): Promise<boolean> {
  const asked = units.filter((unit) => unit != null)
  const now = await unitsAsNow(tx, asked)
  return asked.some((unit) => (now.get(unit) ?? [{ id: unit }]).some(({ id }) => by.ownUnits.includes(id)))
}

/** What a person may do with a target. */
export async function sayOf(tx: Tx, { unit, checkUnit, fixedAt }: TargetFacts, by: Actor) {
  const owns = await actsFor(tx, by, [unit?.id])
  return {
    edit: mayKeep(by) && fixedAt === null,
    addObjects: mayKeep(by),
    checkIn: fixedAt !== null && (owns || by.roles.has('admin')),
    propose: fixedAt !== null && (mayKeep(by) || (owns && by.roles.has('head'))),
    /** Whoever checks, beside the one who reported. */
    voids: mayKeep(by) || (await actsFor(tx, by, [checkUnit?.id])),
  }
}
