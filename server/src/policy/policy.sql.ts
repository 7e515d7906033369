import type {
  EnterpriseId,
  EntitlementState,
  NeedId,
  NeedKind,
  NeedState,
  NewNeed,
  NewPolicy,
  PersonId,
  PolicyId,
  PolicyReason,
  UnitId,
} from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import { newId } from '#kernel/id'
import type { Tx } from '#kernel/store'

export interface VersionRow {
  readonly policyId: PolicyId
  readonly version: number
  readonly body: NewPolicy
  readonly byPerson: PersonId | null
  readonly byName: string
  readonly at: Date
  readonly publishedBy: string | null
  readonly publishedAt: Date | null
  readonly endedOn: string | null
  readonly unitName: string
}
/** Every version of policies, the oldest first. */
export const listVersions = (tx: Tx, id?: PolicyId) =>
  tx.run<VersionRow>(sql`
    select v.policy_id, v.version, v.body, v.by_person, v.by_name, v.at, v.published_by, v.published_at, p.ended_on, u.name as unit_name
    from policy_version v join policy p on p.tenant_id = v.tenant_id and p.id = v.policy_id
    join unit u on u.tenant_id = v.tenant_id and u.id = (v.body->>'unitId')::uuid
    where v.tenant_id = ${tx.tenant} and (${id === undefined} or v.policy_id = ${id ?? null}::uuid) order by p.created_at, v.policy_id, v.version`)

export const insertPolicy = (tx: Tx, id: PolicyId, at: Date) =>
  tx.run(sql`insert into policy (tenant_id, id, created_at) values (${tx.tenant}, ${id}, ${at})`)
export const lockPolicy = (tx: Tx, id: PolicyId) =>
  tx.run(sql`select 1 from policy where tenant_id = ${tx.tenant} and id = ${id} for update`)
export const endPolicyOn = (tx: Tx, id: PolicyId, { on, reason }: { readonly on: string; readonly reason: string }) =>
  tx.run(
    sql`update policy set ended_on = ${on}, ended_reason = ${reason} where tenant_id = ${tx.tenant} and id = ${id}`,
  )

/** Writes a version that waits, or writes the waiting one anew. */
export const putVersion = (tx: Tx, id: PolicyId, version: number, body: NewPolicy, by: Actor) =>
  tx.run(sql`
    insert into policy_version (tenant_id, policy_id, version, body, by_person, by_name, at)
    values (${tx.tenant}, ${id}, ${version}, ${JSON.stringify(body)}::jsonb, ${by.personId}, ${by.name}, ${by.at})
    on conflict (tenant_id, policy_id, version) do update set body = excluded.body, by_person = excluded.by_person, by_name = excluded.by_name, at = excluded.at`)
export const markPublished = (tx: Tx, id: PolicyId, version: number, by: Actor) =>
  tx.run(sql`
    update policy_version set published_person = ${by.personId}, published_by = ${by.name}, published_at = ${by.at}
    where tenant_id = ${tx.tenant} and policy_id = ${id} and version = ${version}`)

export interface EntitlementRow {
  readonly policyId: PolicyId
  readonly title: string
  readonly unitId: UnitId
  readonly enterpriseId: EnterpriseId
  readonly enterpriseName: string
  readonly version: number
  readonly state: EntitlementState
  readonly since: string
  readonly why: PolicyReason[]
  readonly offeredOn: string | null
  readonly confirmedOn: string | null
  readonly declinedReason: string | null
  readonly paidOn: string | null
  readonly paidFen: number | null
  readonly voucher: string | null
}
export interface EntitlementFilter {
  readonly policy?: PolicyId | undefined
  readonly enterprise?: EnterpriseId | undefined
  readonly state?: EntitlementState | undefined
}
const filtered = (tx: Tx, { policy, enterprise, state }: EntitlementFilter): RawBuilder<unknown> =>
  sql.join(
    [
      sql`n.tenant_id = ${tx.tenant}`,
      ...(policy === undefined ? [] : [sql`n.policy_id = ${policy}`]),
      ...(enterprise === undefined ? [] : [sql`n.enterprise_id = ${enterprise}`]),
      ...(state === undefined ? [] : [sql`n.state = ${state}`]),
    ],
    sql` and `,
  )
