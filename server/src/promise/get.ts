import type { PromiseId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { listPromises, lockPromise, type PromiseFacts } from './promise.sql.ts'
import { maySee } from './right.ts'

/**
 * A broken promise the caller may see; under its lock where it is about to change, so that what is left to pay cannot be promised or paid twice.
 * @throws Fault 'promise.not_found'
 */
export async function getPromise(tx: Tx, id: PromiseId, by: Actor, lock?: 'lock'): Promise<PromiseFacts> {
  if (lock !== undefined) await lockPromise(tx, id)
  const [facts] = await listPromises(tx, { id })
  if (facts === undefined || !maySee(facts, by)) throw new Fault('promise.not_found')
  return facts
}
