import { type EnterpriseId, NEED_STATE, type NeedId, type NeedState, type NewNeed } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { getTarget } from '#liaison'
import { dayOf } from '#org'
import { closeNeed, findNeed, insertNeed } from './need.sql.ts'

/** Whoever serves enterprises notes what they need: not citizens, not machines without a person. */
export const mayNote = (by: Actor) => by.personId !== null && [...by.roles].some((role) => role !== 'evaluator')

/** Notes what an enterprise needs (记下需求), so that nobody asks again. @throws Fault 'forbidden' | 'liaison.target_not_found' | 'policy.future' */
export async function noteNeed(tx: Tx, enterprise: EnterpriseId, input: NewNeed, by: Actor): Promise<void> {
  if (!mayNote(by)) throw new Fault('forbidden')
  const { name } = await getTarget(tx, enterprise)
  if (input.on > dayOf(by.at)) throw new Fault('policy.future', { day: input.on })
  await insertNeed(tx, enterprise, { ...input, words: maskPersonal(input.words) }, by)
  await audit(tx, by, { action: 'newNeed', objectKind: 'enterprise', objectId: enterprise, note: name })
}

/** A need is met, or there is none any more (需求办结). @returns whose it is @throws Fault 'forbidden' | 'need.not_found' | 'need.answered' */
export async function answerNeed(
  tx: Tx,
  id: NeedId,
  answer: { readonly state: NeedState; readonly reply: string },
  by: Actor,
): Promise<EnterpriseId> {
  if (!mayNote(by)) throw new Fault('forbidden')
  const need = await findNeed(tx, id)
  if (need === undefined) throw new Fault('need.not_found')
  if (need.state !== 'asked') throw new Fault('need.answered', { name: need.answeredBy ?? '他人' })
  await closeNeed(tx, id, { state: answer.state, reply: maskPersonal(answer.reply), day: dayOf(by.at) }, by)
  await audit(tx, by, {
    action: 'answerNeed',
    objectKind: 'enterprise',
    objectId: need.enterpriseId,
    note: `${need.enterpriseName} ${NEED_STATE[answer.state]}`,
  })
  return need.enterpriseId
}
