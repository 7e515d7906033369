import type { NewPolicy, PolicyId } from '@banjie/contract'
import type { Calendar } from '#calendar'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import { refuseUnless } from '#kernel/right'
import type { Tx } from '#kernel/store'
import { dayOf, getUnitInForce } from '#org'
import {
  endPolicyOn,
  insertPolicy,
  listVersions,
  lockPolicy,
  markPublished,
  putVersion,
  type VersionRow,
} from './policy.sql.ts'
import { mayPublish, mayWrite } from './right.ts'
import { settlePolicies } from './settle.ts'

/** All versions of a policy, the newest last. @throws Fault 'policy.not_found' */
export async function getVersions(tx: Tx, id: PolicyId): Promise<[VersionRow, ...VersionRow[]]> {
  const [first, ...rest] = await listVersions(tx, id)
  if (first === undefined) throw new Fault('policy.not_found')
  return [first, ...rest]
}

/** Drafts a policy (起草政策). @throws Fault 'forbidden' | 'case.unit_unknown' | 'case.unit_dissolved' */
export async function draftPolicy(tx: Tx, input: NewPolicy, by: Actor): Promise<PolicyId> {
  refuseUnless(mayWrite(input.unitId, by))
  await getUnitInForce(tx, input.unitId, dayOf(by.at))
  const id = newId<PolicyId>()
  await insertPolicy(tx, id, by.at)
  await putVersion(tx, id, 1, input, by)
  await audit(tx, by, { action: 'newPolicy', objectKind: 'policy', objectId: id, note: input.title })
  return id
}

/**
 * Drafts the next version (起草下一版), or writes the waiting one anew; what is in force stays so until the new one is published.
 * @throws Fault 'policy.not_found' | 'forbidden' | 'policy.ended' | 'case.unit_unknown'
 */
export async function draftVersion(tx: Tx, id: PolicyId, input: NewPolicy, by: Actor): Promise<void> {
  await lockPolicy(tx, id)
  const versions = await getVersions(tx, id)
  const newest = versions.at(-1) ?? versions[0]
  refuseUnless(mayWrite(newest.body.unitId, by) && mayWrite(input.unitId, by))
  if (newest.endedOn !== null) throw new Fault('policy.ended', { day: newest.endedOn })
  await getUnitInForce(tx, input.unitId, dayOf(by.at))
  const version = newest.publishedAt === null ? newest.version : newest.version + 1
  await putVersion(tx, id, version, input, by)
  await audit(tx, by, { action: 'newPolicyVersion', objectKind: 'policy', objectId: id, note: `第 ${version} 版` })
}

/**
 * Publishes a version (发布政策) and finds at once who is entitled by it.
 * @throws Fault 'policy.not_found' | 'forbidden' | 'policy.no_waiting' | 'policy.own'
 */
export async function publishPolicy(
  tx: Tx,
  id: PolicyId,
  version: number,
  calendar: Calendar,
  by: Actor,
): Promise<void> {
  refuseUnless(mayPublish(by))
  await lockPolicy(tx, id)
  const waiting = (await getVersions(tx, id)).find((one) => one.version === version && one.publishedAt === null)
  if (waiting === undefined) throw new Fault('policy.no_waiting', { version })
  if (waiting.byPerson !== null && waiting.byPerson === by.personId) throw new Fault('policy.own')
  await markPublished(tx, id, version, by)
  await settlePolicies(tx, calendar, by.at)
  await audit(tx, by, { action: 'publishPolicy', objectKind: 'policy', objectId: id, note: `第 ${version} 版` })
}

/** Ends a policy (停止执行); whoever was found eligible before is paid all the same. @throws Fault 'policy.not_found' | 'forbidden' | 'policy.ended' */
export async function endPolicy(
  tx: Tx,
  id: PolicyId,
  ending: { readonly on: string; readonly reason: string },
  by: Actor,
): Promise<void> {
  await lockPolicy(tx, id)
  const versions = await getVersions(tx, id)
  const { body, endedOn } = versions.at(-1) ?? versions[0]
  refuseUnless(mayWrite(body.unitId, by))
  if (endedOn !== null) throw new Fault('policy.ended', { day: endedOn })
  await endPolicyOn(tx, id, ending)
  await audit(tx, by, { action: 'endPolicy', objectKind: 'policy', objectId: id, note: ending.reason })
}
