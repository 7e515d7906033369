import type { CaseId, PartyId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import { type Sight, visible } from './engine/may.ts'

/** True if somebody can be called about the case: the person or who speaks for them. */
export const hasNumber = async (tx: Tx, caseId: CaseId) =>
  (
    await tx.run<{ has: boolean }>(sql`
    select exists (select from party where tenant_id = ${tx.tenant} and case_id = ${caseId} and role = 'asker' and (phone is not null or proxy_phone is not null)) as has`)
  )[0]?.has === true

/** A case whose person is perhaps the same, with what speaks for it. */
export interface Likeness {
  readonly caseId: CaseId
  readonly partyId: PartyId
  readonly number: string
  readonly title: string
  readonly name: string | null
  readonly samePhone: boolean
  readonly sameName: boolean
  readonly otherName: boolean
  readonly sameAddress: boolean
  readonly state: 'confirmed' | 'rejected' | null
}

/** What two parties `a` and `b` of the cases `m` and `c` have in common. */
const COMMON = sql`
  coalesce(a.phone = b.phone, false) as same_phone, coalesce(a.name = b.name, false) as same_name, coalesce(a.name <> b.name, false) as other_name,
  coalesce(m.address = c.address, false) as same_address`
const PAIR = sql`l.party_id = least(a.id, b.id) and l.other_id = greatest(a.id, b.id)`
const MOST = 50

/**
 * Cases the caller may see whose person has the phone of this one, or the name at the same address, or is linked to it. Anonymous ones are
 * left out: a link would tell who they are. Cost: two index look-ups on party.
 */
export const listAlike = (tx: Tx, caseId: CaseId, sight: Sight) =>
  tx.run<Likeness>(sql`
    select c.id as case_id, b.id as party_id, c.number, c.title, b.name, ${COMMON}, l.state
    from "case" m
    join party a on a.tenant_id = m.tenant_id and a.case_id = m.id and a.role = 'asker'
    join party b on b.tenant_id = a.tenant_id and b.case_id <> a.case_id and b.role = 'asker' and (b.phone = a.phone or b.name = a.name
      or exists (select from party_link k where k.tenant_id = a.tenant_id and k.party_id = least(a.id, b.id) and k.other_id = greatest(a.id, b.id)))
    join "case" c on c.tenant_id = b.tenant_id and c.id = b.case_id
    left join party_link l on l.tenant_id = a.tenant_id and ${PAIR}
    where m.tenant_id = ${tx.tenant} and m.id = ${caseId} and not m.anonymous and not c.anonymous and ${visible(sight, tx.tenant)}
      and (b.phone = a.phone or m.address = c.address or l.state is not null)
    order by (l.state = 'confirmed') desc nulls last, (b.phone = a.phone) desc nulls last, (b.name = a.name) desc nulls last, c.received_at desc limit ${MOST}`)

/**
 * Cases reported from a phone since a day, as far as the caller may see them, newest first. Anonymous and confidential ones are left
 * out: they would tell who it was. Cost: one look-up of party_phone.
 */
export const listOfPhone = (tx: Tx, phone: string, sight: Sight, { since, limit }: { since: Date; limit: number }) =>
  tx.run<{ id: CaseId }>(sql`
    select c.id from party b join "case" c on c.tenant_id = b.tenant_id and c.id = b.case_id
    where b.tenant_id = ${tx.tenant} and b.phone = ${phone} and b.role = 'asker' and not c.anonymous and not c.confidential and c.type = 'appeal'
      and c.received_at >= ${since} and ${visible(sight, tx.tenant)}
    order by c.received_at desc, c.id limit ${limit}`)

/** The same for one pair. */
export const findLikeness = async (tx: Tx, party: PartyId, other: PartyId) =>
  (
    await tx.run<Pick<Likeness, 'samePhone' | 'sameName' | 'otherName' | 'sameAddress'> & { anonymous: boolean }>(sql`
    select ${COMMON}, m.anonymous or c.anonymous as anonymous
    from party a join "case" m on m.tenant_id = a.tenant_id and m.id = a.case_id
    join party b on b.tenant_id = a.tenant_id and b.id = ${other} and b.role = 'asker'
    join "case" c on c.tenant_id = b.tenant_id and c.id = b.case_id
    where a.tenant_id = ${tx.tenant} and a.id = ${party} and a.role = 'asker'`)
  )[0]

/** A person's word on two records; the later word stands, the audit keeps both. */
export const putLink = (
  tx: Tx,
  link: {
    readonly pair: readonly [PartyId, PartyId]
    readonly confidence: number
    readonly state: 'confirmed' | 'rejected'
    readonly byPerson: string | null
    readonly byName: string
    readonly at: Date
  },
) =>
  tx.run(sql`
    insert into party_link (tenant_id, party_id, other_id, confidence, state, by_person, by_name, at)
    values (${tx.tenant}, least(${link.pair[0]}::uuid, ${link.pair[1]}::uuid), greatest(${link.pair[0]}::uuid, ${link.pair[1]}::uuid),
      ${link.confidence}, ${link.state}, ${link.byPerson}, ${link.byName}, ${link.at})
    on conflict (tenant_id, party_id, other_id) do update
      set confidence = excluded.confidence, state = excluded.state, by_person = excluded.by_person, by_name = excluded.by_name, at = excluded.at`)
