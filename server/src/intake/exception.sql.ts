import type { CaseId, ServiceObstacle, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import type { Tx } from '#kernel/store'

export interface ExceptionRow {
  readonly id: string
  readonly onDay: string
  readonly kind: ServiceObstacle
  readonly what: string
  readonly why: string | null
  readonly instead: string
  readonly done: boolean
  readonly place: string | null
  readonly caseId: CaseId | null
  readonly byName: string
  readonly unitId: UnitId | null
}
export interface ShownException extends ExceptionRow {
  readonly caseNumber: string | null
  readonly unit: string | null
}
export interface ExceptionFilter {
  readonly from: string
  readonly to: string
  readonly kind?: ServiceObstacle | undefined
  /** Null: of every unit. */
  readonly units: readonly UnitId[] | null
}

export const insertException = (tx: Tx, row: ExceptionRow & { readonly byPerson: string | null; readonly at: Date }) =>
  tx.run(sql`
    insert into service_exception (tenant_id, id, on_day, kind, what, why, instead, done, place, case_id, by_person, by_name, unit_id, created_at)
    values (${tx.tenant}, ${row.id}, ${row.onDay}, ${row.kind}, ${row.what}, ${row.why}, ${row.instead}, ${row.done}, ${row.place}, ${row.caseId},
      ${row.byPerson}, ${row.byName}, ${row.unitId}, ${row.at})`)

const wanted = (tx: Tx, { from, to, kind, units }: ExceptionFilter) => sql`
  e.tenant_id = ${tx.tenant} and e.on_day between ${from}::date and ${to}::date and (${kind ?? null}::text is null or e.kind = ${kind ?? null})
    and (${units === null}::boolean or e.unit_id = any(${[...(units ?? [])]}::uuid[]))`

/** Entries of a time, the latest first. Uses index service_exception_day. */
export const listExceptions = (tx: Tx, filter: ExceptionFilter, limit: number) =>
  tx.run<ShownException>(sql`
    select e.id, e.on_day::text as on_day, e.kind, e.what, e.why, e.instead, e.done, e.place, e.case_id, e.by_name, e.unit_id,
      c.number as case_number, u.name as unit
    from service_exception e
    left join "case" c on c.tenant_id = e.tenant_id and c.id = e.case_id
    left join unit u on u.tenant_id = e.tenant_id and u.id = e.unit_id
    where ${wanted(tx, filter)} order by e.on_day desc, e.id desc limit ${limit}`)

/** How many of each kind, whatever the limit of a list. */
export const countExceptions = (tx: Tx, filter: ExceptionFilter) =>
  tx.run<{ kind: ServiceObstacle; count: number; done: number }>(sql`
    select e.kind, count(*) as count, count(*) filter (where e.done) as done from service_exception e where ${wanted(tx, filter)}
    group by 1 order by 2 desc, 1`)
