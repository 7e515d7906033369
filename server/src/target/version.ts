import { isDeepStrictEqual } from 'node:util'
import type { NewTargetVersion, TargetId } from '@banjie/contract'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { getTarget } from './keep.ts'
import { wordsOf } from './measure.ts'
import { mayApprove, sayOf } from './say.ts'
import { decideVersion, insertVersion, listVersions, lockTarget } from './target.sql.ts'

/** Nulls and what is absent are the same thing to a person. */
const told = (definition: object) => Object.fromEntries(Object.entries(definition).filter(([, value]) => value != null))

/**
 * Proposes a change of a target that runs (报批变更): what holds stays in force until somebody else approves.
 * @throws Fault 'target.not_found' | 'target.not_published' | 'forbidden' | 'target.waiting' | 'target.kind_fixed' | 'target.unchanged'
 */
export async function proposeVersion(
  tx: Tx,
  id: TargetId,
  { definition, reason }: NewTargetVersion,
  by: Actor,
): Promise<void> {
  await lockTarget(tx, id)
  const target = await getTarget(tx, id)
  if (target.fixedAt === null) throw new Fault('target.not_published', { title: target.title })
  if (!(await sayOf(tx, target, by)).propose) throw new Fault('forbidden')
  const versions = await listVersions(tx, id)
  if (versions.some(({ state }) => state === 'proposed')) throw new Fault('target.waiting')
  const now = target.definition
  if (definition.kind !== now.kind || definition.unit !== now.unit) throw new Fault('target.kind_fixed')
  if (isDeepStrictEqual(told(definition), told(now))) throw new Fault('target.unchanged', { version: target.version })
  await insertVersion(tx, id, { version: (versions[0]?.version ?? 0) + 1, definition, reason }, by)
  const note = `${wordsOf(now)} → ${wordsOf(definition)}：${reason}`
  await audit(tx, by, { action: 'proposeTarget', objectKind: 'target', objectId: id, note: note.slice(0, 500) })
}

interface Decision {
  readonly version: number
  readonly state: 'approved' | 'returned'
  readonly note: string | null
}
/**
 * Approves or returns a change (批准或退回): never by the person who proposed it.
 * @throws Fault 'forbidden' | 'target.not_found' | 'target.no_waiting' | 'target.own'
 */
export async function decideTarget(tx: Tx, id: TargetId, decision: Decision, by: Actor): Promise<void> {
  if (!mayApprove(by)) throw new Fault('forbidden')
  await lockTarget(tx, id)
  await getTarget(tx, id)
  const { version, state } = decision
  const waiting = (await listVersions(tx, id)).find((one) => one.version === version && version > 1)
  if (waiting?.state !== 'proposed') throw new Fault('target.no_waiting', { version })
  if (waiting.proposerId === by.personId) throw new Fault('target.own')
  await decideVersion(tx, id, decision, by)
  const note = `第 ${version} 版 ${wordsOf(waiting.definition)}`
  await audit(tx, by, { action: `${state}Target`, objectKind: 'target', objectId: id, note })
}