const MOST = 2000
/** Entitlements, the longest waiting first. */
export const listEntitlements = (tx: Tx, filter: EntitlementFilter) =>
  tx.run<EntitlementRow>(sql`
    select n.policy_id, v.body->>'title' as title, (v.body->>'unitId')::uuid as unit_id, n.enterprise_id, t.name as enterprise_name, n.version, n.state, n.since, n.why,
      n.offered_on, n.confirmed_on, n.declined_reason, n.paid_on, n.paid_fen, n.voucher
    from entitlement n join policy_version v on v.tenant_id = n.tenant_id and v.policy_id = n.policy_id and v.version = n.version
    join liaison_target t on t.tenant_id = n.tenant_id and t.id = n.enterprise_id
    where ${filtered(tx, filter)} order by n.since, t.name, n.policy_id limit ${MOST}`)
export const lockEntitlement = (tx: Tx, policy: PolicyId, enterprise: EnterpriseId) =>
  tx.run(
    sql`select 1 from entitlement where tenant_id = ${tx.tenant} and policy_id = ${policy} and enterprise_id = ${enterprise} for update`,
  )

/** How many of each policy are where, and what was paid. */
export const countEntitlements = (tx: Tx) =>
  tx.run<{ policyId: PolicyId; entitled: number; paid: number; paidFen: number; waiting: number }>(sql`
    select policy_id, count(*) filter (where state not in ('lapsed', 'declined')) as entitled, count(*) filter (where state = 'paid') as paid,
      coalesce(sum(paid_fen), 0)::bigint as paid_fen, count(*) filter (where state = 'eligible') as waiting
    from entitlement where tenant_id = ${tx.tenant} group by policy_id`)

/** How long it took from eligible to paid, in natural days, over all that were paid. */
export const daysToPaid = async (tx: Tx, policy: PolicyId) =>
  (
    await tx.run<{ median: number | null; longest: number | null; n: number }>(sql`
    select percentile_cont(0.5) within group (order by paid_on - since) as median, max(paid_on - since) as longest, count(*) as n
    from entitlement where tenant_id = ${tx.tenant} and policy_id = ${policy} and state = 'paid'`)
  )[0] ?? { median: null, longest: null, n: 0 }

/** Where every entitlement stands, without its reasons. */
export const listStates = (tx: Tx) =>
  tx.run<{ policyId: PolicyId; enterpriseId: EnterpriseId; state: EntitlementState; version: number }>(
    sql`select policy_id, enterprise_id, state, version from entitlement where tenant_id = ${tx.tenant}`,
  )

export interface NewEntitlement {
  readonly policyId: PolicyId
  readonly enterpriseId: EnterpriseId
  readonly version: number
  readonly why: readonly PolicyReason[]
}
/** Writes who was found eligible today; what had lapsed or was declined by an older version begins anew. */
export const putEntitlements = (
  tx: Tx,
  found: readonly NewEntitlement[],
  day: string,
  by: Pick<Actor, 'name' | 'at'>,
) =>
  tx.run(sql`
    insert into entitlement (tenant_id, policy_id, enterprise_id, version, state, since, why, by_name, updated_at)
    select ${tx.tenant}, r."policyId", r."enterpriseId", r.version, 'eligible', ${day}, r.why, ${by.name}, ${by.at}
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as r ("policyId" uuid, "enterpriseId" uuid, version int, why jsonb)
    on conflict (tenant_id, policy_id, enterprise_id) do update set version = excluded.version, state = 'eligible', since = excluded.since, why = excluded.why,
      offered_on = null, confirmed_on = null, account_tail = null, declined_on = null, declined_reason = null, by_name = excluded.by_name, updated_at = excluded.updated_at`)
/** Marks those that are eligible no more. What was confirmed stays owed. */
export const lapse = (
  tx: Tx,
  pairs: readonly { readonly policyId: PolicyId; readonly enterpriseId: EnterpriseId }[],
  by: Pick<Actor, 'name' | 'at'>,
) =>
  tx.run(sql`
    update entitlement n set state = 'lapsed', by_name = ${by.name}, updated_at = ${by.at}
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as r ("policyId" uuid, "enterpriseId" uuid)
    where n.tenant_id = ${tx.tenant} and n.policy_id = r."policyId" and n.enterprise_id = r."enterpriseId"`)

