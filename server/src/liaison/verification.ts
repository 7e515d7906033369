import type { Listener } from '#case'
import { Fault } from '#kernel/fault'
import { listUnverified } from './visit.sql.ts'

/**
 * What was raised on a visit is closed only after somebody has gone back to see the finish, or has called, since the answer (走访问题先核实后办结).
 * It listens in the closing transaction, so that a refusal takes the closing back.
 * @throws Fault 'visit.unverified'
 */
export const refuseUnverified: Listener = async (tx, happenings) => {
  const closing = happenings.filter(({ event }) => event.action === 'close').map(({ kase }) => kase.id)
  if (closing.length === 0) return
  const [first] = await listUnverified(tx, closing)
  if (first !== undefined) throw new Fault('visit.unverified', first)
}
