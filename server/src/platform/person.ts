import type { EnterpriseId, NewPlatformPerson, PlatformPerson, PlatformPersonId } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import { deletePlatformContact, getOpenTarget, insertPlatformContact, isBoundTo, mayKeepTargets } from '#liaison'
import { dayOf } from '#org'
import { findPerson, insertPerson, type PersonRow, revokePerson } from './person.sql.ts'

export const personView = ({ uscc: _, ...row }: PersonRow): PlatformPerson => ({
  ...row,
  invitedAt: row.invitedAt.toISOString(),
  lastSignedInAt: row.lastSignedInAt?.toISOString() ?? null,
  state: row.revokedWhy !== null ? 'revoked' : row.lastSignedInAt === null ? 'invited' : 'active',
})

/** By which ways a letter leaves this house. A demo sends none: it shows its codes on the page. */
export type Ways = ReadonlySet<'mail' | 'sms' | 'webhook'>
const WAY = { mail: '邮件', sms: '短信' } as const

/**
 * Invites somebody of an enterprise to the platform (邀请企业用户): by who keeps the register, or by the liaison officer of the enterprise.
 * @throws Fault 'forbidden' | 'liaison.target_not_found' | 'liaison.target_closed' | 'platform.no_uscc' | 'platform.no_sender' | 'platform.address_known'
 */
export async function invite(
  tx: Tx,
  enterpriseId: EnterpriseId,
  given: NewPlatformPerson,
  ways: Ways,
  by: Actor,
): Promise<PlatformPerson> {
  const target = await getOpenTarget(tx, enterpriseId, dayOf(by.at))
  if (target.kind !== 'enterprise') throw new Fault('liaison.target_not_found')
  if (!mayKeepTargets(by) && !(await isBoundTo(tx, enterpriseId, by))) throw new Fault('forbidden')
  if (target.uscc === null) throw new Fault('platform.no_uscc')
  const [via, other] = given.email === undefined ? (['sms', 'mail'] as const) : (['mail', 'sms'] as const)
  if (!ways.has(via)) throw new Fault('platform.no_sender', { way: WAY[via], other: WAY[other] })
  const id = newId<PlatformPersonId>()
  await insertPerson(tx, id, enterpriseId, given.name, by)
  if (!(await insertPlatformContact(tx, enterpriseId, { ...given, person: id })))
    throw new Fault('platform.address_known')
  await audit(tx, by, {
    action: 'newPlatformPerson',
    objectKind: 'liaisonTarget',
    objectId: enterpriseId,
    note: target.name,
  })
  return personView(await getPerson(tx, id))
}

/**
 * Takes the right to act for an enterprise away (停用); whoever is signed in is out at once.
 * @throws Fault 'forbidden' | 'platform.person_not_found' | 'platform.revoked_already'
 */
export async function revoke(tx: Tx, id: PlatformPersonId, reason: string, by: Actor): Promise<PlatformPerson> {
  if (!mayKeepTargets(by)) throw new Fault('forbidden')
  const known = await getPerson(tx, id)
  const why = maskPersonal(reason)
  if (!(await revokePerson(tx, id, why, by))) throw new Fault('platform.revoked_already')
  await deletePlatformContact(tx, id)
  const note = `${known.enterprise}：${why}`
  await audit(tx, by, {
    action: 'revokePlatformPerson',
    objectKind: 'liaisonTarget',
    objectId: known.enterpriseId,
    note,
  })
  return personView(await getPerson(tx, id))
}

/** @throws Fault 'platform.person_not_found' */
async function getPerson(tx: Tx, id: PlatformPersonId): Promise<PersonRow> {
  const person = await findPerson(tx, id)
  if (person === undefined) throw new Fault('platform.person_not_found')
  return person
}
