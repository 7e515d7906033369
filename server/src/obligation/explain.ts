import type { ObligationId } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { findObligation, markExplained, type ObligationRow } from './obligation.sql.ts'
import { mayExplain, seesObligation } from './say.ts'

/** The obligation if the caller sees it. @param lock until the transaction ends @throws Fault 'obligation.not_found' */
export async function getObligation(tx: Tx, id: ObligationId, by: Actor, lock = false): Promise<ObligationRow> {
  const row = await findObligation(tx, id, lock)
  if (row === undefined || !seesObligation(row, by)) throw new Fault('obligation.not_found')
  return row
}

/** Says why a period was missed (说明原因). It stays red until somebody else accepts it. @throws Fault 'obligation.not_found' | 'obligation.not_explainable' */
export async function explain(tx: Tx, id: ObligationId, typed: string, by: Actor): Promise<void> {
  const row = await getObligation(tx, id, by, true)
  if (!mayExplain(row, by)) throw new Fault('obligation.not_explainable')
  const text = maskPersonal(typed)
  await markExplained(tx, id, text, by)
  await audit(tx, by, {
    action: 'explainObligation',
    objectKind: 'obligation',
    objectId: id,
    note: `${row.title}：${text}`,
  })
}
