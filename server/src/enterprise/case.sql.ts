import type { CaseId, EnterpriseCaseWay, EnterpriseId, UnitId } from '@banjie/contract'
import { sql } from 'kysely'
import { type sightOf, visible } from '#case'
import type { Tx } from '#kernel/store'

/** Ties a case to enterprises; what is tied already stays as it came. */
export const putEnterpriseCases = (
  tx: Tx,
  ties: readonly { readonly enterpriseId: EnterpriseId; readonly caseId: CaseId }[],
  way: EnterpriseCaseWay,
  at: Date,
) =>
  tx.run(sql`
    insert into enterprise_case (tenant_id, enterprise_id, case_id, way, at)
    select ${tx.tenant}, t."enterpriseId", t."caseId", ${way}, ${at} from jsonb_to_recordset(${JSON.stringify(ties)}::jsonb) as t ("enterpriseId" uuid, "caseId" uuid)
    join liaison_target e on e.tenant_id = ${tx.tenant} and e.id = t."enterpriseId" and e.kind = 'enterprise'
    on conflict do nothing`)

/** Ties cases to the enterprises whose code was given: by the asker, or by who visited them. */
export const putFiledCases = (tx: Tx, caseIds: readonly CaseId[], at: Date) =>
  tx.run(sql`
    insert into enterprise_case (tenant_id, enterprise_id, case_id, way, at)
    select p.tenant_id, t.id, p.case_id, case c.channel when 'visit' then 'visit' when 'platform' then 'demand' when 'meeting' then 'meeting' else 'filed' end, ${at} from party p
    join "case" c on c.tenant_id = p.tenant_id and c.id = p.case_id
    join liaison_target t on t.tenant_id = p.tenant_id and t.kind = 'enterprise' and t.uscc = p.uscc
    where p.tenant_id = ${tx.tenant} and p.case_id = any(${[...caseIds]}::uuid[]) on conflict do nothing`)

export interface TiedCase {
  readonly id: CaseId
  readonly number: string
  readonly title: string
  readonly type: string
  readonly stage: string
  readonly closed: boolean
  readonly leadUnit: { readonly id: UnitId; readonly name: string } | null
  readonly way: EnterpriseCaseWay
  readonly at: Date
}
/** A page of the cases of an enterprise that a caller sees, newest first. Cost: one range of enterprise_case_at. */
export const listTiedCases = (
  tx: Tx,
  id: EnterpriseId,
  sight: ReturnType<typeof sightOf>,
  page: { readonly after: string | undefined; readonly limit: number },
) =>
  tx.run<TiedCase>(sql`
    select c.id, c.number, c.title, c.type, c.stage, c.closed_at is not null as closed,
      case when u.id is null then null else jsonb_build_object('id', u.id, 'name', u.name) end as lead_unit, k.way, k.at
    from enterprise_case k join "case" c on c.tenant_id = k.tenant_id and c.id = k.case_id
    left join unit u on u.tenant_id = c.tenant_id and u.id = c.lead_unit_id
    where k.tenant_id = ${tx.tenant} and k.enterprise_id = ${id} and ${visible(sight, tx.tenant)}
      and (${page.after ?? null}::uuid is null or (k.at, k.case_id) < (select a.at, a.case_id from enterprise_case a
        where a.tenant_id = ${tx.tenant} and a.enterprise_id = ${id} and a.case_id = ${page.after ?? null}::uuid))
    order by k.at desc, k.case_id desc limit ${page.limit + 1}`)

/** How many of them are in hand, of those a caller sees. */
export const countOpenCases = async (tx: Tx, id: EnterpriseId, sight: ReturnType<typeof sightOf>) =>
  (
    await tx.run<{ n: number }>(sql`
      select count(*) as n from enterprise_case k join "case" c on c.tenant_id = k.tenant_id and c.id = k.case_id
      where k.tenant_id = ${tx.tenant} and k.enterprise_id = ${id} and c.closed_at is null and ${visible(sight, tx.tenant)}`)
  )[0]?.n ?? 0
