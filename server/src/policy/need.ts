import type { EnterpriseId, NeedId, NeedState, NewNeed, OpenNeed } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { refuseOutsiders } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { getTarget } from '#liaison'
import { dayOf } from '#org'
import { closeNeed, findNeed, insertNeed, listOpenNeeds } from './policy.sql.ts'

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

/** The needs that wait for an answer (待答复的需求). @throws Fault 'forbidden' */
export async function openNeeds(tx: Tx, by: Actor): Promise<OpenNeed[]> {
  refuseOutsiders(by)
  return (await listOpenNeeds(tx)).map(({ enterpriseId, enterprise, onDay, byName, ...need }) => ({
    ...{ ...need, on: onDay, by: byName },
    enterprise: { id: enterpriseId, name: enterprise, kind: 'enterprise' },
  }))
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
  if (need.state !== 'asked') throw new Fault('need.answered')
  await closeNeed(tx, id, { ...answer, reply: maskPersonal(answer.reply) })
  await audit(tx, by, {
    action: 'answerNeed',
    objectKind: 'enterprise',
    objectId: need.enterpriseId,
    note: answer.state,
  })
  return need.enterpriseId
}
