import { OPEN311_RIGHT, type Open311Key, type Open311Right, type routes } from '@banjie/contract'
import type { z } from 'zod'
import type { Actor } from '#kernel/actor'
import { Fault } from '#kernel/fault'
import { newId, newSecret, sha256 } from '#kernel/id'
import { createLimiter, type Limiter } from '#kernel/limiter'
import type { Tx } from '#kernel/store'
import { findKey, findKeyByHash, insertKey, type KeyRow, listKeys, revokeKey } from './key.sql.ts'

type KeyView = z.input<typeof Open311Key>
type NewKey = z.output<(typeof routes.newOpen311Key)['body']>

/** Who files: the key of a foreign client (密钥). */
export type Holder = Pick<KeyRow, 'id' | 'rights' | 'perMinute'>

const refuseOthers = (by: Actor) => {
  if (!by.roles.has('admin')) throw new Fault('forbidden')
}
const shown = (key: KeyRow): KeyView => ({
  ...key,
  createdAt: key.createdAt.toISOString(),
  revokedAt: key.revokedAt?.toISOString() ?? null,
})

/** @throws Fault 'forbidden' to anybody but an administrator */
export async function keys(tx: Tx, by: Actor): Promise<readonly KeyView[]> {
  refuseOthers(by)
  return (await listKeys(tx)).map(shown)
}

/** Issues a key (签发密钥). Only its hash is kept: the secret is told this once. @throws Fault 'forbidden' */
export async function issueKey(tx: Tx, input: NewKey, by: Actor): Promise<KeyView & { secret: string }> {
  refuseOthers(by)
  const secret = newSecret()
  const key = { ...input, id: newId(), createdBy: by.name, createdAt: by.at }
  await insertKey(tx, { ...key, hash: sha256(secret) })
  return { ...shown({ ...key, filed: 0, revokedBy: null, revokedAt: null }), secret }
}

/** Revokes a key (吊销密钥) for good. @throws Fault 'forbidden' | 'open311.key_not_found' | 'open311.key_revoked' */
export async function revoke(tx: Tx, id: string, by: Actor): Promise<KeyView> {
  refuseOthers(by)
  const revoked = await revokeKey(tx, id, by)
  const key = await findKey(tx, id)
  if (key === undefined) throw new Fault('open311.key_not_found')
  if (!revoked)
    throw new Fault('open311.key_revoked', { at: key.revokedAt?.toISOString().slice(0, 10), name: key.revokedBy })
  return shown(key)
}

const WRONG_PER_ADDRESS = 20
const WRONG_SECONDS = 15 * 60

/** Looks at the keys that callers show (验密钥); counts what each does, and who guesses. */
export interface Doorkeeper {
  /** The key behind `secret`; undefined where none was given and none is needed. @throws Fault 'open311.key_wrong' | 'request.too_many' */
  find(tx: Tx, secret: string | undefined, from: { address: string; real: Date }): Promise<Holder | undefined>
  /** @throws Fault 'open311.key_missing' | 'open311.key_not_allowed' */
  require(holder: Holder | undefined, right: Open311Right): Holder
}

export function createDoorkeeper(): Doorkeeper {
  const guesses = createLimiter(WRONG_PER_ADDRESS, WRONG_SECONDS)
  const uses = new Map<number, Limiter>()
  const usesOf = (perMinute: number) => {
    const limiter = uses.get(perMinute) ?? createLimiter(perMinute, 60)
    uses.set(perMinute, limiter)
    return limiter
  }
  const hold = (seconds: number) => {
    if (seconds > 0) throw new Fault('request.too_many', { seconds })
  }
  return {
    async find(tx, secret, { address, real }) {
      if (secret === undefined || secret === '') return undefined
      hold(guesses.waitSeconds(address, real))
      const holder = await findKeyByHash(tx, sha256(secret))
      if (holder === undefined) {
        guesses.fail(address, real)
        throw new Fault('open311.key_wrong')
      }
      const limiter = usesOf(holder.perMinute)
      hold(limiter.waitSeconds(holder.id, real))
      limiter.fail(holder.id, real)
      return holder
    },
    require(holder, right) {
      if (holder === undefined) throw new Fault('open311.key_missing')
      if (!holder.rights.includes(right)) throw new Fault('open311.key_not_allowed', { right: OPEN311_RIGHT[right] })
      return holder
    },
  }
}
