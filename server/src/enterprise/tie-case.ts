import type { CaseId, EnterpriseCaseWay, EnterpriseId } from '@banjie/contract'
import type { Tx } from '#kernel/store'
import { putEnterpriseCases } from './case.sql.ts'

/**
 * Ties a case to the enterprise it concerns (关联企业), in the transaction that opened it, so that it stands on the enterprise's page. Who may read
 * the case is not changed by it.
 */
export const tieCase = (
  tx: Tx,
  enterpriseId: EnterpriseId,
  { caseId, way }: { readonly caseId: CaseId; readonly way: EnterpriseCaseWay },
  at: Date,
) => putEnterpriseCases(tx, [{ enterpriseId, caseId }], way, at)
