import type { CaseId, PartyId } from '@banjie/contract'
import { sql } from 'kysely'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'
import type { PartyRow } from './engine/case.sql.ts'

/** Where somebody can be told something (联系地址): one of the three. */
export interface Address {
  readonly phone?: string | undefined
  readonly email?: string | undefined
  readonly webhookUrl?: string | undefined
}
export type Addressee = Pick<PartyRow, 'id' | 'caseId' | 'role' | 'name' | 'phone' | 'email' | 'webhookUrl'>

/** The addresses of some parties, for whoever sends to them. They are never copied elsewhere. */
export const listAddressees = (tx: Tx, parties: readonly string[]) =>
  tx.run<Addressee>(sql`
    select id, case_id, role, name, phone, email, webhook_url from party where tenant_id = ${tx.tenant} and id = any(${[...parties]}::uuid[])`)

const IS_AT = ({ phone, email, webhookUrl }: Address) =>
  sql`(phone = ${phone ?? null}::text or email = ${email ?? null}::text or webhook_url = ${webhookUrl ?? null}::text)`

/** The asker or follower of a case at this address. Locks the address until the commit: two forms sent at once are one follower. */
export async function findAddressee(tx: Tx, caseId: CaseId, address: Address): Promise<Addressee | undefined> {
  const lock = `${caseId} ${address.email ?? address.phone ?? address.webhookUrl}`
  await tx.run(sql`select pg_advisory_xact_lock(${tx.tenant}::int, hashtext(${lock}))`)
  const [found] = await tx.run<Addressee>(sql`
    select id, case_id, role, name, phone, email, webhook_url from party
    where tenant_id = ${tx.tenant} and case_id = ${caseId} and ${IS_AT(address)} order by role, created_at limit 1`)
  return found
}

/** Adds a follower (关注人): told what happens, never called, counted or shown. */
export async function addFollower(tx: Tx, caseId: CaseId, address: Address, now: Date): Promise<PartyId> {
  const id = newId<PartyId>()
  await tx.run(sql`
    insert into party (tenant_id, id, case_id, kind, phone, email, webhook_url, role, created_at)
    values (${tx.tenant}, ${id}, ${caseId}, 'person', ${address.phone ?? null}, ${address.email ?? null}, ${address.webhookUrl ?? null}, 'follower', ${now})`)
  return id
}

/** How many records with this phone or e-mail were made since: nobody's address may be used to flood it. */
export const countAt = async (tx: Tx, address: Address, since: Date) =>
  (
    await tx.run<{ count: number }>(
      sql`select count(*) as count from party where tenant_id = ${tx.tenant} and created_at > ${since} and ${IS_AT(address)}`,
    )
  )[0]?.count ?? 0

/** The same for the addresses of some parties, by party. Cost: one index look-up a party. */
export const listCountsAt = async (
  tx: Tx,
  parties: readonly string[],
  since: Date,
): Promise<ReadonlyMap<string, number>> => {
  const rows = await tx.run<{ id: string; count: number }>(sql`
    select p.id, case when p.email is not null
      then (select count(*) from party o where o.tenant_id = p.tenant_id and o.email = p.email and o.created_at > ${since})
      else (select count(*) from party o where o.tenant_id = p.tenant_id and o.phone = p.phone and o.created_at > ${since}) end as count
    from party p where p.tenant_id = ${tx.tenant} and p.id = any(${[...parties]}::uuid[])`)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** Deletes followers, and with them their addresses. Askers stay. */
export const dropFollowers = (tx: Tx, parties: readonly string[]) =>
  tx.run(
    sql`delete from party where tenant_id = ${tx.tenant} and role = 'follower' and id = any(${[...parties]}::uuid[])`,
  )

/** The cases that an asker's e-mail belongs to, newest first. */
export const listNumbersOfMail = (tx: Tx, email: string, limit: number) =>
  tx.run<{ caseId: CaseId; number: string }>(sql`
    select c.id as case_id, c.number from party p join "case" c on c.tenant_id = p.tenant_id and c.id = p.case_id
    where p.tenant_id = ${tx.tenant} and p.email = ${email} and p.role = 'asker' order by c.received_at desc limit ${limit}`)
