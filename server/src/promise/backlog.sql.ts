import type { BacklogAge, CaseId, EnterpriseId, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import { type sightOf, visible } from '#case'
import type { Tx } from '#kernel/store'

export interface BacklogCase {
  readonly id: CaseId
  readonly number: string
  readonly title: string
  readonly type: string
  readonly stage: string
  readonly enterpriseId: EnterpriseId
  readonly enterpriseName: string
  readonly unitId: UnitId | null
  readonly unit: string | null
  readonly receivedOn: string
  readonly days: number
  readonly age: BacklogAge
}
const days = (today: string) => sql`(${today}::date - (c.received_at at time zone 'Asia/Shanghai')::date)`
const age = (today: string) => sql`case when ${days(today)} <= 30 then 'd30' when ${days(today)} <= 90 then 'd90'
  when ${days(today)} <= 180 then 'd180' when ${days(today)} <= 365 then 'd365' else 'older' end`

/** How many open matters of enterprises, each once, by unit and age in natural days. */
export const countBacklog = (tx: Tx, sight: ReturnType<typeof sightOf>, today: string) =>
  tx.run<{ unitId: UnitId | null; unit: string | null; age: BacklogAge; count: number }>(sql`
    select u.id as unit_id, u.name as unit, ${age(today)} as age, count(*) as count
    from "case" c left join unit u on u.tenant_id = c.tenant_id and u.id = c.lead_unit_id
    where c.tenant_id = ${tx.tenant} and c.closed_at is null and ${visible(sight, tx.tenant)}
      and exists (select from enterprise_case e where e.tenant_id = c.tenant_id and e.case_id = c.id)
    group by 1, 2, 3`)

/** A page of the same matters one by one, the oldest first, one more than the limit where there is more. */
export const listBacklog = (
  tx: Tx,
  { age: wanted, unit }: { readonly age?: BacklogAge | undefined; readonly unit?: UnitId | undefined },
  sight: ReturnType<typeof sightOf>,
  today: string,
  page: { readonly after: string | undefined; readonly limit: number },
) =>
  tx.run<BacklogCase>(sql`
    select * from (
      select distinct on (c.id) c.id, c.number, c.title, c.type, c.stage, t.id as enterprise_id, t.name as enterprise_name, c.lead_unit_id as unit_id,
        u.name as unit, (c.received_at at time zone 'Asia/Shanghai')::date as received_on, ${days(today)} as days, ${age(today)} as age
      from "case" c join enterprise_case e on e.tenant_id = c.tenant_id and e.case_id = c.id
      join liaison_target t on t.tenant_id = e.tenant_id and t.id = e.enterprise_id
      left join unit u on u.tenant_id = c.tenant_id and u.id = c.lead_unit_id
      where c.tenant_id = ${tx.tenant} and c.closed_at is null and ${visible(sight, tx.tenant)}
        and (${unit === undefined} or c.lead_unit_id = ${unit ?? null}::uuid)
      order by c.id, e.at) k
    where (${wanted === undefined} or k.age = ${wanted ?? null})
      and (${page.after ?? null}::uuid is null or (k.received_on, k.id) > (select (a.received_at at time zone 'Asia/Shanghai')::date, a.id from "case" a
        where a.tenant_id = ${tx.tenant} and a.id = ${page.after ?? null}::uuid))
    order by k.received_on, k.id limit ${page.limit + 1}`)
