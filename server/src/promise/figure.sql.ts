import type { PromiseAxis, PromiseId, PromiseState, PromiseTotals } from '@banjie/contract'
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '#kernel/store'
import { ORDER, type PromiseFilter, scopeOf } from './promise.sql.ts'

/** Which promises are meant, by what follows from their payments too. */
export interface Wanted extends PromiseFilter {
  readonly state?: PromiseState | undefined
  readonly overdue?: 'yes' | undefined
  readonly breached?: 'yes' | undefined
}

/** Payments of a promise `b` that count; of one plan where it is named. */
const paid = (more: RawBuilder<unknown>) => sql`(select coalesce(sum(y.fen), 0) from promise_payment y
  where y.tenant_id = b.tenant_id and y.promise_id = b.id and y.voided_at is null ${more})`

/** Instalments of every plan that was ever approved, each as far as it is filled (`left`) and whether it was filled by its day. */
const INSTALMENTS = sql`
  select i.due, q.replaced_on, q.replaced_on is null as in_force,
    i.fen - greatest(0, least(i.fen, ${paid(sql`and y.plan_version = q.version`)} - i.until + i.fen)) as left,
    ${paid(sql`and y.plan_version = q.version and y.on_day <= i.due`)} < i.until as missed
  from (select version, (lead(decided_at) over (order by version) at time zone 'Asia/Shanghai')::date as replaced_on
    from promise_plan where tenant_id = b.tenant_id and promise_id = b.id and state = 'approved') q
  cross join lateral (select due, fen, sum(fen) over (order by no) as until
    from promise_instalment where tenant_id = b.tenant_id and promise_id = b.id and version = q.version) i`

/** The same as `balanceOf`, for all that are meant at once: the list adds up in one statement, however long it is. */
function figured(tx: Tx, { state, overdue, breached, ...filter }: Wanted, today: string) {
  const { from, where } = scopeOf(tx, filter)
  const conditions: RawBuilder<unknown>[] = [sql`true`]
  if (state !== undefined) conditions.push(sql`f.state = ${state}`)
  if (overdue !== undefined) conditions.push(sql`f.overdue`)
  if (breached !== undefined) conditions.push(sql`f.breaches > 0`)
  return sql`
    with k as (
      select b.id, b.enterprise_id, e.name as enterprise_name, coalesce(n.id, u.id) as unit_id, coalesce(n.name, u.name) as unit_name, b.kind, b.cause,
        b.deadline, b.closed_at, b.kept_on, coalesce(b.fen, 0) as fen, b.disputed_fen, ${paid(sql``)} as paid_fen, s.*
      from ${from} cross join lateral (
        select count(*) > 0 as is_planned, coalesce(sum(i.left) filter (where i.in_force), 0) as planned,
          coalesce(sum(i.left) filter (where i.in_force and i.due < ${today}::date), 0) as late,
          count(*) filter (where i.missed and i.due < ${today}::date and (i.replaced_on is null or i.due < i.replaced_on)) as breaches
        from (${INSTALMENTS}) i) s
      where ${where}
    ), r as (
      select k.*, greatest(0, k.fen - k.paid_fen) as rest_fen, k.closed_at is null and k.kept_on is null and k.deadline < ${today}::date as is_past,
        case when k.closed_at is not null then 'closed' when k.kept_on is not null then 'kept' when k.is_planned then 'paying' else 'open' end as state
      from k
    ), o as (
      select r.*, case when r.closed_at is null then r.late else 0 end
        + case when r.is_past then greatest(0, greatest(0, r.rest_fen - r.disputed_fen) - r.planned) else 0 end as overdue_fen
      from r
    ), b as (select f.* from (select o.*, o.overdue_fen > 0 or o.is_past as overdue from o) f where ${sql.join(conditions, sql` and `)})`
}

/** A page of the promises that are meant, one more than the limit where there is more. */
export const listPromiseIds = (
  tx: Tx,
  wanted: Wanted,
  today: string,
  page: { readonly after: string | undefined; readonly limit: number },
) =>
  tx.run<{ id: PromiseId }>(sql`
    ${figured(tx, wanted, today)} select b.id from b
    where ${page.after ?? null}::uuid is null or (b.closed_at is not null, b.deadline, b.id) > (select a.closed_at is not null, a.deadline, a.id
      from broken_promise a where a.tenant_id = ${tx.tenant} and a.id = ${page.after ?? null}::uuid)
    order by ${ORDER} limit ${page.limit + 1}`)

const TOTALS = sql`count(*) as promises, count(*) filter (where b.state <> 'closed') as open, count(*) filter (where b.overdue) as overdue,
  count(*) filter (where b.breaches > 0) as breached, count(distinct b.enterprise_id) as enterprises, coalesce(sum(b.fen), 0)::bigint as fen,
  coalesce(sum(b.paid_fen), 0)::bigint as paid_fen, coalesce(sum(b.rest_fen), 0)::bigint as rest_fen,
  coalesce(sum(b.overdue_fen), 0)::bigint as overdue_fen`

/** What all that are meant amount to. */
export const sumPromises = async (tx: Tx, wanted: Wanted, today: string): Promise<PromiseTotals> => {
  const [totals] = await tx.run<PromiseTotals>(sql`${figured(tx, wanted, today)} select ${TOTALS} from b`)
  if (totals === undefined) throw new Error('a sum has no row')
  return totals
}

const AXIS: Readonly<Record<PromiseAxis, readonly [key: RawBuilder<unknown>, label: RawBuilder<unknown>]>> = {
  unit: [sql`b.unit_id::text`, sql`b.unit_name`],
  enterprise: [sql`b.enterprise_id::text`, sql`b.enterprise_name`],
  cause: [sql`b.cause`, sql`b.cause`],
  kind: [sql`b.kind`, sql`b.kind`],
}
/** The same by unit, enterprise, cause or kind, most still to be paid first. */
export const sumPromisesBy = (tx: Tx, axis: PromiseAxis, wanted: Wanted, today: string) => {
  const [key, label] = AXIS[axis]
  return tx.run<PromiseTotals & { key: string; label: string }>(sql`
    ${figured(tx, wanted, today)} select ${key} as key, ${label} as label, ${TOTALS} from b group by 1, 2 order by rest_fen desc, promises desc, key`)
}
