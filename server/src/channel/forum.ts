import type { Forum, ForumId, NewForum, Role } from '@banjie/contract'
import { sightOf } from '#case'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { getUnitInForce } from '#org'
import { getDrive } from './drive.ts'
import { listForums, putForum, putForumUnits } from './forum.sql.ts'
import { refuseUnless } from './register.ts'

const KEEPERS: readonly Role[] = ['clerk', 'dispatcher', 'window', 'supervisor', 'leader', 'head']

/** Forums, sessions at the window, field research and visits (座谈调研), newest first. */
export const allForums = (
  tx: Tx,
  wanted: { readonly kind?: string | undefined; readonly drive?: string | undefined },
  by: Actor,
): Promise<Forum[]> => listForums(tx, wanted, sightOf(by))

/** @throws Fault 'forum.not_found' */
async function getForum(tx: Tx, id: ForumId, by: Actor): Promise<Forum> {
  const [forum] = await listForums(tx, { id }, sightOf(by))
  if (forum === undefined) throw new Fault('forum.not_found')
  return forum
}

/**
 * Records an occasion on which opinions were heard (座谈调研), or changes the record.
 * @throws Fault 'forbidden' | 'forum.not_found' | 'drive.not_found' | what is wrong with a unit
 */
export async function keepForum(tx: Tx, id: ForumId | null, input: NewForum, by: Actor): Promise<Forum> {
  refuseUnless(by, KEEPERS)
  if (id !== null) await getForum(tx, id, by)
  for (const unit of input.unitIds) await getUnitInForce(tx, unit, input.heldOn)
  if (input.driveId) await getDrive(tx, input.driveId)
  const key = id ?? newId<ForumId>()
  await putForum(tx, key, input, by)
  await putForumUnits(tx, key, input.unitIds)
  return getForum(tx, key, by)
}
