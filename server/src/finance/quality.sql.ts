import type {
  EnterpriseId,
  NewQualityProvider,
  NewQualityRequest,
  QualityRequestId,
  QualityService,
  QualityState,
  UnitId,
} from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Actor } from '#kernel/actor'
import type { Tx } from '#kernel/store'

export interface QualityFilter {
  readonly id?: QualityRequestId | undefined
  readonly state?: QualityState | undefined
  readonly enterprise?: EnterpriseId | undefined
}
interface Name<Id> {
  readonly id: Id
  readonly name: string
}
export interface QualityRow {
  readonly id: QualityRequestId
  readonly enterprise: Name<EnterpriseId>
  readonly services: readonly QualityService[]
  readonly need: string
  readonly unit: Name<UnitId>
  readonly state: QualityState
  readonly on: string
  readonly dueOn: string
  readonly provider: Name<string> | null
  readonly feeFen: number | null
  readonly quotedOn: string | null
  readonly endedOn: string | null
  readonly note: string | null
}
function conditionsOf(tx: Tx, { id, state, enterprise }: QualityFilter) {
  const conditions: RawBuilder<unknown>[] = [sql`q.tenant_id = ${tx.tenant}`]
  if (id !== undefined) conditions.push(sql`q.id = ${id}`)
  if (state !== undefined) conditions.push(sql`q.state = ${state}`)
  if (enterprise !== undefined) conditions.push(sql`q.enterprise_id = ${enterprise}`)
  return sql.join(conditions, sql` and `)
}
/** Requests, those due soonest first, what is over last. */
export const listRequests = (tx: Tx, filter: QualityFilter) =>
  tx.run<QualityRow>(sql`
    select q.id, jsonb_build_object('id', t.id, 'name', t.name) as enterprise, q.services, q.need, jsonb_build_object('id', u.id, 'name', u.name) as unit,
      q.state, q.on_day as on, q.due_on, case when v.id is not null then jsonb_build_object('id', v.id, 'name', v.name) end as provider, q.fee_fen,
      q.quoted_on, q.ended_on, q.note
    from quality_request q join liaison_target t on t.tenant_id = q.tenant_id and t.id = q.enterprise_id
    join unit u on u.tenant_id = q.tenant_id and u.id = q.unit_id
    left join quality_provider v on v.tenant_id = q.tenant_id and v.id = q.provider_id
    where ${conditionsOf(tx, filter)} order by q.ended_on desc nulls first, q.due_on, q.id limit 500`)

/** All of them, those done, and how many distinct enterprises were served. */
export const countRequests = async (tx: Tx, filter: QualityFilter) =>
  (
    await tx.run<{ total: number; done: number; served: number }>(sql`
    select count(*) as total, count(*) filter (where q.state = 'done') as done,
      count(distinct q.enterprise_id) filter (where q.state = 'done') as served
    from quality_request q where ${conditionsOf(tx, filter)}`)
  )[0] ?? { total: 0, done: 0, served: 0 }

export const insertRequest = (tx: Tx, id: QualityRequestId, given: NewQualityRequest, by: Actor) =>
  tx.run(sql`
    insert into quality_request (tenant_id, id, enterprise_id, services, need, unit_id, state, on_day, due_on, by_name, at)
    values (${tx.tenant}, ${id}, ${given.enterpriseId}, ${given.services}::text[], ${given.need}, ${given.unitId}, 'requested', ${given.on},
      ${given.dueOn}, ${by.name}, ${by.at})`)

/** Holds a request until the transaction ends. */
export const lockRequest = (tx: Tx, id: QualityRequestId) =>
  tx.run(sql`select 1 from quality_request where tenant_id = ${tx.tenant} and id = ${id} for update`)

interface Quote {
  readonly on: string
  readonly providerId: string
  readonly feeFen: number
}
export const setQuote = (tx: Tx, id: QualityRequestId, { on, providerId, feeFen }: Quote) =>
  tx.run(sql`
    update quality_request set state = 'quoted', provider_id = ${providerId}, fee_fen = ${feeFen}, quoted_on = ${on}
    where tenant_id = ${tx.tenant} and id = ${id}`)
export const setEnd = (
  tx: Tx,
  id: QualityRequestId,
  { state, on, note }: { readonly state: 'done' | 'withdrawn'; readonly on: string; readonly note: string | null },
) =>
  tx.run(sql`
    update quality_request set state = ${state}, ended_on = ${on}, note = ${note} where tenant_id = ${tx.tenant} and id = ${id}`)

export interface ProviderRow {
  readonly id: string
  readonly name: string
  readonly services: QualityService[]
}
export const listProviders = (tx: Tx) =>
  tx.run<ProviderRow>(sql`
    select id, name, services from quality_provider where tenant_id = ${tx.tenant} order by name limit 500`)
/** @returns false where the name is known */
export const insertProvider = async (tx: Tx, id: string, { name, services }: NewQualityProvider, by: Actor) =>
  (
    await tx.run(sql`
    insert into quality_provider (tenant_id, id, name, services, by_name, at)
    values (${tx.tenant}, ${id}, ${name}, ${services}::text[], ${by.name}, ${by.at}) on conflict (tenant_id, name) do nothing returning 1 as one`)
  ).length > 0
