import type { CaseId, TenantId } from '@banjie/contract'
import { system } from '#kernel/actor'
import { isTransient, type Store, type Tx } from '#kernel/store'
import { claimDueCases, listClocksOf } from './engine/case.sql.ts'
import type { Acting, Engine } from './engine/engine.ts'
import type { CaseClock } from './engine/state.ts'

const BATCH = 200

/**
 * Sweep (到点处理): does what the clocks demand of the system itself: deems an unsigned case signed, climbs the escalation ladder, ends a
 * suspension, tells a broken promise. Claims with SKIP LOCKED, so any number of processes may sweep; a claim that dies is claimed again. An act
 * happens at the moment its clock called for it, not when the sweep came by.
 * @returns how many clocks fired
 * @throws Error of the first case that could not be acted on, after all others were
 */
export async function sweep(engine: Engine, store: Store, tenant: TenantId, now: Date, batch = BATCH): Promise<number> {
  const stuck: { id: CaseId; error: unknown }[] = []
  let size = batch
  for (let fired = 0; ; ) {
    const claimed: CaseId[] = []
    try {
      const count = await store.tx(tenant, async (tx) => {
        const due = await claim(engine, tx, now, size, stuck)
        claimed.splice(0, Infinity, ...due.map(({ caseId }) => caseId as CaseId))
        await engine.actAll(tx, due)
        return due.length
      })
      fired += count
      if (count === 0 && stuck.length > 0) throw stuck[0]?.error
      if (count === 0) return fired
      size = batch
    } catch (error) {
      if (isTransient(error) || claimed.length === 0) throw error
      // One case that cannot be acted on must not hold up the others: alone it is set aside, and told at the end.
      if (claimed.length === 1) stuck.push({ id: claimed[0] as CaseId, error })
      size = 1
    }
  }
}

/** What is due now, one clock of a case at a time: what the first does may end the second. */
async function claim(engine: Engine, tx: Tx, now: Date, size: number, stuck: readonly { id: CaseId }[]) {
  const cases = await claimDueCases(
    tx,
    now,
    size,
    stuck.map(({ id }) => id),
  )
  const types = new Map(cases.map(({ id, type }) => [id, engine.typeOf({ type })]))
  const due = Map.groupBy(
    (await listClocksOf(tx, [...types.keys()])).filter(({ nextAlertAt }) => nextAlertAt !== null && nextAlertAt <= now),
    ({ caseId }) => caseId,
  )
  return [...due.values()].map((clocks): Acting & { by: ReturnType<typeof system> } => {
    const clock = clocks.reduce(earlier)
    const rule = types.get(clock.caseId)?.clocks[clock.kind]
    const action = rule?.onDue ?? (rule?.ladder ? 'escalate' : undefined)
    if (action === undefined) throw new Error(`clock ${clock.kind} has an alert but nothing to do`)
    return { caseId: clock.caseId, action, input: {}, by: system(clock.nextAlertAt ?? now) }
  })
}

const earlier = (a: CaseClock, b: CaseClock) =>
  (a.nextAlertAt?.getTime() ?? 0) <= (b.nextAlertAt?.getTime() ?? 0) ? a : b
