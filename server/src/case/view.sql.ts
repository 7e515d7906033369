import type { CaseId, PartyId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'
import type { PartyRow } from './engine/case.sql.ts'

export interface RoundRow {
  readonly round: number
  readonly startedAt: string
  readonly leadUnitId: string | null
  readonly dueAt: string | null
  readonly answeredAt: string | null
  readonly closedAt: string | null
  readonly answer: string | null
  readonly outcome: never
  readonly satisfied: boolean | null
  readonly solved: boolean | null
  readonly grade: number | null
}
export interface Surroundings {
  readonly units: Readonly<Record<string, string>> | null
  readonly people: Readonly<Record<string, string>> | null
  readonly categoryLabel: string | null
  readonly rounds: readonly RoundRow[] | null
  readonly attachments: readonly { id: string; name: string; bytes: number; mediaType: string }[] | null
  readonly party: Pick<
    PartyRow,
    'id' | 'kind' | 'name' | 'phone' | 'email' | 'proxyName' | 'proxyPhone' | 'proxyRelation'
  > | null
}

/** The names and the rows around a case, in one round trip. */
export const getSurroundings = async (
  tx: Tx,
  caseId: CaseId,
  names: { units: readonly (string | null)[]; people: readonly (string | null)[]; category: string | null },
) =>
  (
    await tx.run<Surroundings>(sql`
    select
      (select jsonb_object_agg(id, name) from unit where tenant_id = ${tx.tenant} and (id = any(${names.units.filter(Boolean)}::uuid[])
        or id in (select lead_unit_id from case_round where tenant_id = ${tx.tenant} and case_id = ${caseId}))) as units,
      (select jsonb_object_agg(id, name) from person where tenant_id = ${tx.tenant} and id = any(${names.people.filter(Boolean)}::uuid[])) as people,
      (select label from topic where tenant_id = ${tx.tenant} and id = ${names.category}) as category_label,
      (select jsonb_agg(jsonb_build_object('round', round, 'startedAt', started_at, 'leadUnitId', lead_unit_id, 'dueAt', due_at, 'answeredAt', answered_at,
          'closedAt', closed_at, 'answer', answer, 'outcome', outcome, 'satisfied', satisfied, 'solved', solved, 'grade', grade) order by round)
        from case_round where tenant_id = ${tx.tenant} and case_id = ${caseId}) as rounds,
      (select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'bytes', bytes, 'mediaType', media_type) order by created_at)
        from blob where tenant_id = ${tx.tenant} and attached_id = ${caseId}) as attachments,
      (select jsonb_build_object('id', id, 'kind', kind, 'name', name, 'phone', phone, 'email', email,
          'proxyName', proxy_name, 'proxyPhone', proxy_phone, 'proxyRelation', proxy_relation)
        from party where tenant_id = ${tx.tenant} and case_id = ${caseId} and role = 'asker' limit 1) as party`)
  )[0]

/** The asker; who only follows a case is shown to nobody. */
export const findParty = async (tx: Tx, id: PartyId) =>
  (
    await tx.run<Omit<PartyRow, 'id' | 'kind' | 'createdAt' | 'webhookUrl' | 'role'>>(sql`
    select case_id, name, phone, email, uscc, said, proxy_name, proxy_phone, proxy_relation from party
    where tenant_id = ${tx.tenant} and id = ${id} and role = 'asker'`)
  )[0]

/** Names of units and people by id. */
export const listNames = async (
  tx: Tx,
  ids: { units: readonly (string | null)[]; people: readonly (string | null)[] },
): Promise<ReadonlyMap<string, string>> =>
  new Map(
    (
      await tx.run<{ id: string; name: string }>(sql`
      select id, name from unit where tenant_id = ${tx.tenant} and id = any(${ids.units.filter((id) => id !== null)}::uuid[])
      union all
      select id, name from person where tenant_id = ${tx.tenant} and id = any(${ids.people.filter((id) => id !== null)}::uuid[])`)
    ).map(({ id, name }) => [id, name]),
  )

/** How many appeals were merged into a problem, are answered, could not be reached. */
export const countMerged = async (tx: Tx, caseId: CaseId) =>
  (
    await tx.run<{ total: number; answered: number; unreachable: number }>(sql`
    select count(*) as total, count(*) filter (where answered_at is not null) as answered,
      count(*) filter (where stage in ('calledBack', 'closed') and satisfied is null and reach_tries > 0) as unreachable
    from "case" where tenant_id = ${tx.tenant} and problem_id = ${caseId}`)
  )[0] ?? { total: 0, answered: 0, unreachable: 0 }
