import type { TenantId } from '@banjie/contract'
import { system } from '#kernel/actor'
import type { Store } from '#kernel/store'
import { claimDueClocks } from './engine/case.sql.ts'
import type { Engine } from './engine/engine.ts'

const BATCH = 50

/**
 * Sweep (到点处理): does what the clocks demand of the system itself, such as deeming an unsigned case signed. Claims with SKIP LOCKED, so any
 * number of processes may sweep. An act happens at the moment its clock ran out, not when the sweep came by.
 * @returns how many clocks fired
 */
export async function sweep(engine: Engine, store: Store, tenant: TenantId, now: Date): Promise<number> {
  let fired = 0
  for (;;) {
    const count = await store.tx(tenant, async (tx) => {
      const due = await claimDueClocks(tx, now, BATCH)
      for (const clock of due) {
        const type = engine.types.get((await engine.get(tx, clock.caseId, system(clock.dueAt))).type)
        const action = type?.clocks[clock.kind]?.onDue
        if (action === undefined) throw new Error(`clock ${clock.kind} has an alert but nothing to do`)
        await engine.act(tx, { caseId: clock.caseId, action, input: {} }, system(clock.dueAt))
      }
      return due.length
    })
    fired += count
    if (count < BATCH) return fired
  }
}
