import type { EnterpriseId, PlatformPersonId, PolicyId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface PersonRow {
  readonly id: PlatformPersonId
  readonly enterpriseId: EnterpriseId
  readonly enterprise: string
  readonly uscc: string | null
  readonly name: string
  readonly invitedBy: string
  readonly invitedAt: Date
  readonly lastSignedInAt: Date | null
  readonly revokedWhy: string | null
}
const PERSON = sql`p.id, p.enterprise_id, t.name as enterprise, t.uscc, p.name, p.invited_by, p.invited_at, p.last_signed_in_at, p.revoked_why
  from platform_person p join liaison_target t on t.tenant_id = p.tenant_id and t.id = p.enterprise_id`
const MOST = 2000

/** Everybody on the platform, or those of one enterprise; who was revoked stands last. */
export const listPeople = (tx: Tx, enterprise: EnterpriseId | undefined) =>
  tx.run<PersonRow>(sql`
    select ${PERSON} where p.tenant_id = ${tx.tenant} and (${enterprise ?? null}::uuid is null or p.enterprise_id = ${enterprise ?? null})
    order by p.revoked_at is not null, t.name, p.invited_at, p.id limit ${MOST}`)

export const findPerson = async (tx: Tx, id: PlatformPersonId) =>
  (await tx.run<PersonRow>(sql`select ${PERSON} where p.tenant_id = ${tx.tenant} and p.id = ${id}`))[0]

/** Whoever was invited under this credit code and address and is not revoked, of an enterprise that is still bound. */
export const findByAddress = async (
  tx: Tx,
  { uscc, address, today }: { readonly uscc: string; readonly address: string; readonly today: string },
) =>
  (
    await tx.run<PersonRow & { via: 'mail' | 'sms' }>(sql`
    select case when x.email is null then 'sms' else 'mail' end as via, ${PERSON}
    join liaison_contact x on x.tenant_id = p.tenant_id and x.platform_person = p.id
    where p.tenant_id = ${tx.tenant} and t.uscc = ${uscc} and coalesce(x.email, x.phone) = ${address} and p.revoked_at is null
      and (t.closed_on is null or t.closed_on >= ${today})`)
  )[0]

/** Their address is a contact of the enterprise, and is kept there. */
export const insertPerson = (tx: Tx, id: PlatformPersonId, enterpriseId: EnterpriseId, name: string, by: Actor) =>
  tx.run(sql`
    insert into platform_person (tenant_id, id, enterprise_id, name, invited_by, invited_at)
    values (${tx.tenant}, ${id}, ${enterpriseId}, ${name}, ${by.name}, ${by.at})`)

/** Takes the right away, and with it every session. @returns false where it was taken already */
export const revokePerson = async (tx: Tx, id: PlatformPersonId, why: string, by: Actor) =>
  (
    await tx.run(sql`
    with ended as (delete from platform_session where tenant_id = ${tx.tenant} and person_id = ${id})
    update platform_person set revoked_at = ${by.at}, revoked_by = ${by.name}, revoked_why = ${why}
    where tenant_id = ${tx.tenant} and id = ${id} and revoked_at is null returning 1`)
  ).length > 0

/** Where a code goes; read only when it is sent. */
export const findCodeAddress = async (tx: Tx, codeId: string) =>
  (
    await tx.run<{ name: string; email: string | null; phone: string | null; usable: boolean }>(sql`
    select p.name, x.email, x.phone, c.used_at is null and p.revoked_at is null as usable from platform_code c
    join platform_person p on p.tenant_id = c.tenant_id and p.id = c.person_id
    join liaison_contact x on x.tenant_id = p.tenant_id and x.platform_person = p.id
    where c.tenant_id = ${tx.tenant} and c.id = ${codeId}`)
  )[0]

/** Who of some enterprises may be written to, and by which way. */
export const listReachable = (tx: Tx, enterprises: readonly EnterpriseId[]) =>
  tx.run<{ id: PlatformPersonId; via: 'mail' | 'sms' }>(sql`
    select p.id, case when x.email is null then 'sms' else 'mail' end as via from platform_person p
    join liaison_contact x on x.tenant_id = p.tenant_id and x.platform_person = p.id
    where p.tenant_id = ${tx.tenant} and p.enterprise_id = any(${[...enterprises]}::uuid[]) and p.revoked_at is null`)

/** Whom a letter about a policy goes to, and what their enterprise may have; nothing where it is no longer offered, or they are gone. */
export const findOffer = async (tx: Tx, person: PlatformPersonId, policy: PolicyId) =>
  (
    await tx.run<{
      name: string
      email: string | null
      phone: string | null
      enterprise: string
      title: string
      benefit: string
    }>(sql`
    select p.name, x.email, x.phone, t.name as enterprise, v.body->>'title' as title, v.body->>'benefit' as benefit from platform_person p
    join liaison_contact x on x.tenant_id = p.tenant_id and x.platform_person = p.id
    join liaison_target t on t.tenant_id = p.tenant_id and t.id = p.enterprise_id
    join entitlement n on n.tenant_id = p.tenant_id and n.enterprise_id = p.enterprise_id and n.policy_id = ${policy} and n.state = 'offered'
    join policy_version v on v.tenant_id = n.tenant_id and v.policy_id = n.policy_id and v.version = n.version
    where p.tenant_id = ${tx.tenant} and p.id = ${person} and p.revoked_at is null`)
  )[0]

/** A new code; those before it count no more. */
export async function insertCode(tx: Tx, id: string, personId: PlatformPersonId, expiresAt: Date): Promise<void> {
  await tx.run(sql`delete from platform_code where tenant_id = ${tx.tenant} and person_id = ${personId}`)
  await tx.run(sql`insert into platform_code (tenant_id, id, person_id, expires_at, failures)
    values (${tx.tenant}, ${id}, ${personId}, ${expiresAt}, 0)`)
}

/** The code that counts, under its lock: two guesses at once are two. */
export const lockCode = async (tx: Tx, personId: PlatformPersonId, now: Date, most: number) =>
  (
    await tx.run<{ id: string }>(sql`
    select id from platform_code where tenant_id = ${tx.tenant} and person_id = ${personId} and used_at is null
      and expires_at > ${now} and failures < ${most} for update`)
  )[0]

export const countFailure = (tx: Tx, id: string) =>
  tx.run(sql`update platform_code set failures = failures + 1 where tenant_id = ${tx.tenant} and id = ${id}`)

/** Uses a code up and opens a session; sessions that have run out are dropped. */
export async function openSession(
  tx: Tx,
  codeId: string,
  session: {
    readonly hash: string
    readonly personId: PlatformPersonId
    readonly expiresAt: Date
    readonly real: Date
  },
  at: Date,
): Promise<void> {
  await tx.run(sql`update platform_code set used_at = ${at} where tenant_id = ${tx.tenant} and id = ${codeId}`)
  await tx.run(sql`delete from platform_session where tenant_id = ${tx.tenant} and expires_at < ${session.real}`)
  await tx.run(sql`insert into platform_session (tenant_id, hash, person_id, expires_at)
    values (${tx.tenant}, ${session.hash}, ${session.personId}, ${session.expiresAt})`)
  await tx.run(
    sql`update platform_person set last_signed_in_at = ${at} where tenant_id = ${tx.tenant} and id = ${session.personId}`,
  )
}

/** Who is behind a cookie now: neither revoked, nor of an enterprise that is bound no longer. */
export const findSignedIn = async (tx: Tx, hash: string, real: Date, today: string) =>
  (
    await tx.run<PersonRow>(sql`
    select ${PERSON} join platform_session s on s.tenant_id = p.tenant_id and s.person_id = p.id
    where p.tenant_id = ${tx.tenant} and s.hash = ${hash} and s.expires_at > ${real} and p.revoked_at is null
      and (t.closed_on is null or t.closed_on >= ${today})`)
  )[0]

export const closeSession = (tx: Tx, hash: string) =>
  tx.run(sql`delete from platform_session where tenant_id = ${tx.tenant} and hash = ${hash}`)
