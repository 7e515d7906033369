import type { DoNotDisturb, DoNotDisturbId, NewDoNotDisturb } from '@banjie/contract'
import { dayAfter } from '#cadence'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { getOpenTarget, lockTarget } from '#liaison'
import { dayOf } from '#org'
import { refuseUnlessPlanner } from './planner.ts'
import { endQuietOn, findQuiet, insertQuiet, listQuiets, type QuietRow } from './quiet.sql.ts'

export const quietView = ({ targetId: _, ...row }: QuietRow): DoNotDisturb => row

/** Whether a day lies in one of the do-not-disturbs. */
export const quietOn = (quiets: readonly QuietRow[], day: string): QuietRow | undefined =>
  quiets.find(({ from, to }) => from <= day && day <= to)

/**
 * Takes down "do not disturb, I will call" (免打扰) at the target's own word.
 * @throws Fault 'forbidden' | 'contact.quiet_reversed' | 'contact.quiet_past' | 'contact.quiet_overlaps' | 'liaison.target_not_found' |
 *   'liaison.target_closed'
 */
export async function putQuiet(tx: Tx, input: NewDoNotDisturb, by: Actor): Promise<DoNotDisturb> {
  refuseUnlessPlanner(by)
  return takeQuiet(tx, input, by)
}

/**
 * The same when the target says so itself (企业自行设置).
 * @throws Fault 'contact.quiet_reversed' | 'contact.quiet_past' | 'contact.quiet_overlaps' | 'liaison.target_not_found' | 'liaison.target_closed'
 */
export async function takeQuiet(tx: Tx, input: NewDoNotDisturb, by: Actor): Promise<DoNotDisturb> {
  const { from, to } = input
  if (to < from) throw new Fault('contact.quiet_reversed', { from, to })
  if (to < dayOf(by.at)) throw new Fault('contact.quiet_past', { to })
  const target = await getOpenTarget(tx, input.targetId, from)
  const [twin] = await listQuiets(tx, [input.targetId], { from, to })
  if (twin !== undefined) throw new Fault('contact.quiet_overlaps', { from: twin.from, to: twin.to })
  const id = newId<DoNotDisturbId>()
  const words = maskPersonal(input.words)
  await insertQuiet(tx, id, { ...input, words }, by)
  const note = `${target.name} ${from} 至 ${to}：${words}`
  await audit(tx, by, { action: 'newDoNotDisturb', objectKind: 'liaisonTarget', objectId: input.targetId, note })
  return { id, from, to, words, by: by.name, ended: null }
}

/** Ends it before its time (解除免打扰): from today on the target may be contacted. @throws Fault 'forbidden' | 'contact.quiet_not_found' | 'contact.quiet_ended' */
export async function endQuiet(tx: Tx, id: DoNotDisturbId, reason: string, by: Actor): Promise<DoNotDisturb> {
  refuseUnlessPlanner(by)
  const known = await findQuiet(tx, id)
  if (known === undefined) throw new Fault('contact.quiet_not_found')
  await lockTarget(tx, known.targetId)
  const quiet = (await findQuiet(tx, id)) ?? known
  const today = dayOf(by.at)
  if (quiet.ended !== null || quiet.to < today) throw new Fault('contact.quiet_ended')
  const ended = maskPersonal(reason)
  const to = dayAfter(today, -1)
  await endQuietOn(tx, id, to, ended)
  await audit(tx, by, { action: 'endDoNotDisturb', objectKind: 'liaisonTarget', objectId: quiet.targetId, note: ended })
  return quietView({ ...quiet, to, ended })
}
