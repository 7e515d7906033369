import type { LiaisonTargetId } from '@banjie/contract'
import { endRule, listRules } from '#cadence'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { settleDuties } from './settle.ts'
import { closeTargetOn, lockTarget } from './target.sql.ts'

/**
 * Ends a target's liaison as a whole with a day (结束包保): whoever is bound to it is released, and the rules made for it alone stop.
 * @throws Fault 'liaison.target_not_found' | 'liaison.target_closed'
 */
export async function endTarget(
  tx: Tx,
  id: LiaisonTargetId,
  { on, reason }: { readonly on: string; readonly reason: string },
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  const target = await lockTarget(tx, id)
  if (target === undefined) throw new Fault('liaison.target_not_found')
  if (target.closedOn !== null) throw new Fault('liaison.target_closed', { name: target.name, day: target.closedOn })
  await closeTargetOn(tx, id, on, reason)
  const own = (await listRules(tx, [id])).filter(({ targetId, validTo }) => targetId === id && validTo === null)
  for (const { id: rule, validFrom } of own)
    await endRule(tx, rule, { on: on < validFrom ? validFrom : on, reason }, by)
  await settleDuties(tx, calendar, { from: on, target: id }, by.at)
  const note = `${target.name} 至${on}：${reason}`
  await audit(tx, by, { action: 'closeLiaisonTarget', objectKind: 'liaisonTarget', objectId: id, note })
}
