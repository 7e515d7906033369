import type { CaseId, EnterpriseCaseWay, EnterpriseId } from '@banjie/contract'
import { sql } from 'kysely'
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
    on conflict do nothing`)
