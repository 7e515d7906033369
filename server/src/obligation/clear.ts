import type { ObligationId } from '@banjie/contract'
import { maskPersonal } from '#case'
import type { Actor } from '#kernel/actor'
import { audit } from '#kernel/audit'
import { Fault } from '#kernel/fault'
import type { Tx } from '#kernel/store'
import { getObligation } from './explain.ts'
import { markCleared } from './obligation.sql.ts'
import { mayClear } from './say.ts'

/**
 * Takes a missed period off the red list (销账): whoever checks accepts what was said, or notes what was done. It counts as missed for ever.
 * @throws Fault 'obligation.not_found' | 'obligation.not_clearable'
 */
export async function clear(tx: Tx, id: ObligationId, typed: string, by: Actor): Promise<void> {
  const row = await getObligation(tx, id, by, true)
  if (!mayClear(row, by)) throw new Fault('obligation.not_clearable')
  const note = maskPersonal(typed)
  await markCleared(tx, id, note, by)
  await audit(tx, by, {
    action: 'clearObligation',
    objectKind: 'obligation',
    objectId: id,
    note: `${row.title}：${note}`,
  })
}
