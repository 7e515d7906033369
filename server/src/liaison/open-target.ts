import type { LiaisonTargetId } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { listTargetNames, lockTarget, type TargetRow } from './target.sql.ts'

export type NamedTarget = Pick<TargetRow, 'id' | 'name' | 'kind' | 'closedOn'>
/** @throws Fault 'liaison.target_not_found' */
export async function getTarget(tx: Tx, id: LiaisonTargetId): Promise<NamedTarget> {
  const [target] = await listTargetNames(tx, [id])
  if (target === undefined) throw new Fault('liaison.target_not_found')
  return target
}

/**
 * A target that is still bound on a day, under its lock: whoever wants it too waits.
 * @throws Fault 'liaison.target_not_found' | 'liaison.target_closed'
 */
export async function getOpenTarget(tx: Tx, id: LiaisonTargetId, on: string): Promise<LockedTarget> {
  const target = await lockTarget(tx, id)
  if (target === undefined) throw new Fault('liaison.target_not_found')
  if (target.closedOn !== null && on > target.closedOn)
    throw new Fault('liaison.target_closed', { name: target.name, day: target.closedOn })
  return target
}
type LockedTarget = NonNullable<Awaited<ReturnType<typeof lockTarget>>>
