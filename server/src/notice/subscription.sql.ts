import type { CaseId, OutboxKind, PartyId, SubscriptionEvent } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

/** A subscription (关注). Its address lies in `party`. */
export interface SubscriptionRow {
  readonly id: string
  readonly caseId: CaseId
  readonly partyId: PartyId
  readonly via: OutboxKind
  /** Made with number and pickup code; others only follow. */
  readonly own: boolean
  readonly events: readonly SubscriptionEvent[]
  readonly createdAt: Date
  readonly confirmedAt: Date | null
  readonly endedAt: Date | null
}

/** Writes a subscription; the same party by the same way has one, which is taken up again. */
export const putSubscription = async (tx: Tx, row: Omit<SubscriptionRow, 'endedAt'>): Promise<SubscriptionRow> => {
  const [put] = await tx.run<SubscriptionRow>(sql`
    insert into subscription as s (tenant_id, id, case_id, party_id, via, own, events, created_at, confirmed_at)
    values (${tx.tenant}, ${row.id}, ${row.caseId}, ${row.partyId}, ${row.via}, ${row.own}, ${[...row.events]}::text[], ${row.createdAt}, ${row.confirmedAt})
    on conflict (tenant_id, party_id, via) do update set own = s.own or excluded.own, events = excluded.events,
      created_at = case when s.ended_at is null then s.created_at else excluded.created_at end,
      confirmed_at = case when s.ended_at is null then coalesce(s.confirmed_at, excluded.confirmed_at) else excluded.confirmed_at end, ended_at = null
    returning id, case_id, party_id, via, own, events, created_at, confirmed_at, ended_at`)
  if (put === undefined) throw new Error('no subscription was written')
  return put
}

export const insertSubscriptions = (tx: Tx, rows: readonly Omit<SubscriptionRow, 'endedAt'>[]) =>
  tx.run(sql`
    insert into subscription (tenant_id, id, case_id, party_id, via, own, events, created_at, confirmed_at)
    select ${tx.tenant}, r.id, r."caseId", r."partyId", r.via, r.own, r.events, r."createdAt", r."confirmedAt"
    from json_to_recordset(${JSON.stringify(rows)}::json) as r(id uuid, "caseId" uuid, "partyId" uuid, via text, own boolean, events text[],
      "createdAt" timestamptz, "confirmedAt" timestamptz)`)

export const findSubscription = async (tx: Tx, id: string) =>
  (
    await tx.run<SubscriptionRow>(sql`
    select id, case_id, party_id, via, own, events, created_at, confirmed_at, ended_at from subscription where tenant_id = ${tx.tenant} and id = ${id}`)
  )[0]

export const confirm = (tx: Tx, id: string, now: Date) =>
  tx.run(sql`
    update subscription set confirmed_at = coalesce(confirmed_at, ${now}), ended_at = null where tenant_id = ${tx.tenant} and id = ${id}`)

export const end = (tx: Tx, id: string, now: Date) =>
  tx.run(
    sql`update subscription set ended_at = coalesce(ended_at, ${now}) where tenant_id = ${tx.tenant} and id = ${id}`,
  )

const FOLLOWING = `
  with recursive under as (
    select c.id, c.problem_id as root from "case" c where c.tenant_id = $1 and c.problem_id = any($3::uuid[])
    union select c.id, under.root from under join "case" c on c.tenant_id = $1 and c.problem_id = under.id
  )
  select s.id, s.case_id, s.party_id, s.via, s.own, s.events, s.created_at, s.confirmed_at, s.ended_at, c.problem_id
  from subscription s join "case" c on c.tenant_id = s.tenant_id and c.id = s.case_id
  where s.tenant_id = $1 and s.confirmed_at is not null and s.ended_at is null and s.case_id = any($2::uuid[])
  union all
  select s.id, s.case_id, s.party_id, s.via, s.own, s.events, s.created_at, s.confirmed_at, s.ended_at, under.root
  from under join subscription s on s.tenant_id = $1 and s.case_id = under.id
  where s.confirmed_at is not null and s.ended_at is null`
/** Who follows some cases, or a case that stands under one of the problems, directly or by way of another problem. Cost: index look-ups. */
export const listFollowing = (tx: Tx, cases: readonly CaseId[], problems: readonly CaseId[]) =>
  tx.hot<SubscriptionRow & { readonly problemId: CaseId | null }>('notice.following', FOLLOWING, [
    tx.tenant,
    cases,
    problems,
  ])

/** Followers who have left, or never confirmed, before `then`. */
export const listGone = (tx: Tx, then: Date) =>
  tx.run<{ partyId: PartyId }>(sql`
    select s.party_id from subscription s join party p on p.tenant_id = s.tenant_id and p.id = s.party_id and p.role = 'follower'
    where s.tenant_id = ${tx.tenant} and (s.ended_at < ${then} or (s.confirmed_at is null and s.created_at < ${then}))
    limit 500`)
