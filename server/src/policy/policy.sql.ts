import type { NewPolicy, PersonId, PolicyId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Actor } from '#kernel/actor'
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
  readonly endedReason: string | null
  readonly unitName: string
}
/** Every version of policies, the oldest first. */
export const listVersions = (tx: Tx, id?: PolicyId) =>
  tx.run<VersionRow>(sql`
    select v.policy_id, v.version, v.body, v.by_person, v.by_name, v.at, v.published_by, v.published_at, p.ended_on, p.ended_reason, u.name as unit_name
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
