import type { EnterpriseId } from '@banjie/contract'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { type Firm, listFirms } from './firm.sql.ts'

/** An enterprise of the register (企业). @throws Fault 'finance.enterprise_unknown' */
export async function getFirm(tx: Tx, id: EnterpriseId): Promise<Firm> {
  const [firm] = await listFirms(tx, [id])
  if (firm === undefined) throw new Fault('finance.enterprise_unknown')
  return firm
}

/** What happened has a day that has come. @throws Fault 'finance.future' */
export function refuseFuture(day: string, today: string): void {
  if (day > today) throw new Fault('finance.future', { day })
}