export interface EntitlementStep {
  readonly state: EntitlementState
  readonly on: string
  readonly accountTail?: string
  readonly reason?: string
  readonly fen?: number
  readonly voucher?: string
}
export const stepEntitlement = (
  tx: Tx,
  policy: PolicyId,
  enterprise: EnterpriseId,
  { state, on, accountTail, reason, fen, voucher }: EntitlementStep,
  by: Actor,
) =>
  tx.run(sql`
    update entitlement set state = ${state}, by_name = ${by.name}, updated_at = ${by.at},
      offered_on = case when ${state} = 'offered' then ${on}::date else offered_on end,
      confirmed_on = case when ${state} = 'confirmed' then ${on}::date else confirmed_on end, account_tail = coalesce(${accountTail ?? null}::text, account_tail),
      declined_on = case when ${state} = 'declined' then ${on}::date end, declined_reason = ${reason ?? null},
      paid_on = case when ${state} = 'paid' then ${on}::date end, paid_fen = ${fen ?? null}::bigint, voucher = ${voucher ?? null}
    where tenant_id = ${tx.tenant} and policy_id = ${policy} and enterprise_id = ${enterprise}`)

export interface CohortRow {
  readonly policyId: PolicyId
  readonly title: string
  readonly unitId: UnitId
  readonly payWithin: number
  readonly since: string
  readonly size: number
  readonly settled: number
}
/** Those found eligible on one day by one policy, and how many of them are paid, have declined or are eligible no more. */
export const listCohorts = (tx: Tx) =>
  tx.run<CohortRow>(sql`
    select n.policy_id, n.since, max(v.body->>'title') as title, max(v.body->>'unitId')::uuid as unit_id, min((v.body->>'payWithin')::int) as pay_within,
      count(*) as size, count(*) filter (where n.state in ('paid', 'declined', 'lapsed')) as settled
    from entitlement n join policy_version v on v.tenant_id = n.tenant_id and v.policy_id = n.policy_id and v.version = n.version
    where n.tenant_id = ${tx.tenant} group by n.policy_id, n.since`)

export interface NeedRow {
  readonly id: NeedId
  readonly enterpriseId: EnterpriseId
  readonly kind: NeedKind
  readonly words: string
  readonly onDay: string
  readonly state: NeedState
  readonly reply: string | null
  readonly byName: string
}
const NEED = sql`id, enterprise_id, kind, words, on_day, state, reply, by_name`
export const listNeeds = (tx: Tx, enterprise: EnterpriseId) =>
  tx.run<NeedRow>(
    sql`select ${NEED} from enterprise_need where tenant_id = ${tx.tenant} and enterprise_id = ${enterprise} order by on_day desc, id`,
  )
/** Those of all enterprises that nobody has answered, the oldest first. */
export const listOpenNeeds = (tx: Tx) =>
  tx.run<NeedRow & { enterprise: string }>(sql`
    select n.id, n.enterprise_id, n.kind, n.words, n.on_day, n.state, n.reply, n.by_name, t.name as enterprise from enterprise_need n
    join liaison_target t on t.tenant_id = n.tenant_id and t.id = n.enterprise_id
    where n.tenant_id = ${tx.tenant} and n.state = 'asked' order by n.on_day, n.id`)
export const findNeed = async (tx: Tx, id: NeedId) =>
  (
    await tx.run<NeedRow>(
      sql`select ${NEED} from enterprise_need where tenant_id = ${tx.tenant} and id = ${id} for update`,
    )
  )[0]
export const insertNeed = (tx: Tx, enterprise: EnterpriseId, need: NewNeed, by: Actor) =>
  tx.run(sql`
    insert into enterprise_need (tenant_id, id, enterprise_id, kind, words, on_day, state, by_name, at)
    values (${tx.tenant}, ${newId()}, ${enterprise}, ${need.kind}, ${need.words}, ${need.on}, 'asked', ${by.name}, ${by.at})`)
export const closeNeed = (
  tx: Tx,
  id: NeedId,
  { state, reply }: { readonly state: NeedState; readonly reply: string },
) =>
  tx.run(
    sql`update enterprise_need set state = ${state}, reply = ${reply} where tenant_id = ${tx.tenant} and id = ${id}`,
  )
