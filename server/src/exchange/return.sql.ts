import { type RawBuilder, sql } from 'kysely'
import { type CaseState, type Sight, visible } from '#case'
import type { Tx } from '#kernel/store'

/**
 * Writes marks with places in one line. Locked until the commit: who reads up to a place has seen everything before it, nothing is committed
 * late with an earlier place.
 */
export async function insertMarks(
  tx: Tx,
  marks: readonly { caseId: string; revision: number; at: Date }[],
): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(${tx.tenant}::int, hashtext('exchange_return'))`)
  await tx.run(sql`
    insert into exchange_return (tenant_id, case_id, revision, position, ready_at)
    select ${tx.tenant}, m."caseId", m.revision, row_number() over (order by m.at, m."caseId", m.revision)
      + (select coalesce(max(position), 0) from exchange_return where tenant_id = ${tx.tenant}), m.at
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as m ("caseId" uuid, revision int, at timestamptz)
    on conflict (tenant_id, case_id, revision) do nothing`)
}

/** A result that goes back, with the case it belongs to. */
export interface ReturnRow
  extends Pick<
    CaseState,
    | 'id'
    | 'number'
    | 'type'
    | 'stage'
    | 'outcome'
    | 'answer'
    | 'satisfied'
    | 'grade'
    | 'receivedAt'
    | 'acceptedAt'
    | 'dispatchedAt'
    | 'answeredAt'
    | 'closedAt'
  > {
  readonly superior: NonNullable<CaseState['superior']>
  readonly revision: number
  readonly position: number
  readonly readyAt: Date
  readonly acknowledgedAt: Date | null
  readonly again: boolean
  readonly unit: string | null
  readonly files: readonly { id: string; name: string }[] | null
  readonly steps: readonly { at: string; action: string; unit: string | null }[] | null
}

/** Which of the results. The days are those on which they were ready, in the district's time. */
export interface ReturnFilter {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly body?: string | undefined
  readonly all?: boolean | undefined
  readonly after?: number | undefined
  readonly upTo?: number | undefined
}

/** The newest revision of each case that has a result now; a case that was reopened has none until it is answered again. */
function conditions(tx: Tx, filter: ReturnFilter, sight: Sight): RawBuilder<unknown> {
  const { from, to, body, all, after, upTo } = filter
  const parts = [
    sql`r.tenant_id = ${tx.tenant} and coalesce(c.answered_at, c.closed_at) is not null`,
    sql`not exists (select from exchange_return n where n.tenant_id = r.tenant_id and n.case_id = r.case_id and n.revision > r.revision)`,
    visible(sight, tx.tenant),
    all ? undefined : sql`r.acknowledged_at is null`,
    from && sql`r.ready_at >= ${`${from}T00:00:00+08:00`}::timestamptz`,
    to && sql`r.ready_at < ${`${to}T00:00:00+08:00`}::timestamptz + interval '1 day'`,
    body && sql`c.superior ->> 'body' = ${body}`,
    after === undefined ? undefined : sql`r.position > ${after}`,
    upTo === undefined ? undefined : sql`r.position <= ${upTo}`,
  ]
  return sql.join(
    parts.filter((part) => part !== undefined && part !== ''),
    sql` and `,
  )
}

/** Results in the order in which they became ready. Cost: one range of places, then the events and files of the rows. */
export const listReturns = (
  tx: Tx,
  filter: ReturnFilter,
  sight: Sight,
  { limit, steps }: { limit: number; steps: readonly string[] },
) =>
  tx.run<ReturnRow>(sql`
    select c.id, c.number, c.type, c.stage, c.outcome, c.answer, c.satisfied, c.grade, c.received_at, c.accepted_at, c.dispatched_at, c.answered_at,
      c.closed_at, c.superior, r.revision, r.position, r.ready_at, r.acknowledged_at, u.name as unit,
      exists (select from exchange_return b where b.tenant_id = r.tenant_id and b.case_id = r.case_id and b.revision < r.revision
        and b.acknowledged_at is not null) as again,
      (select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name) order by f.created_at, f.id) from blob f
        where f.tenant_id = c.tenant_id and f.attached_id = c.id) as files,
      (select jsonb_agg(jsonb_build_object('at', e.at, 'action', e.action, 'unit', eu.name) order by e.seq) from case_event e
        left join unit eu on eu.tenant_id = e.tenant_id and eu.id = e.by_unit
        where e.tenant_id = c.tenant_id and e.case_id = c.id and e.action = any(${[...steps]}::text[])) as steps
    from exchange_return r
    join "case" c on c.tenant_id = r.tenant_id and c.id = r.case_id
    left join unit u on u.tenant_id = c.tenant_id and u.id = coalesce(c.lead_unit_id, c.holder_unit_id)
    where ${conditions(tx, filter, sight)}
    order by r.position limit ${limit}`)

/** How many results wait. */
export const countWaiting = async (tx: Tx, filter: ReturnFilter, sight: Sight) =>
  (
    await tx.run<{ count: number }>(sql`
    select count(*) from exchange_return r join "case" c on c.tenant_id = r.tenant_id and c.id = r.case_id
    where ${conditions(tx, filter, sight)}`)
  )[0]?.count ?? 0

/** Everything up to a place has arrived above, earlier revisions with it. @returns how many results that were */
export const acknowledgeUpTo = async (tx: Tx, filter: ReturnFilter, sight: Sight, by: { name: string; at: Date }) =>
  (
    await tx.run<{ current: boolean }>(sql`
    with arrived as (select r.case_id, r.revision from exchange_return r join "case" c on c.tenant_id = r.tenant_id and c.id = r.case_id
      where ${conditions(tx, filter, sight)})
    update exchange_return m set acknowledged_at = ${by.at}, acknowledged_by = ${by.name}
    from arrived where m.tenant_id = ${tx.tenant} and m.case_id = arrived.case_id and m.revision <= arrived.revision and m.acknowledged_at is null
    returning m.revision = arrived.revision as current`)
  ).filter(({ current }) => current).length

/** Single results have arrived above. @returns those that are known, whether or not they were acknowledged before */
export const acknowledgeEach = async (
  tx: Tx,
  items: readonly { cityNumber: string; revision: number }[],
  by: { name: string; at: Date },
) =>
  tx.run<{ cityNumber: string; revision: number; fresh: boolean }>(sql`
    with wanted as (
      select c.superior ->> 'number' as city_number, r.case_id, r.revision, r.acknowledged_at is null as fresh
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as w ("cityNumber" text, revision int)
      join "case" c on c.tenant_id = ${tx.tenant} and c.superior is not null and c.superior ->> 'number' = w."cityNumber"
      join exchange_return r on r.tenant_id = c.tenant_id and r.case_id = c.id and r.revision = w.revision
    ), marked as (
      update exchange_return m set acknowledged_at = ${by.at}, acknowledged_by = ${by.name}
      from wanted where m.tenant_id = ${tx.tenant} and m.case_id = wanted.case_id and m.revision <= wanted.revision and m.acknowledged_at is null
    )
    select city_number, revision, fresh from wanted`)
