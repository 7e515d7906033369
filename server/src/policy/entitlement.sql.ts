import type { DisbursementId, EnterpriseId, EntitlementState, PolicyId, PolicyReason, UnitId } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'
import { dayOf } from '#org'

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
  readonly disbursementId: DisbursementId | null
}
export interface EntitlementFilter {
  readonly policy?: PolicyId | undefined
  readonly enterprise?: EnterpriseId | undefined
  readonly state?: EntitlementState | undefined
  /** As they stood at the end of a day. */
  readonly on?: string | undefined
}
/** The entitlements as they are, or the last that each was by the end of a day. */
const standing = (tx: Tx, on: string | undefined): RawBuilder<unknown> =>
  on === undefined
    ? sql`entitlement`
    : sql`(select distinct on (h.policy_id, h.enterprise_id) h.* from entitlement_history h
        where h.tenant_id = ${tx.tenant} and h.on_day <= ${on} order by h.policy_id, h.enterprise_id, h.seq desc)`
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
      n.offered_on, n.confirmed_on, n.declined_reason, n.paid_on, n.paid_fen, n.voucher, n.disbursement_id
    from ${standing(tx, filter.on)} n
    join policy_version v on v.tenant_id = n.tenant_id and v.policy_id = n.policy_id and v.version = n.version
    join liaison_target t on t.tenant_id = n.tenant_id and t.id = n.enterprise_id
    where ${filtered(tx, filter)} order by n.since, t.name, n.policy_id limit ${MOST}`)
export const lockEntitlement = (tx: Tx, policy: PolicyId, enterprise: EnterpriseId) =>
  tx.run(
    sql`select 1 from entitlement where tenant_id = ${tx.tenant} and policy_id = ${policy} and enterprise_id = ${enterprise} for update`,
  )

/** What a voucher has paid to an enterprise by policies. */
export const findPaidBy = async (tx: Tx, enterprise: EnterpriseId, voucher: string) =>
  (
    await tx.run<{ title: string }>(sql`
    select v.body->>'title' as title from entitlement n join policy_version v on v.tenant_id = n.tenant_id and v.policy_id = n.policy_id and v.version = n.version
    where n.tenant_id = ${tx.tenant} and n.enterprise_id = ${enterprise} and n.voucher = ${voucher} limit 1`)
  )[0]
interface Pair {
  readonly policyId: PolicyId
  readonly enterpriseId: EnterpriseId
}
/** The entitlement that a payment of the funds ledger has paid. */
export const findPaidWith = async (tx: Tx, disbursement: DisbursementId) =>
  (
    await tx.run<Pair>(
      sql`select policy_id, enterprise_id from entitlement where tenant_id = ${tx.tenant} and disbursement_id = ${disbursement} for update`,
    )
  )[0]

/** How many of each policy are where, and what was paid. */
export const countEntitlements = (tx: Tx) =>
  tx.run<{ policyId: PolicyId; entitled: number; paid: number; paidFen: number; waiting: number }>(sql`
    select policy_id, count(*) filter (where state not in ('lapsed', 'declined')) as entitled, count(*) filter (where state = 'paid') as paid,
      coalesce(sum(paid_fen), 0)::bigint as paid_fen, count(*) filter (where state = 'eligible') as waiting
    from entitlement where tenant_id = ${tx.tenant} group by policy_id`)

/** How long it took from eligible to paid, in natural days, over all that were paid; none where it was paid before it was found. */
export const daysToPaid = async (tx: Tx, policy: PolicyId) =>
  (
    await tx.run<{ median: number | null; longest: number | null; n: number }>(sql`
    select percentile_cont(0.5) within group (order by greatest(paid_on - since, 0)) as median, max(greatest(paid_on - since, 0)) as longest, count(*) as n
    from entitlement where tenant_id = ${tx.tenant} and policy_id = ${policy} and state = 'paid'`)
  )[0] ?? { median: null, longest: null, n: 0 }

/** Where every entitlement stands, without its reasons. */
export const listStates = (tx: Tx) =>
  tx.run<{ policyId: PolicyId; enterpriseId: EnterpriseId; state: EntitlementState; version: number }>(
    sql`select policy_id, enterprise_id, state, version from entitlement where tenant_id = ${tx.tenant}`,
  )

/** Writes entitlements and, with them, what they were from a day on: nothing that once stood is lost. @param changed a statement that returns whole rows */
const kept = (tx: Tx, changed: RawBuilder<unknown>, day: string) =>
  tx.run(sql`
    with c as (${changed} returning n.*)
    insert into entitlement_history (tenant_id, policy_id, enterprise_id, seq, on_day, version, state, since, why, offered_on, confirmed_on,
      declined_reason, paid_on, paid_fen, voucher, disbursement_id, by_name, at)
    select c.tenant_id, c.policy_id, c.enterprise_id, 1 + coalesce((select max(h.seq) from entitlement_history h
        where h.tenant_id = c.tenant_id and h.policy_id = c.policy_id and h.enterprise_id = c.enterprise_id), 0),
      ${day}, c.version, c.state, c.since, c.why, c.offered_on, c.confirmed_on, c.declined_reason, c.paid_on, c.paid_fen, c.voucher, c.disbursement_id,
      c.by_name, c.updated_at
    from c`)

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
  kept(
    tx,
    sql`
    insert into entitlement as n (tenant_id, policy_id, enterprise_id, version, state, since, why, by_name, updated_at)
    select ${tx.tenant}, r."policyId", r."enterpriseId", r.version, 'eligible', ${day}, r.why, ${by.name}, ${by.at}
    from jsonb_to_recordset(${JSON.stringify(found)}::jsonb) as r ("policyId" uuid, "enterpriseId" uuid, version int, why jsonb)
    on conflict (tenant_id, policy_id, enterprise_id) do update set version = excluded.version, state = 'eligible', since = excluded.since, why = excluded.why,
      offered_on = null, confirmed_on = null, account_tail = null, declined_on = null, declined_reason = null, by_name = excluded.by_name, updated_at = excluded.updated_at`,
    day,
  )
/** Marks those that are eligible no more. What was confirmed stays owed. */
export const lapse = (tx: Tx, pairs: readonly Pair[], day: string, by: Pick<Actor, 'name' | 'at'>) =>
  kept(
    tx,
    sql`
    update entitlement n set state = 'lapsed', by_name = ${by.name}, updated_at = ${by.at}
    from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as r ("policyId" uuid, "enterpriseId" uuid)
    where n.tenant_id = ${tx.tenant} and n.policy_id = r."policyId" and n.enterprise_id = r."enterpriseId"`,
    day,
  )

export interface EntitlementStep {
  readonly state: EntitlementState
  readonly on: string
  readonly accountTail?: string
  readonly reason?: string
  readonly fen?: number
  readonly voucher?: string
  readonly disbursementId?: DisbursementId
}
export const stepEntitlement = (
  tx: Tx,
  policy: PolicyId,
  enterprise: EnterpriseId,
  { state, on, accountTail, reason, fen, voucher, disbursementId }: EntitlementStep,
  by: Actor,
) =>
  kept(
    tx,
    sql`
    update entitlement n set state = ${state}, by_name = ${by.name}, updated_at = ${by.at},
      offered_on = case when ${state} = 'offered' then ${on}::date else offered_on end,
      confirmed_on = case when ${state} = 'confirmed' then ${on}::date else confirmed_on end, account_tail = coalesce(${accountTail ?? null}::text, account_tail),
      declined_on = case when ${state} = 'declined' then ${on}::date end, declined_reason = ${reason ?? null},
      paid_on = case when ${state} = 'paid' then ${on}::date end, paid_fen = ${fen ?? null}::bigint, voucher = ${voucher ?? null},
      disbursement_id = ${disbursementId ?? null}, by_unit = ${state} = 'paid' and ${disbursementId === undefined}
    where n.tenant_id = ${tx.tenant} and n.policy_id = ${policy} and n.enterprise_id = ${enterprise}`,
    on,
  )
/** Tells everybody at once who was found eligible by a policy and has not been told. */
export const offerEligible = (tx: Tx, policy: PolicyId, day: string, by: Actor) =>
  kept(
    tx,
    sql`
    update entitlement n set state = 'offered', offered_on = ${day}, by_name = ${by.name}, updated_at = ${by.at}
    where n.tenant_id = ${tx.tenant} and n.policy_id = ${policy} and n.state = 'eligible'`,
    day,
  )
/** Joins a payment that the unit had entered itself to the same one of the funds ledger. */
export const joinPayment = (tx: Tx, { policyId, enterpriseId }: Pair, disbursement: DisbursementId, by: Actor) =>
  kept(
    tx,
    sql`
    update entitlement n set disbursement_id = ${disbursement}, by_name = ${by.name}, updated_at = ${by.at}
    where n.tenant_id = ${tx.tenant} and n.policy_id = ${policyId} and n.enterprise_id = ${enterpriseId}`,
    dayOf(by.at),
  )
/** Takes a payment of the funds ledger back: what the unit had entered itself stays paid, else the entitlement is again what it was before. */
export const unpay = (tx: Tx, { policyId, enterpriseId }: Pair, by: Actor) =>
  kept(
    tx,
    sql`
    update entitlement n set disbursement_id = null, by_name = ${by.name}, updated_at = ${by.at},
      paid_on = case when by_unit then paid_on end, paid_fen = case when by_unit then paid_fen end, voucher = case when by_unit then voucher end,
      state = case when by_unit then state when confirmed_on is not null then 'confirmed' when offered_on is not null then 'offered' else 'eligible' end
    where n.tenant_id = ${tx.tenant} and n.policy_id = ${policyId} and n.enterprise_id = ${enterpriseId}`,
    dayOf(by.at),
  )

export interface CohortRow {
  readonly policyId: PolicyId
  readonly title: string
  readonly unitId: UnitId
  readonly payWithin: number
  readonly since: string
  readonly size: number
  readonly settled: number
}
/**
 * Those found eligible on one day by one policy, and how many of them are paid, have declined or are eligible no more; whoever was found again later stands
 * in both, in the first as what it then came to.
 */
export const listCohorts = (tx: Tx) =>
  tx.run<CohortRow>(sql`
    select n.policy_id, n.since, max(v.body->>'title') as title, max(v.body->>'unitId')::uuid as unit_id, min((v.body->>'payWithin')::int) as pay_within,
      count(*) as size, count(*) filter (where n.state in ('paid', 'declined', 'lapsed')) as settled
    from (select distinct on (h.policy_id, h.enterprise_id, h.since) h.* from entitlement_history h where h.tenant_id = ${tx.tenant}
      order by h.policy_id, h.enterprise_id, h.since, h.seq desc) n
    join policy_version v on v.tenant_id = n.tenant_id and v.policy_id = n.policy_id and v.version = n.version
    where n.tenant_id = ${tx.tenant} group by n.policy_id, n.since`)
